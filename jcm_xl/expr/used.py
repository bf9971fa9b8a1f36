"""The names that a tree uses."""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.expr.functions import OVER_UNITS
from jcm_xl.expr.nodes import Call, Expr, Name, children


def names(expr: Expr) -> tuple[str, ...]:
    """The quantities of an expression, in order of first occurrence."""
    return _distinct(_quantities(expr))


def single(expr: Expr) -> tuple[str, ...]:
    """The quantities of which one unit is asked: not those in `sum`, `any`, `mean`."""
    inside = {*over_units(expr), *(n for c in asked_of_any(expr) for n in names(c))}
    return tuple(name for name in names(expr) if name not in inside)


def over_units(expr: Expr) -> tuple[str, ...]:
    """The quantities of which all units are asked: those inside `sum`, `mean`, ..."""
    return _distinct(_first_arguments(expr, *OVER_UNITS))


def sets_asked(expr: Expr) -> tuple[str, ...]:
    """The sets that stand inside ``any``, alone."""
    return _distinct(_first_arguments(expr, "any"))


def asked_of_any(expr: Expr) -> tuple[Expr, ...]:
    """The conditions that stand inside ``any``; a set is none."""
    match expr:
        case Call("any", (operand,)):
            return () if isinstance(operand, Name) else (operand,)
    return tuple(c for child in children(expr) for c in asked_of_any(child))


def tables(expr: Expr) -> tuple[str, ...]:
    """The tables that stand inside ``lookup``."""
    return _distinct(_first_arguments(expr, "lookup"))


def lookups(expr: Expr) -> Iterator[tuple[str, Expr]]:
    """Yield each table that is read inside ``lookup``, with its key."""
    match expr:
        case Call("lookup", (Name(table), key)):
            yield table, key
    for child in children(expr):
        yield from lookups(child)


def _distinct(found: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found))


def _quantities(expr: Expr) -> Iterator[str]:
    match expr:
        case Name(identifier):
            yield identifier
        case Call("lookup", (_, key)):
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
