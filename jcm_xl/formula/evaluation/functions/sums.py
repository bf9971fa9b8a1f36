"""Functions that take all numbers of ranges: SUM, COUNT, AVERAGE, MAX, SUBTOTAL, ..."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from jcm_xl.expr.arithmetic import DIVISION, NUMBER, VALUE, NotCalculable
from jcm_xl.expr.sheet import SHEET
from jcm_xl.formula.evaluation.cells import CellRange, Joined, Matrix, Operand, plain
from jcm_xl.formula.evaluation.frame import Frame, function
from jcm_xl.formula.evaluation.habits import Habits
from jcm_xl.formula.evaluation.values import failure, number, truth
from jcm_xl.formula.evaluation.why import changing, unknown
from jcm_xl.xlsx.grid import CellError, CellValue


def total(values: Iterable[float]) -> float:
    """Return a sum as a spreadsheet adds."""
    return SHEET.total(values)  # type: ignore[no-any-return]


def areas(operand: Operand) -> Sequence[CellRange | Matrix]:
    """Return the ranges of an operand; none for a single value."""
    if isinstance(operand, Joined):
        return operand.ranges
    return (operand,) if isinstance(operand, CellRange | Matrix) else ()


def numbers(
    frame: Frame, operands: Sequence[Operand], *, has_errors: bool = False
) -> Iterator[float]:
    """Yield the numbers of ranges, and what else is given as a number.

    In a range texts and truths count for nothing; LibreOffice counts truths.
    """
    for operand in operands:
        ranges = areas(operand)
        if not ranges:
            if isinstance(operand, str):
                frame.habits.meet("program")
                if frame.habits.is_libre:
                    raise failure(VALUE)
            yield number(operand, frame.habits)  # type: ignore[arg-type]
        for one in ranges:
            yield from numbers_in(one.stored(), frame.habits, has_errors=has_errors)


def numbers_in(
    stored: Mapping[int, CellValue], habits: Habits, *, has_errors: bool = False
) -> Iterator[float]:
    """Yield the numbers among values; raise for an error unless they may be there."""
    for value in stored.values():
        kind = value.__class__
        if kind is float:
            yield value  # type: ignore[misc]
        elif kind is bool:
            habits.meet("program")
            if habits.is_libre:
                yield float(value)  # type: ignore[arg-type]
        elif kind is CellError and not has_errors:
            raise failure(value.code)  # type: ignore[union-attr]


@function("SUM", kinds="r", repeated="r")
def sum_(frame: Frame, *operands: Operand) -> float:
    """Add."""
    return total(numbers(frame, operands))


@function("SUMSQ", kinds="r", repeated="r")
def sum_of_squares(frame: Frame, *operands: Operand) -> float:
    """Add the squares."""
    return total(n * n for n in numbers(frame, operands))


@function("PRODUCT", kinds="r", repeated="r")
def product(frame: Frame, *operands: Operand) -> float:
    """Multiply; nothing at all makes 0."""
    found = list(numbers(frame, operands))
    return _finite(math.prod(found)) if found else 0.0


@function("AVERAGE", kinds="r", repeated="r")
def average(frame: Frame, *operands: Operand) -> float:
    """Divide the sum by the count."""
    return mean(list(numbers(frame, operands)))


def mean(found: Sequence[float]) -> float:
    """Return the average of numbers; raise where there are none."""
    if not found:
        raise failure(DIVISION)
    return total(found) / len(found)


@function("MAX", kinds="r", repeated="r")
def max_(frame: Frame, *operands: Operand) -> float:
    """Return the largest number, 0 of none."""
    return max(numbers(frame, operands), default=0.0)


@function("MIN", kinds="r", repeated="r")
def min_(frame: Frame, *operands: Operand) -> float:
    """Return the smallest number, 0 of none."""
    return min(numbers(frame, operands), default=0.0)


@function("MEDIAN", kinds="r", repeated="r")
def median(frame: Frame, *operands: Operand) -> float:
    """Return the middle number."""
    found = sorted(numbers(frame, operands))
    if not found:
        raise failure(NUMBER)
    middle = len(found) // 2
    if len(found) % 2:
        return found[middle]
    return (found[middle - 1] + found[middle]) / 2


@function("LARGE", kinds="rn")
def large(frame: Frame, operand: Operand, place: float) -> float:
    """Return the number that stands at this place from the top."""
    return _at(sorted(numbers(frame, [operand]), reverse=True), place)


@function("SMALL", kinds="rn")
def small(frame: Frame, operand: Operand, place: float) -> float:
    """Return the number that stands at this place from the bottom."""
    return _at(sorted(numbers(frame, [operand])), place)


def _at(found: Sequence[float], place: float) -> float:
    at = int(place)
    if not 1 <= at <= len(found):
        raise failure(NUMBER)
    return found[at - 1]


@function("STDEV", "STDEV.S", kinds="r", repeated="r")
def deviation_of_sample(frame: Frame, *operands: Operand) -> float:
    """Return the standard deviation of a sample."""
    return math.sqrt(_variance(list(numbers(frame, operands)), 1))


@function("STDEVP", "STDEV.P", kinds="r", repeated="r")
def deviation(frame: Frame, *operands: Operand) -> float:
    """Return the standard deviation of all."""
    return math.sqrt(_variance(list(numbers(frame, operands)), 0))


def _variance(found: Sequence[float], less: int) -> float:
    if len(found) <= less:
        raise failure(DIVISION)
    middle = mean(found)
    return math.fsum((n - middle) ** 2 for n in found) / (len(found) - less)


@function("COUNT", kinds="r", repeated="r")
def count(frame: Frame, *operands: Operand) -> float:
    """Count the numbers; LibreOffice counts truths in cells, too."""
    return float(sum(_count(frame, operand) for operand in operands))


def _count(frame: Frame, operand: Operand) -> int:
    ranges = areas(operand)
    if ranges:
        return sum(
            1
            for one in ranges
            for _ in numbers_in(one.stored(), frame.habits, has_errors=True)
        )
    try:
        number(operand, frame.habits)  # type: ignore[arg-type]
    except NotCalculable:
        return 0
    return 1


@function("COUNTA", kinds="r", repeated="r")
def count_all(frame: Frame, *operands: Operand) -> float:
    """Count what is not blank."""
    found = 0
    for operand in operands:
        ranges = areas(operand)
        found += sum(len(one.stored()) for one in ranges) if ranges else 1
    return float(found)


@function("COUNTBLANK", kinds="r")
def count_blank(frame: Frame, operand: Operand) -> float:
    """Count the blanks and the empty texts."""
    return float(
        sum(
            one.size - sum(1 for value in one.stored().values() if value != "")
            for one in areas(operand)
        )
    )


@function("SUMPRODUCT", kinds="a", repeated="a")
def sum_product(frame: Frame, *operands: Operand) -> float:
    """Multiply arrays value by value and add; what is no number is 0."""
    arrays = [plain(operand) for operand in operands]
    sizes = {(a.height, a.width) if isinstance(a, Matrix) else (1, 1) for a in arrays}
    if len(sizes) != 1:
        raise failure(VALUE)
    columns = [a.values if isinstance(a, Matrix) else [a] for a in arrays]
    frame.book.budget.spend(sum(map(len, columns)))
    factors = [[_factor(frame, v) for v in column] for column in columns]
    if len(factors) == 1:
        return total(factors[0])
    return total(_finite(math.prod(line)) for line in zip(*factors, strict=True))


def _factor(frame: Frame, value: CellValue) -> float:
    kind = value.__class__
    if kind is float:
        return value  # type: ignore[return-value]
    if kind is CellError:
        raise failure(value.code)  # type: ignore[union-attr]
    if kind is bool:
        return frame.habits.by_program(0.0, float(value))  # type: ignore[arg-type]
    return 0.0


@function("AND", kinds="r", repeated="r")
def and_(frame: Frame, *operands: Operand) -> bool:
    """Tell whether all conditions hold."""
    return all(_conditions(frame, operands))


@function("OR", kinds="r", repeated="r")
def or_(frame: Frame, *operands: Operand) -> bool:
    """Tell whether a condition holds."""
    return any(_conditions(frame, operands))


@function("XOR", kinds="r", repeated="r")
def xor(frame: Frame, *operands: Operand) -> bool:
    """Tell whether an odd number of conditions hold."""
    return sum(_conditions(frame, operands)) % 2 == 1


def _conditions(frame: Frame, operands: Sequence[Operand]) -> list[bool]:
    found: list[bool] = []
    for operand in operands:
        ranges = areas(operand)
        if not ranges:
            found.append(truth(operand, frame.habits))  # type: ignore[arg-type]
        for one in ranges:
            for value in one.stored().values():
                if isinstance(value, CellError):
                    raise failure(value.code)
                if isinstance(value, float | bool):
                    found.append(bool(value))
    if not found:
        raise failure(VALUE)
    return found


@function("NOT", kinds="b")
def not_(frame: Frame, condition: bool) -> bool:
    """Tell whether a condition does not hold."""
    return not condition


# -- SUBTOTAL ----------------------------------------------------------------------

_SUBTOTALS: Mapping[int, Any] = {
    1: mean, 4: lambda found: max(found, default=0.0),
    5: lambda found: min(found, default=0.0),
    6: lambda found: _finite(math.prod(found)) if found else 0.0,
    7: lambda found: math.sqrt(_variance(found, 1)),
    8: lambda found: math.sqrt(_variance(found, 0)), 9: total,
}  # fmt: skip
_COUNT, _COUNT_ALL, _HIDDEN = 2, 3, 100


@function("SUBTOTAL", kinds="nr", repeated="r")
def subtotal(frame: Frame, which: float, *operands: Operand) -> float:
    """Take what is no subtotal itself; from 101 on without hidden rows."""
    kind = int(which)
    found = [
        value
        for operand in operands
        for one in areas(operand)
        for value in _shown(one, skips_hidden=kind > _HIDDEN)
    ]
    kind %= _HIDDEN
    if kind == _COUNT_ALL:
        return float(len(found))
    if kind == _COUNT:
        counted = numbers_in(dict(enumerate(found)), frame.habits, has_errors=True)
        return float(len(list(counted)))
    if kind not in _SUBTOTALS:
        raise unknown("arguments", function="SUBTOTAL")
    values = list(numbers_in(dict(enumerate(found)), frame.habits))
    return _SUBTOTALS[kind](values)  # type: ignore[no-any-return]


def _shown(one: CellRange | Matrix, *, skips_hidden: bool) -> Iterator[CellValue]:
    if isinstance(one, Matrix):
        raise failure(VALUE)
    hidden = one.sheet.hidden_rows
    for at, value in one.stored().items():
        row, column = one.top + at // one.width, one.left + at % one.width
        if row in hidden:
            if skips_hidden:
                continue
            # Whether a filter hides it, or a person, tells if it counts.
            raise changing("hidden-rows", function="SUBTOTAL")
        formula = one.sheet.cells[row, column].formula
        if formula is None or "SUBTOTAL(" not in formula.upper():
            yield value


def _finite(value: float) -> float:
    if value - value != 0.0:
        raise failure(NUMBER)
    return value
