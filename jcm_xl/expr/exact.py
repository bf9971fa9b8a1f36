"""EXACT: decimals with 50 digits, in a context of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import (
    ROUND_DOWN,
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
)
from functools import reduce
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

# A spreadsheet's numbers end before 1E+309, so these do too.
_CONTEXT = Context(
    prec=50,
    rounding=ROUND_HALF_EVEN,
    Emin=-999_999,
    Emax=308,
    traps=[DivisionByZero, InvalidOperation, Overflow],
)


def _number(value: Any) -> Decimal:
    if value.__class__ is Decimal:
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    raise refuse_text(value)


def _guarded(operation: Callable[..., Decimal]) -> Callable[..., Decimal]:
    def run(*values: Decimal) -> Decimal:
        try:
            return _CONTEXT.plus(operation(*values))  # no minus zero
        except (InvalidOperation, Overflow):
            raise NotCalculable(NUMBER, TOO_LARGE) from None

    return run


def _divide(a: Decimal, b: Decimal) -> Decimal:
    if b == 0:
        raise NotCalculable(DIVISION, BY_ZERO)
    return _CONTEXT.divide(a, b)


def _total(values: Iterable[Any]) -> Decimal:
    return reduce(_CONTEXT.add, map(_number, values), Decimal(0))


def _ln(a: Decimal) -> Decimal:
    if a <= 0:
        raise NotCalculable(NUMBER, LN_OF_NOTHING)
    return a.ln(_CONTEXT)


def _root(a: Decimal) -> Decimal:
    if a < 0:
        raise NotCalculable(NUMBER, ROOT_OF_LESS)
    return a.sqrt(_CONTEXT)


def _power(a: Decimal, n: int) -> Decimal:
    if a == 0 and n < 0:
        raise NotCalculable(DIVISION, BY_ZERO)
    return _CONTEXT.power(a, n)


def _round_down(a: Decimal, digits: int) -> Decimal:
    if a.is_zero() or a.adjusted() + digits >= _CONTEXT.prec:
        return a
    step = Decimal(1).scaleb(-digits)
    return _CONTEXT.plus(a.quantize(step, ROUND_DOWN, _CONTEXT))


def _compare(a: Any, b: Any) -> int:
    if isinstance(a, str) or isinstance(b, str):
        return compare_texts(a, b)
    return int(a > b) - int(a < b)


EXACT = Arithmetic(
    name="exact",
    literal=Decimal,
    number=_number,
    negate=_CONTEXT.minus,
    absolute=_CONTEXT.abs,
    add=_guarded(_CONTEXT.add),
    subtract=_guarded(_CONTEXT.subtract),
    multiply=_guarded(_CONTEXT.multiply),
    divide=_guarded(_divide),
    total=_guarded(_total),
    exp=_guarded(lambda a: a.exp(_CONTEXT)),
    ln=_ln,
    root=_root,
    power=_guarded(_power),
    round_down=_round_down,
    compare=_compare,
)
