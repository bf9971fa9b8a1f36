"""Functions of one or two numbers."""

from __future__ import annotations

import math
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal

from jcm_xl.expr.arithmetic import DIVISION, NUMBER
from jcm_xl.expr.sheet import SHEET
from jcm_xl.expr.student import student_t
from jcm_xl.formula.evaluation.compiled import power
from jcm_xl.formula.evaluation.frame import Frame, function
from jcm_xl.formula.evaluation.habits import Habits
from jcm_xl.formula.evaluation.values import failure
from jcm_xl.formula.evaluation.why import unknown
from jcm_xl.xlsx.grid import CellValue

_SIGNIFICANT = 15
_EVERY_DIGIT = 17
"""Digits that tell every binary number from the next."""
_OF_LIBRE = 12
"""The digits that LibreOffice 7.4 rounds to before it cuts (decision 0003)."""


def rounded(value: float, digits: float, way: str, habits: Habits) -> float:
    """Return a number cut or rounded to some decimals, which may be below 0."""
    places = int(digits)
    excel = _cut(value, places, way, _SIGNIFICANT)
    if way == ROUND_HALF_UP:
        # Measured in LibreOffice 7.4: to whole numbers it rounds the binary number as
        # it is, to decimals by 15 digits.
        libre = excel if places else _cut(value, places, way, _EVERY_DIGIT)
        return habits.by_program(excel, libre)
    return habits.by_program(excel, _cut(value, places, way, _OF_LIBRE))


def _cut(value: float, places: int, way: str, significant: int) -> float:
    number = Decimal(f"{value:.{significant - 1}e}")
    if number.adjusted() + places >= significant or not number:
        return value
    if number.adjusted() + places < -1 and way != ROUND_UP:
        return 0.0
    if not -400 < places < 400:
        return 0.0 if places < 0 else value
    return _finite(float(number.quantize(Decimal(1).scaleb(-places), way)) + 0.0)


def _finite(value: float) -> float:
    if value - value != 0.0:
        raise failure(NUMBER)
    return value


@function("ROUND", kinds="nn")
def round_(frame: Frame, value: float, digits: float) -> float:
    """Round half away from zero."""
    return rounded(value, digits, ROUND_HALF_UP, frame.habits)


@function("ROUNDUP", kinds="nn")
def round_up(frame: Frame, value: float, digits: float) -> float:
    """Round away from zero."""
    return rounded(value, digits, ROUND_UP, frame.habits)


@function("ROUNDDOWN", kinds="nn")
@function("TRUNC", kinds="n", optional="n")
def round_down(frame: Frame, value: float, digits: float = 0.0) -> float:
    """Cut towards zero."""
    return rounded(value, digits, ROUND_DOWN, frame.habits)


@function("INT", kinds="n")
def int_(frame: Frame, value: float) -> float:
    """Round down, also below zero.

    Whether Excel looks at 15 digits here, as it does in ROUNDDOWN, or at all of them,
    is not known; where that matters there is no one value.
    """
    all_digits = float(math.floor(value))
    return floor(value, frame.habits, all_digits)


def floor(value: float, habits: Habits, other: float | None = None) -> float:
    """Return the next whole number below; what is nearly whole is whole.

    other: what it may be as well, for all we know.
    """
    usual, libre = _floor(value, _SIGNIFICANT), _floor(value, _OF_LIBRE)
    if other is not None and other != usual:
        libre = other
    return habits.by_program(usual, libre)


def _floor(value: float, significant: int) -> float:
    return float(math.floor(float(f"{value:.{significant - 1}e}")))


@function("MROUND", kinds="nn")
def mround(frame: Frame, value: float, multiple: float) -> float:
    """Round to a multiple."""
    if multiple == 0.0 or value == 0.0:
        return 0.0
    if (value < 0) is not (multiple < 0):
        raise failure(NUMBER)
    return multiple * rounded(value / multiple, 0.0, ROUND_HALF_UP, frame.habits)


def _to_step(value: float, step: float, way: str, habits: Habits) -> float:
    if value < 0.0 or step < 0.0:
        raise unknown("function", function="CEILING, FLOOR (-)")
    if step == 0.0:
        return 0.0
    return _finite(step * rounded(value / step, 0.0, way, habits))


@function("CEILING", kinds="nn")
def ceiling(frame: Frame, value: float, step: float) -> float:
    """Round up to a multiple."""
    return _to_step(value, step, ROUND_UP, frame.habits)


@function("FLOOR", kinds="nn")
def floor_to(frame: Frame, value: float, step: float) -> float:
    """Round down to a multiple."""
    if step == 0.0 and value:
        raise failure(DIVISION)
    return _to_step(value, step, ROUND_DOWN, frame.habits)


@function("ABS", kinds="n")
def abs_(frame: Frame, value: float) -> float:
    """Return a number without its sign."""
    return abs(value)


@function("SIGN", kinds="n")
def sign(frame: Frame, value: float) -> float:
    """Return 1, 0 or -1."""
    return float((value > 0) - (value < 0))


@function("MOD", kinds="nn")
def mod(frame: Frame, value: float, divisor: float) -> float:
    """Return the rest, which has the sign of the divisor."""
    if divisor == 0.0:
        raise failure(DIVISION)
    whole = floor(value / divisor, frame.habits)
    if abs(whole) >= 2.0**49:
        raise failure(NUMBER)
    return SHEET.subtract(value, divisor * whole)  # type: ignore[no-any-return]


@function("QUOTIENT", kinds="nn")
def quotient(frame: Frame, value: float, divisor: float) -> float:
    """Return the whole part of a quotient."""
    if divisor == 0.0:
        raise failure(DIVISION)
    return rounded(value / divisor, 0.0, ROUND_DOWN, frame.habits)


@function("POWER", kinds="nn")
def power_(frame: Frame, base: float, exponent: float) -> CellValue:
    """Raise to a power."""
    return power(base, exponent, frame.habits)


@function("SQRT", kinds="n")
def sqrt(frame: Frame, value: float) -> float:
    """Return the root."""
    if value < 0:
        raise failure(NUMBER)
    return math.sqrt(value)


@function("EXP", kinds="n")
def exp(frame: Frame, value: float) -> float:
    """Raise e to a power."""
    return SHEET.exp(value)  # type: ignore[no-any-return]


@function("LN", kinds="n")
def ln(frame: Frame, value: float) -> float:
    """Return the natural logarithm."""
    return SHEET.ln(value)  # type: ignore[no-any-return]


@function("LOG10", kinds="n")
def log10(frame: Frame, value: float) -> float:
    """Return the logarithm to the base of 10."""
    if value <= 0:
        raise failure(NUMBER)
    return math.log10(value)


@function("LOG", kinds="n", optional="n")
def log(frame: Frame, value: float, base: float = 10.0) -> float:
    """Return the logarithm to a base."""
    if value <= 0 or base <= 0:
        raise failure(NUMBER)
    if base == 1.0:
        raise failure(DIVISION)
    return math.log10(value) if base == 10.0 else math.log(value) / math.log(base)


@function("TINV", kinds="nn")
def tinv(frame: Frame, outside: float, degrees: float) -> float:
    """Return Student's t with a share outside of it, on both sides."""
    if not 0 < outside <= 1:
        raise failure(NUMBER)
    return float(student_t(1 - Decimal(repr(outside)), degrees))


@function("PI")
def pi(frame: Frame) -> float:
    """Return the number."""
    return math.pi
