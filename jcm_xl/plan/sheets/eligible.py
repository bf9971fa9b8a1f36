"""Eligibility criteria in formulas: how many units do not meet one."""

from __future__ import annotations

from jcm_xl.expr.nodes import (
    Call,
    Comparison,
    Expr,
    Inversion,
    Junction,
    Name,
    Number,
    Text,
)
from jcm_xl.expr.used import names
from jcm_xl.model.key import Key
from jcm_xl.model.methodology import Criterion, Parameter
from jcm_xl.plan.builder import Builder, quoted


def unmet_units(b: Builder, stage: str, c: Criterion) -> str:
    """Render the count of the units in use that do not meet a criterion."""
    assert c.check is not None
    indices = [i for n in names(c.check) if (i := b.m.index_of(n))]
    unmet = f"(1-({_condition(b, stage, c.check)}))"
    numbers = [n for n in names(c.check) if not _is_choice(b, n)]
    known = "".join(f"*(1-ISTEXT({_cells(b, stage, n)}))" for n in numbers)
    if not indices:
        return f"SUMPRODUCT({unmet}{known}*1)"
    return f"SUMPRODUCT(({_used(b, stage, indices[0])}=1)*{unmet}{known})"


def applies(b: Builder, stage: str, p: Parameter) -> str:
    """Render where an input is asked for: 1 or 0, in each unit row where it has any.

    An error where a choice on which it rests is missing.
    """
    assert p.required_when is not None
    return f"({_condition(b, stage, p.required_when)})"


def _condition(b: Builder, stage: str, tree: Expr) -> str:
    """Render a condition over columns: 1 where it holds, 0 where not."""
    match tree:
        case Comparison(sign, left, right):
            signs = {"==": "=", "!=": "<>"}
            first, second = (_term(b, stage, side) for side in (left, right))
            return f"({first}{signs.get(sign, sign)}{second})*1"
        case Junction("and", parts):
            return "*".join(f"({_condition(b, stage, part)})" for part in parts)
        case Junction(_, parts):
            added = "+".join(f"({_condition(b, stage, part)})" for part in parts)
            return f"(({added})>0)*1"
        case Inversion(inside):
            return f"1-({_condition(b, stage, inside)})"
        case Call("any", (Name(name),)) if name in b.m.sets:
            return f"(SUM({_used(b, stage, name)})>0)*1"
        case Call("any", (inside,)):
            index = next(i for n in names(inside) if (i := b.m.index_of(n)))
            rows = f"({_used(b, stage, index)}=1)*({_condition(b, stage, inside)})"
            return f"(SUMPRODUCT({rows})>0)*1"
    raise TypeError(f"no sheet counts this: {tree}")


def _used(b: Builder, stage: str, index: str) -> str:
    return b.column_range(b.unit_keys(Key(stage, "used", index), index), "")


def _term(b: Builder, stage: str, side: Expr) -> str:
    match side:
        case Name(name):
            return _cells(b, stage, name)
        case Number(text):
            return text.upper()
        case Text(text):
            return quoted(text)
    raise TypeError(f"no sheet compares this: {side}")


def _is_choice(b: Builder, name: str) -> bool:
    item = b.label(name)
    return isinstance(item, Parameter) and item.is_choice


def _cells(b: Builder, stage: str, name: str) -> str:
    """Return the column of a quantity on the calculation sheet, or its one cell."""
    notion = "quantity" if name in b.m.formulas else "repeat"
    if index := b.m.index_of(name):
        keys = b.unit_keys(Key(stage, notion, name), index)
        return b.column_range(keys, "")
    places = [Key(stage, notion, name)]
    places += [Key(stage, "repeat", name, at=block) for block in (2, 3, 4, 1)]
    places.append(Key(stage, "default", name))
    return next(b.cells[key].absolute for key in places if key in b.cells)
