"""SHEET: floats as a spreadsheet program calculates them.

Follows LibreOffice (``rtl/math``, 7.4) where it was measured, and what Excel is
documented to do: near-equal numbers cancel to zero and compare as equal, and
ROUNDDOWN looks at 15 significant digits.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import ROUND_DOWN, Decimal
from typing import Any

from jcm_xl.expr.arithmetic import (
    BY_ZERO,
    DIVISION,
    LN_OF_NOTHING,
    NUMBER,
    ROOT_OF_LESS,
    TOO_LARGE,
    Arithmetic,
    NotCalculable,
    compare_texts,
    refuse_text,
)

_NEAR = 2.0**-48
_FAR = 2.0**-44
_LARGEST_INTEGER = 2.0**53


def approx_equal(a: float, b: float) -> bool:
    """Whether a spreadsheet takes two finite numbers for the same one."""
    if a == b:
        return True
    gap = abs(a - b)
    a, b, agree = abs(a), abs(b), (a > 0) == (b > 0)
    if not agree or gap > a * _FAR or not (gap < a * _NEAR and gap < b * _NEAR):
        return False
    # Two different whole numbers are never taken for the same one.
    return not (_is_whole(a) and _is_whole(b))


def _is_whole(a: float) -> bool:
    return a < _LARGEST_INTEGER and a == int(a)


def _finite(value: float) -> float:
    if math.isfinite(value):
        return value + 0.0  # no minus zero
    raise NotCalculable(NUMBER, TOO_LARGE)


def _number(value: Any) -> float:
    if value.__class__ is float:
        return value
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return float(value)
    raise refuse_text(value)


def _add(a: float, b: float) -> float:
    if a < 0 < b or b < 0 < a:
        return _subtract(a, -b)
    return _finite(a + b)


def _subtract(a: float, b: float) -> float:
    result = a - b
    if abs(result) < abs(a) * _FAR and approx_equal(a, b):
        return 0.0
    return _finite(result)


def _multiply(a: float, b: float) -> float:
    return _finite(a * b)


def _divide(a: float, b: float) -> float:
    if b == 0:
        raise NotCalculable(DIVISION, BY_ZERO)
    return _finite(a / b)


def _total(values: Iterable[Any]) -> float:
    numbers = [number for number in map(_number, values) if number]
    try:
        total = math.fsum(numbers)
    except OverflowError:
        total = math.inf
    # LibreOffice adds the last number that is not zero as + does: 0.1, 0.2, -0.3
    # make 0. The sum itself is compensated, hence fsum.
    if numbers and abs(total) < abs(numbers[-1]) * _FAR:
        return _add(math.fsum(numbers[:-1]), numbers[-1])
    return _finite(total)


def _exp(a: float) -> float:
    try:
        return math.exp(a)
    except OverflowError:
        return _finite(math.inf)


def _ln(a: float) -> float:
    if a <= 0:
        raise NotCalculable(NUMBER, LN_OF_NOTHING)
    return math.log(a)


def _root(a: float) -> float:
    if a < 0:
        raise NotCalculable(NUMBER, ROOT_OF_LESS)
    return math.sqrt(a)


def _power(a: float, n: int) -> float:
    if a == 0 and n < 0:
        raise NotCalculable(DIVISION, BY_ZERO)
    try:
        return _finite(math.pow(a, n))
    except OverflowError:
        return _finite(math.inf)


def _round_down(a: float, digits: int) -> float:
    # 1.15*100 is 114.99999999999999 in binary; a spreadsheet shows and cuts 115.
    significant = Decimal(f"{a:.14e}")
    if significant.adjusted() + digits >= 15:
        return a
    cut = significant.quantize(Decimal(1).scaleb(-digits), ROUND_DOWN)
    return float(cut) + 0.0


def _compare(a: Any, b: Any) -> int:
    if isinstance(a, str) or isinstance(b, str):
        return compare_texts(a, b)
    return 0 if approx_equal(a, b) else (a > b) - (a < b)


SHEET = Arithmetic(
    name="sheet",
    literal=float,
    number=_number,
    negate=lambda a: 0.0 - a,
    absolute=abs,
    add=_add,
    subtract=_subtract,
    multiply=_multiply,
    divide=_divide,
    total=_total,
    exp=_exp,
    ln=_ln,
    root=_root,
    power=_power,
    round_down=_round_down,
    compare=_compare,
)
