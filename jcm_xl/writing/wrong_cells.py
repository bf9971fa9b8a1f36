"""Cells that hold no number, or one outside its limits, are red: by a rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from jcm_xl.model.key import month_note
from jcm_xl.model.methodology import Bounds
from jcm_xl.plan.plan import Plan
from jcm_xl.plan.sheets.ready import class_ends, number
from jcm_xl.plan.slot import MONTHLY, Slot
from jcm_xl.plan.stage import is_refused_below_zero

_SIGNS = (("<", "at_least"), ("<=", "above"), (">", "at_most"), (">=", "below"))


def redden_wrong(plan: Plan, sheets: Mapping[str, Any], red: Any) -> None:
    """Add one rule for each run of like cells in a column.

    A click on an answer of the sheet Check leads to the first cell of a column; the
    one that is wrong is seen there.
    """
    for first, last in _runs(plan):
        rule = {
            "type": "formula", "format": red, "stop_if_true": True,
            "criteria": _criteria(plan, first),
        }  # fmt: skip
        place = first.row - 1, first.column - 1, last.row - 1, last.column - 1
        sheets[first.sheet].conditional_format(*place, rule)


def _runs(plan: Plan) -> Iterator[tuple[Slot, Slot]]:
    inputs = (s for s in plan.inputs if s.rule in ("number", "date"))
    runs: list[tuple[Slot, Slot]] = []
    for slot in sorted(inputs, key=lambda s: (s.sheet, s.column, s.row)):
        if runs and _follows(runs[-1][1], slot):
            runs[-1] = runs[-1][0], slot
        else:
            runs.append((slot, slot))
    yield from runs


def _follows(before: Slot, slot: Slot) -> bool:
    here = slot.sheet, slot.column, slot.row - 1, slot.name, slot.rule
    return (before.sheet, before.column, before.row, before.name, before.rule) == here


def _criteria(plan: Plan, slot: Slot) -> str:
    cell = slot.address
    outside = ",".join(
        f"{cell}{sign}{number(limit)}"
        for ends in _ends(plan, slot)
        for sign, name in _SIGNS
        if (limit := getattr(ends, name)) is not None
    )
    if any(ends.is_whole for ends in _ends(plan, slot)):
        outside = ",".join(filter(None, (outside, f"{cell}<>INT({cell})")))
    if slot.role == "monthly" and plan.is_steady:
        outside = _bare_credit(plan, slot)
    wrong = f"OR({outside})" if outside else "FALSE"
    return f"=IF(ISERROR({cell}),TRUE,IF(ISNUMBER({cell}),{wrong},LEN({cell})>0))"


def _bare_credit(plan: Plan, slot: Slot) -> str:
    """Return the condition that a month is negative and nobody says why."""
    note = plan[month_note(slot.key.at or 1)]
    letters = note.address.rstrip("0123456789")
    is_refused = is_refused_below_zero(plan.methodology.parameters[slot.name])
    here = f"AND({slot.address}<0,LEN(${letters}{note.row})=0)"
    return here if is_refused else ""


def _ends(plan: Plan, slot: Slot) -> Iterator[Bounds]:
    """Yield the limits of a number; a date has none that do not depend on others."""
    if slot.rule != "number":
        return
    parameter = plan.methodology.parameters.get(slot.name)
    if parameter is None:
        yield Bounds(above=Decimal(0))
        return
    if slot.role in MONTHLY:
        return  # limits are those of the sum; of a negative month see `_criteria`
    yield parameter.bounds
    yield from class_ends(plan.methodology, slot.name)
