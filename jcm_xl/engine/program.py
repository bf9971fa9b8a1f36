"""A methodology's formulas compiled once, in spreadsheet and in exact arithmetic."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Any

from jcm_xl.dataclass import dataclass
from jcm_xl.expr.evaluate import (
    EXACT,
    SHEET,
    Arithmetic,
    NotCalculable,
    compile_expression,
)
from jcm_xl.expr.interpolated import interpolated
from jcm_xl.model.methodology import Formula, Methodology, Table
from jcm_xl.text.phrase import Phrase


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
            Step(
                m.formulas[name], compile_expression(m.formulas[name].tree, arithmetic)
            )
            for name in m.order
        ),
        given=given,
        tables={t.name: _table(t, number, arithmetic) for t in m.tables.values()},
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


def _table(
    table: Table, number: Callable[[Decimal], Any], arithmetic: Arithmetic
) -> Callable[[Any], Any]:
    if table.match == "exact":
        return _exact(table, number, arithmetic)
    if table.match == "points":
        return _between(table, number, arithmetic)
    return _by_class(table, number, arithmetic)


def _exact(
    table: Table, number: Callable[[Decimal], Any], arithmetic: Arithmetic
) -> Callable[[Any], Any]:
    values = [(row.key, number(row.value)) for row in table.rows]

    def look_up(key: Any) -> Any:
        for text, value in values:
            if arithmetic.compare(text, str(key)) == 0:
                return value
        raise NotCalculable(
            "#N/A",
            Phrase(
                "reasons.no-row",
                "'{value}' is no row of the table '{table}'",
                value=str(key),
                table=table.label,
            ),
        )

    return look_up


def _between(
    table: Table, number: Callable[[Decimal], Any], arithmetic: Arithmetic
) -> Callable[[Any], Any]:
    points = [(number(r.start or Decimal(0)), number(r.value)) for r in table.rows]

    def look_up(key: Any) -> Any:
        found = interpolated(arithmetic, points, key)
        if found is None:
            raise NotCalculable(
                "#N/A",
                Phrase(
                    "reasons.beside-points",
                    "{value} lies beside the points of the table '{table}' "
                    "({first} to {last})",
                    value=f"{key:.15g}",
                    table=table.label,
                    first=points[0][0],
                    last=points[-1][0],
                ),
            )
        return found

    return look_up


def _by_class(
    table: Table, number: Callable[[Decimal], Any], arithmetic: Arithmetic
) -> Callable[[Any], Any]:
    # A spreadsheet takes nearly equal numbers for equal at the limits of classes too.
    compare = arithmetic.compare
    rows = [
        (number(row.start), number(row.end), row.is_closed, number(row.value))
        for row in table.rows
        if row.start is not None and row.end is not None
    ]

    def look_up(key: Any) -> Any:
        for start, end, is_closed, value in rows:
            above = compare(key, end)
            if compare(key, start) >= 0 and (above < 0 or (is_closed and above == 0)):
                return value
        raise NotCalculable(
            "#N/A",
            Phrase(
                "reasons.outside",
                "{value} lies outside every class of the table '{table}' "
                "({first} to {last})",
                value=f"{key:.15g}",
                table=table.label,
                first=rows[0][0],
                last=rows[-1][1],
            ),
        )

    return look_up
