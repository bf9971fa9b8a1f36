"""The names that a tree uses."""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.expr.functions import OF_TABLES, OVER_UNITS
from jcm_xl.expr.nodes import (
    Call,
    Comparison,
    Expr,
    Inversion,
    Junction,
    Name,
    Number,
    Text,
    children,
)


def names(expr: Expr) -> tuple[str, ...]:
    """The quantities of an expression, in order of first occurrence."""
    return _distinct(_quantities(expr))


def single(expr: Expr) -> tuple[str, ...]:
    """The quantities of which one unit is asked: not those in `sum`, `any`, `mean`."""
    inside = {*over_units(expr), *(n for c in asked_of_any(expr) for n in names(c))}
    return tuple(name for name in names(expr) if name not in inside)


def over_units(expr: Expr) -> tuple[str, ...]:
    """The quantities of which all units are asked: those inside `sum`, `mean`, ..."""
    return _distinct(name for call in calls_over_units(expr) for name in names(call))


def calls_over_units(expr: Expr) -> Iterator[Call]:
    """Yield the calls that make one number of all units: each asks those of one set."""
    match expr:
        case Call(function) if function in OVER_UNITS:
            yield expr
            return
    for child in children(expr):
        yield from calls_over_units(child)


def sets_asked(expr: Expr) -> tuple[str, ...]:
    """The sets that stand inside ``any``, alone."""
    return _distinct(_first_arguments(expr, "any"))


def asked_of_any(expr: Expr) -> tuple[Expr, ...]:
    """The conditions that stand inside ``any``; a set is none."""
    match expr:
        case Call("any", (operand,)):
            return () if isinstance(operand, Name) else (operand,)
    return tuple(c for child in children(expr) for c in asked_of_any(child))


def compares_as_it_stands(condition: Expr) -> bool:
    """Whether a condition compares names, numbers and texts and calculates nothing."""
    match condition:
        case Comparison(_, left, right):
            return all(isinstance(side, Name | Number | Text) for side in (left, right))
        case Junction() | Inversion():
            return all(map(compares_as_it_stands, children(condition)))
    return False


def tables(expr: Expr) -> tuple[str, ...]:
    """The tables that stand inside ``lookup`` and ``interpolate``."""
    return _distinct(_first_arguments(expr, *OF_TABLES))


def lookups(expr: Expr) -> Iterator[tuple[str, Expr]]:
    """Yield each table that is read, with its one key; one of two keys has none."""
    match expr:
        case Call(function, (Name(table), key)) if function in OF_TABLES:
            yield table, key
    for child in children(expr):
        yield from lookups(child)


def _distinct(found: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found))


def _quantities(expr: Expr) -> Iterator[str]:
    match expr:
        case Name(identifier):
            yield identifier
        case Call(function, (_, *keys)) if function in OF_TABLES:
            for key in keys:
                yield from _quantities(key)
        case Call("any", (Name(),)):
            return
        case _:
            for child in children(expr):
                yield from _quantities(child)


def _first_arguments(expr: Expr, *functions: str) -> Iterator[str]:
    match expr:
        case Call(called, (Name(identifier), *_)) if called in functions:
            yield identifier
    for child in children(expr):
        yield from _first_arguments(child, *functions)
