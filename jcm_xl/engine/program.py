"""A methodology's formulas compiled once, in spreadsheet and in exact arithmetic."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from jcm_xl.expr.evaluate import (
    EXACT,
    SHEET,
    Arithmetic,
    NotCalculable,
    compile_expression,
)
from jcm_xl.model.methodology import Formula, Methodology, Table


@dataclass(frozen=True, slots=True)
class Step:
    """One formula with its compiled form."""

    formula: Formula
    evaluate: Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Program:
    """What is needed to evaluate a methodology in one arithmetic."""

    arithmetic: Arithmetic
    steps: tuple[Step, ...]
    given: dict[str, Any]
    tables: dict[str, Callable[[Any], Any]]
    required: dict[str, Callable[[Any], bool]]
    criteria: tuple[tuple[str, Callable[[Any], bool]], ...]


@lru_cache(maxsize=256)
def program(m: Methodology, is_exact: bool = False) -> Program:
    """Compile the formulas, look-ups and conditions of a methodology."""
    arithmetic = EXACT if is_exact else SHEET
    number: Callable[[Decimal], Any] = Decimal if is_exact else float
    given = {c.name: number(c.value) for c in m.constants.values()}
    given |= {
        p.name: number(p.value) for p in m.parameters.values() if p.value is not None
    }
    return Program(
        arithmetic=arithmetic,
        steps=tuple(
            Step(m.formulas[name], compile_expression(m.formulas[name].tree, arithmetic))
            for name in m.order
        ),
        given=given,
        tables={t.name: _table(t, number) for t in m.tables.values()},
        required={
            p.name: compile_expression(p.required_when, arithmetic)
            for p in m.parameters.values()
            if p.required_when is not None
        },
        criteria=tuple(
            (c.id, compile_expression(c.check, arithmetic))
            for c in m.criteria
            if c.check is not None
        ),
    )


def _table(table: Table, number: Callable[[Decimal], Any]) -> Callable[[Any], Any]:
    if table.match == "exact":
        values = {row.key.casefold(): number(row.value) for row in table.rows}

        def exact(key: Any) -> Any:
            try:
                return values[str(key).casefold()]
            except KeyError:
                raise NotCalculable(
                    "#N/A", f"'{key}' is no row of the table '{table.label}'"
                ) from None

        return exact
    rows = [
        (number(row.start or Decimal(0)), number(row.end or Decimal(0)), row)
        for row in table.rows
    ]

    def by_class(key: Any) -> Any:
        for start, end, row in rows:
            if start <= key < end or (row.is_closed and key == end):
                return number(row.value)
        raise NotCalculable(
            "#N/A",
            f"{key:.15g} lies outside every class of the table '{table.label}' "
            f"({rows[0][0]} to {rows[-1][1]})",
        )

    return by_class
