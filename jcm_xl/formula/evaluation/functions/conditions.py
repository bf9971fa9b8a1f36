"""Functions with conditions: SUMIF, SUMIFS, COUNTIFS, AVERAGEIF, MAXIFS, ..."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from jcm_xl.expr.arithmetic import VALUE, NotCalculable
from jcm_xl.formula.evaluation.cells import CellRange, Operand, lookup_key, single
from jcm_xl.formula.evaluation.frame import Frame, function
from jcm_xl.formula.evaluation.functions.sums import mean, numbers_in, total
from jcm_xl.formula.evaluation.habits import Habits
from jcm_xl.formula.evaluation.values import (
    failure,
    number_by_language,
    order_of_numbers,
    order_of_texts,
)
from jcm_xl.xlsx.grid import CellError, CellValue

_SIGN = re.compile(r"<>|<=|>=|=|<|>")
_WILD = re.compile(r"[*?~]")


class Matching(NamedTuple):
    """The cells of a range that a condition takes, by number.

    Where `is_other`, `numbers` are those that it does not take: blanks are not stored.
    """

    numbers: frozenset[int]
    is_other: bool = False

    def __and__(self, other: Matching) -> Matching:
        """Return what both take."""
        if self.is_other and other.is_other:
            return Matching(self.numbers | other.numbers, is_other=True)
        if self.is_other:
            return Matching(other.numbers - self.numbers)
        if other.is_other:
            return Matching(self.numbers - other.numbers)
        return Matching(self.numbers & other.numbers)

    def count(self, size: int) -> int:
        """Return how many cells of a range of this size are taken."""
        taken = len(self.numbers)
        return size - taken if self.is_other else taken


@lru_cache(maxsize=256)
def wildcards(text: str) -> re.Pattern[str]:
    """Return the pattern of a text with `*`, `?` and `~`.

    What stands between two stars is taken where it is met first, and never tried
    elsewhere: so no pattern takes long.
    """
    parts = ["".join(part) for part in _between_stars(text)]
    if len(parts) == 1:
        return _pattern(parts[0])
    first, *middle, last = parts
    found = "".join(f"(?>.*?{part})" for part in middle if part)
    return _pattern(f"{first}{found}.*{last}")


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE | re.DOTALL)


def _between_stars(text: str) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    signs = iter(enumerate(text))
    for at, sign in signs:
        if sign == "~" and text[at + 1 : at + 2] in ("*", "?", "~"):
            parts[-1].append(re.escape(next(signs)[1]))
        elif sign == "*":
            parts.append([])
        else:
            parts[-1].append("." if sign == "?" else re.escape(sign))
    return parts


def is_wild(text: str) -> bool:
    """Tell whether a text to look for holds wildcards."""
    return _WILD.search(text) is not None


def matching(frame: Frame, area: CellRange, wanted: CellValue) -> Matching:
    """Return the cells that a condition takes, such as `">0"` or a value."""
    if isinstance(wanted, CellError):
        return Matching(frozenset(area.lookup().get(lookup_key(wanted), ())))
    if wanted is None:
        wanted = 0.0
    if not isinstance(wanted, str):
        return _equal(frame, area, wanted)
    found = _SIGN.match(wanted)
    sign = found[0] if found else ""
    rest = wanted[len(sign) :]
    value = _meant(rest, frame.habits)
    if sign in ("", "=", "<>"):
        taken = _same(frame, area, sign, rest, value)
        return taken._replace(is_other=not taken.is_other) if sign == "<>" else taken
    return _ordered(frame, area, sign, value)


def _meant(text: str, habits: Habits) -> CellValue:
    """Return what a condition means by the text behind its sign."""
    if not text:
        return None
    folded = text.strip().upper()
    if folded in ("TRUE", "FALSE"):
        return folded == "TRUE"
    if folded.startswith("#"):
        return CellError(folded)
    try:
        if text.endswith("%"):
            return number_by_language(text[:-1], habits) / 100
        return number_by_language(text, habits)
    except NotCalculable:
        return text


def _same(
    frame: Frame, area: CellRange, sign: str, text: str, value: CellValue
) -> Matching:
    if value is None:
        stored = area.stored()
        if sign:  # "=" takes the blank cells alone
            return Matching(frozenset(stored), is_other=True)
        return Matching(
            frozenset(at for at, one in stored.items() if one != ""), is_other=True
        )
    if isinstance(value, str) and is_wild(text):
        pattern = wildcards(text)
        stored = area.stored()
        frame.book.budget.spend(len(stored) * (1 + text.count("*")))
        return Matching(
            frozenset(
                at
                for at, one in stored.items()
                if isinstance(one, str) and pattern.fullmatch(one)
            )
        )
    return _equal(frame, area, value)


def _equal(frame: Frame, area: CellRange, value: CellValue) -> Matching:
    lookup, habits = area.lookup(), frame.habits
    taken = set(lookup.get(lookup_key(value), ()))
    if isinstance(value, bool):
        also = set(lookup.get(float(value), ()))
        taken |= habits.by_program(set(), also)
    elif isinstance(value, float):
        also = (
            set(lookup.get((bool, bool(value)), ())) if value in (0.0, 1.0) else set()
        )
        taken |= habits.by_program(set(), also)
        # A cell with the text 12 is counted as 12 by Excel.
        texts = {f"{value:.15g}"}
        also = {at for text in texts for at in lookup.get(text, ())}
        taken |= habits.by_program(also, set())
    return Matching(frozenset(taken))


def _ordered(frame: Frame, area: CellRange, sign: str, value: CellValue) -> Matching:
    test = _TESTS[sign]
    stored = area.stored()
    frame.book.budget.spend(len(stored))
    if value.__class__ is float:
        taken = [
            at
            for at, one in stored.items()
            if one.__class__ is float and test(order_of_numbers(one, value))
        ]
        if any(one.__class__ is bool for one in stored.values()):
            frame.habits.meet("program")
            if frame.habits.is_libre:
                taken += [
                    at
                    for at, one in stored.items()
                    if one.__class__ is bool
                    and test(order_of_numbers(float(one), value))
                ]
        return Matching(frozenset(taken))
    if isinstance(value, str):
        return Matching(
            frozenset(
                at
                for at, one in stored.items()
                if isinstance(one, str) and test(order_of_texts(one, value))
            )
        )
    return Matching(frozenset())


_TESTS: Mapping[str, Callable[[int], bool]] = {
    "<": lambda order: order < 0,
    ">": lambda order: order > 0,
    "<=": lambda order: order <= 0,
    ">=": lambda order: order >= 0,
}


# -- the functions -----------------------------------------------------------------


def _area(operand: Operand) -> CellRange:
    if isinstance(operand, CellRange):
        return operand
    raise failure(VALUE)


def _all(frame: Frame, pairs: Sequence[Operand]) -> tuple[Matching, CellRange]:
    """Return what all conditions take, and the range of the first one."""
    first = _area(pairs[0])
    taken: Matching | None = None
    for n in range(0, len(pairs), 2):
        area = _area(pairs[n])
        if (area.height, area.width) != (first.height, first.width):
            raise failure(VALUE)
        found = _cached(frame, area, single(pairs[n + 1], frame.row, frame.column))
        taken = found if taken is None else taken & found
    assert taken is not None
    frame.book.budget.spend(len(taken.numbers))
    return taken, first


def _cached(frame: Frame, area: CellRange, wanted: CellValue) -> Matching:
    """Remember what a condition takes of a range: it is asked for by many cells."""
    memory = area.matches
    key = lookup_key(wanted)
    found = memory.get(key)
    if found is None:
        found = matching(frame, area, wanted)
        if frame.book.budget.keep(len(found.numbers) + 1):
            memory[key] = found
    return found


def _values(area: CellRange, taken: Matching) -> Mapping[int, CellValue]:
    stored = area.stored()
    if taken.is_other:
        return {at: value for at, value in stored.items() if at not in taken.numbers}
    if len(taken.numbers) < len(stored):
        return {at: stored[at] for at in sorted(taken.numbers) if at in stored}
    return {at: value for at, value in stored.items() if at in taken.numbers}


def _taken(frame: Frame, area: CellRange, pairs: Sequence[Operand]) -> list[float]:
    taken, first = _all(frame, pairs)
    if (area.height, area.width) != (first.height, first.width):
        raise failure(VALUE)
    return list(numbers_in(_values(area, taken), frame.habits))


def _beside(frame: Frame, operands: Sequence[Operand]) -> list[float]:
    """Return the numbers of SUMIF: of its last range, as large as the first one."""
    area = _area(operands[0])
    other = _area(operands[2]) if len(operands) > 2 else area
    other = other.part(0, 0, area.height, area.width)
    taken, _ = _all(frame, operands[:2])
    return list(numbers_in(_values(other, taken), frame.habits))


@function("SUMIF", kinds="re", optional="r")
def sum_if(frame: Frame, *operands: Operand) -> float:
    """Add what stands beside the cells that fulfil a condition."""
    return total(_beside(frame, operands))


@function("AVERAGEIF", kinds="re", optional="r")
def average_if(frame: Frame, *operands: Operand) -> float:
    """Average what stands beside the cells that fulfil a condition."""
    return mean(_beside(frame, operands))


@function("COUNTIF", kinds="re")
def count_if(frame: Frame, *operands: Operand) -> float:
    """Count the cells that fulfil a condition."""
    taken, area = _all(frame, operands)
    return float(taken.count(area.size))


@function("COUNTIFS", kinds="re", repeated="re")
def count_ifs(frame: Frame, *operands: Operand) -> float:
    """Count the cells that fulfil all conditions."""
    taken, area = _all(frame, operands)
    return float(taken.count(area.size))


@function("SUMIFS", kinds="rre", repeated="re")
def sum_ifs(frame: Frame, area: Operand, *operands: Operand) -> float:
    """Add what fulfils all conditions."""
    return total(_taken(frame, _area(area), operands))


@function("AVERAGEIFS", kinds="rre", repeated="re")
def average_ifs(frame: Frame, area: Operand, *operands: Operand) -> float:
    """Average what fulfils all conditions."""
    return mean(_taken(frame, _area(area), operands))


@function("MAXIFS", kinds="rre", repeated="re")
def max_ifs(frame: Frame, area: Operand, *operands: Operand) -> float:
    """Return the largest of what fulfils all conditions, 0 of none."""
    return max(_taken(frame, _area(area), operands), default=0.0)


@function("MINIFS", kinds="rre", repeated="re")
def min_ifs(frame: Frame, area: Operand, *operands: Operand) -> float:
    """Return the smallest of what fulfils all conditions, 0 of none."""
    return min(_taken(frame, _area(area), operands), default=0.0)
