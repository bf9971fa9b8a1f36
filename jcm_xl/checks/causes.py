"""Which finding is only a consequence of another one: by what the formulas read.

Nothing here looks at words or codes. What a check judges (`Judges`) tells what can be
behind its finding; the methodology's formulas tell what stands upstream of a cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from jcm_xl.checks.base import Judges
from jcm_xl.model.dependencies import dependencies
from jcm_xl.model.finding import Diagnostic, Severity
from jcm_xl.model.methodology import Methodology
from jcm_xl.model.submission import Stage
from jcm_xl.plan.slot import Slot

_SUMMED = ("total",)
"""Cells that only show a sum: nothing reads them."""


class Told(NamedTuple):
    """A finding as it will be printed, with what it is about."""

    diagnostic: Diagnostic
    judges: Judges
    slot: Slot | None


def in_order(m: Methodology, found: Sequence[Told]) -> tuple[Diagnostic, ...]:
    """Return the findings, gravest first, each followed by its consequences."""
    if len(found) < 2:
        return tuple(told.diagnostic for told in found)
    index = _Index(found)
    causes = [_cause(m, told, found, index) for told in found]
    followers: dict[int, list[int]] = {}
    for number in range(len(found)):
        root = _root(number, causes)
        followers.setdefault(root, [])
        if root != number:
            followers[root].append(number)
    grave = {
        root: max(found[n].diagnostic.severity for n in (root, *rest))
        for root, rest in followers.items()
    }
    ordered: list[Diagnostic] = []
    for root in sorted(followers, key=lambda n: (-grave[n], n)):
        cause = found[root].diagnostic
        ordered.append(cause)
        ordered += (
            replace(found[n].diagnostic, follows=cause.key)
            for n in sorted(
                followers[root], key=lambda n: (-found[n].diagnostic.severity, n)
            )
        )
    return tuple(ordered)


def _root(number: int, causes: Sequence[int | None]) -> int:
    seen = {number}
    while (cause := causes[number]) is not None and cause not in seen:
        seen.add(cause)
        number = cause
    return number


class _Index:
    """The findings by what they are about, so that many of them stay cheap."""

    def __init__(self, found: Sequence[Told]) -> None:
        self.lines: list[int] = []
        self._cells: dict[str, dict[int | None, list[int]]] = {}
        for number, told in enumerate(found):
            if told.diagnostic.severity is Severity.NOTE:
                continue
            if told.judges is Judges.LINES:
                self.lines.append(number)
            if told.slot is not None:
                units = self._cells.setdefault(told.slot.name, {})
                units.setdefault(told.slot.unit, []).append(number)

    def about(self, name: str, unit: int | None) -> Iterator[int]:
        """Yield the findings about a quantity: of this unit, or of all of them."""
        units = self._cells.get(name, {})
        for key in units if unit is None else (unit, None):
            yield from units.get(key, ())


def _cause(
    m: Methodology, told: Told, found: Sequence[Told], index: _Index
) -> int | None:
    """Return the number of the gravest finding that is behind this one."""
    slot = told.slot
    if told.judges in (Judges.CELL, Judges.LINES) or slot is None:
        return None
    near = {slot.name} if told.judges is Judges.AMOUNT else {slot.name, *_read(m, slot)}
    numbers = {n for name in near for n in index.about(name, slot.unit)}
    behind = [
        (-found[number].diagnostic.severity, number)
        for number in numbers.union(index.lines)
        if found[number] is not told and _is_behind(m, found[number], told, slot)
    ]
    return min(behind)[1] if behind else None


def _is_behind(m: Methodology, other: Told, told: Told, slot: Slot) -> bool:
    if told.judges is Judges.STORED and other.judges is Judges.LINES:
        return slot.role == "result"  # what was lost is not compared further up
    there = other.slot
    if there is None or not _meets(m, there, slot):
        return False
    if told.judges is Judges.AMOUNT:
        is_unit = other.judges is Judges.CELL and there.role == "unit"
        return is_unit and there.name == slot.name
    if told.judges is Judges.CALCULATED:
        is_given = there.is_input or there.role == "unit"
        is_cause = other.judges in (Judges.CELL, Judges.AMOUNT)
        return is_cause and is_given and there.name in {slot.name, *_read(m, slot)}
    if other.judges not in (Judges.CELL, Judges.STORED) or there.role in _SUMMED:
        return False
    if other.judges is Judges.STORED and there.is_input:  # its formula gives another
        return there.name in {slot.name, *_read(m, slot)}
    return _is_calculated(there) and there.name in _read(m, slot)


def _meets(m: Methodology, upstream: Slot, slot: Slot) -> bool:
    """Tell whether two cells are of one stage, and of one unit where both have one."""
    stage, above = slot.key.side, upstream.key.side
    p = m.parameters.get(upstream.name)
    is_shared = p is not None and not p.is_monitored  # Table 2 is typed in the plan
    if above != stage and not (is_shared and above == Stage.PLAN):
        return False
    units = {unit for unit in (upstream.unit, slot.unit) if unit}
    return len(units) < 2


def _is_calculated(slot: Slot) -> bool:
    """Tell whether a locked cell takes part in the calculation: no text does."""
    return bool(slot.formula) or (
        slot.content is not None and not isinstance(slot.content, str)
    )


def _read(m: Methodology, slot: Slot) -> frozenset[str]:
    """Return all that the figure in a cell is calculated from."""
    if slot.role == "result":
        return dependencies(m, m.results.reduction)
    return dependencies(m, slot.name) - {slot.name}
