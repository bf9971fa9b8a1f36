"""A choice that a book does not print, by the value that goes with it alone."""

from __future__ import annotations

from jcm_xl.expr.nodes import Call, Name
from jcm_xl.foreign.found import Remark, Spot, Stated, Why
from jcm_xl.foreign.rows import Findings
from jcm_xl.model.key import value_key
from jcm_xl.model.methodology import Formula, Parameter
from jcm_xl.model.tolerance import same_number
from jcm_xl.plan.builder import STAGES
from jcm_xl.xlsx.grid import Cell, parse_address


def infer_choices(out: Findings) -> None:
    """Take a choice from its default value, where only one choice has that value.

    Official sheets often ask for the value, `COP_RE`, and the class it was taken for
    stands nowhere. What was taken so is remarked.
    """
    plan = STAGES[0]
    for stated in out.stated:
        p, table = _choice_of(out, stated.name)
        if p is None or stated.stage != plan:
            continue
        keys = [
            row.key
            for row in out.matcher.m.tables[table].rows
            if same_number(float(row.value), stated.value)
        ]
        if len(keys) == 1 and keys[0]:
            _take(out, p, stated, keys[0])


def _choice_of(out: Findings, name: str) -> tuple[Parameter | None, str]:
    """Return the choice by which a quantity is looked up, and the table."""
    m = out.matcher.m
    formula = m.formulas.get(name)
    tree = formula.tree if isinstance(formula, Formula) else None
    if not (isinstance(tree, Call) and tree.function == "lookup"):
        return None, ""
    table, key = tree.arguments
    if not (isinstance(table, Name) and isinstance(key, Name)):
        return None, ""
    p = m.parameters.get(key.id)
    is_plain = p is not None and p.is_choice and m.tables[table.id].match == "exact"
    return (p, table.id) if is_plain else (None, "")


def _take(out: Findings, p: Parameter, stated: Stated, choice: str) -> None:
    units = [0] if p.index is None else [stated.row]
    if p.index is not None and not stated.row:
        units = list(range(1, out.units.get(p.index, 0) + 1))
    for unit in units:
        key = value_key(stated.stage, p.name, unit or None)
        if key in out.found:
            continue
        spot = Spot(stated.sheet, *parse_address(stated.cell), Cell(choice))
        out.put(key, spot)
        out.remarks.append(
            Remark(stated.sheet, stated.cell, choice, Why.BY_VALUE, p.name, key)
        )
