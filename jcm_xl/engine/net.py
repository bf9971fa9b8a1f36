"""Business as usual beside the reference: how many tonnes are reduced and not credited.

Reference emissions are set below business as usual, or project emissions above what
they likely are. Source: Recent Development of the JCM/BOCM, Government of Japan,
February 2013, 'Basic Concept for Crediting under the JCM'.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import TypeAlias

from jcm_xl.dataclass import dataclass
from jcm_xl.engine.calculate import calculate
from jcm_xl.expr.nodes import Expr
from jcm_xl.model.dependencies import dependencies
from jcm_xl.model.methodology import (
    Conservatism,
    Formula,
    Kind,
    Methodology,
    Parameter,
    Table,
)
from jcm_xl.model.result import Result
from jcm_xl.model.submission import StageInputs

_USUAL, _LIKELY = "usual_p", "likely_p"
_STEP = Decimal("1.01")
Typed: TypeAlias = float | str | None
"""A cleaned input of one unit."""


@dataclass(frozen=True, slots=True)
class Net:
    """Emissions of one period in tCO2; `None` where they are not known.

    usual:     without the project and the mechanism (business as usual).
    reference: of the methodology. project: as calculated. likely: without margins.
    credited:  whole tonnes of Table 3.
    """

    usual: float | None
    reference: float | None
    project: float | None
    likely: float | None
    credited: int | None

    @property
    def reduced(self) -> float | None:
        """Return what is really reduced, as far as the definition knows it."""
        before = self.reference if self.usual is None else self.usual
        after = self.project if self.likely is None else self.likely
        is_known = self.usual is not None or self.likely is not None
        if not is_known or before is None or after is None:
            return None
        return before - after

    @property
    def net(self) -> float | None:
        """Return what is reduced and not credited."""
        reduced, credited = self.reduced, self.credited
        return None if reduced is None or credited is None else reduced - credited


@dataclass(frozen=True, slots=True)
class Direction:
    """A default value and which direction credits less: `lower`, `higher`, neither.

    name: of the parameter or table. row: of the table, from 0.
    change: tCO2 of emission reductions for one per cent more of the value.
    why: why it is conservative, `None` where nobody knows.
    """

    name: str
    what: str
    value: str
    change: float
    why: Conservatism | None = None
    row: int | None = None

    @property
    def safe(self) -> str:
        """Return in which direction the value is conservative."""
        return safe_direction((self.change,))


def net_of(m: Methodology, inputs: StageInputs) -> Net:
    """Return business as usual, reference, project and credited of a stage."""
    wider = _with_usual(m)
    result = calculate(wider, inputs)

    def value(name: str) -> float | None:
        quantity = result.get(name)
        found = quantity.value if quantity else None
        return float(found) if isinstance(found, float | int) else None

    return Net(
        usual=value(_USUAL),
        reference=value(m.results.reference),
        project=value(m.results.project),
        likely=value(_LIKELY),
        credited=result.sheet_credited,
    )


def _with_usual(m: Methodology) -> Methodology:
    """Return the methodology with these emissions as formulas of their own."""
    more = {
        name: _formula(m, name, tree)
        for name, tree in ((_USUAL, m.net.usual), (_LIKELY, m.net.likely))
        if tree is not None
    }
    if not more:
        return m
    return replace(m, formulas={**m.formulas, **more}, order=(*m.order, *more))


def _formula(m: Methodology, name: str, tree: Expr) -> Formula:
    return replace(m.formulas[m.results.reference], name=name, tree=tree)


def directions(m: Methodology, inputs: StageInputs) -> Iterator[Direction]:
    """Yield each default value that is used and in which direction it is safe.

    The sign is computed: the value is taken one per cent higher. One that the
    definition leaves open is a default, too: the participant typed it.
    """
    base = calculate(m, inputs).unrounded
    if base is None:
        return
    used = dependencies(m, m.results.reduction)
    for p in m.parameters.values():
        if p.name not in used or p.kind is not Kind.DEFAULT:
            continue
        if p.value is not None:
            higher = {**m.parameters, p.name: _higher(p)}
            change = _change(replace(m, parameters=higher), inputs, base)
            value = f"{p.value} {p.unit}"
        else:
            change = _change(m, _typed_higher(inputs, p.name), base)
            value = "open, typed"
        yield Direction(p.name, p.symbol, value, change, m.conservatism(p.name))
    for table in m.tables.values():
        if table.name in used:
            yield from _of_table(m, table, inputs, base)


def _of_table(
    m: Methodology, table: Table, inputs: StageInputs, base: float
) -> Iterator[Direction]:
    for at, row in enumerate(table.rows):
        rows = list(table.rows)
        rows[at] = replace(row, value=row.value * _STEP)
        tables = {**m.tables, table.name: replace(table, rows=tuple(rows))}
        change = _change(replace(m, tables=tables), inputs, base)
        if change:  # the row is one that these inputs use
            words = row.key or f"from {row.start}"
            value = f"{row.value} {table.unit}"
            what = f"{table.label}, {words}"
            why = m.conservatism(table.name, row)
            yield Direction(table.name, what, value, change, why, at)


def _higher(p: Parameter) -> Parameter:
    assert p.value is not None
    return replace(p, value=p.value * _STEP)


def _typed_higher(inputs: StageInputs, name: str) -> StageInputs:
    """Return the inputs with one value, of every unit, one per cent higher."""

    def higher(value: Typed) -> Typed:
        return value * float(_STEP) if isinstance(value, float) else value

    typed = inputs.values.get(name)
    more = tuple(map(higher, typed)) if isinstance(typed, tuple) else higher(typed)
    return replace(inputs, values={**inputs.values, name: more})


def safe_direction(changes: Iterable[float]) -> str:
    """Return in which direction several cases credit less, in one word.

    `either`, where the cases differ; `neither`, where none changes.
    """
    signs = {change > 0 for change in changes if change}
    if len(signs) == 2:
        return "either"
    return {(): "neither", (True,): "lower", (False,): "higher"}[tuple(signs)]


def _change(m: Methodology, inputs: StageInputs, base: float) -> float:
    moved: Result = calculate(m, inputs)
    return 0.0 if moved.unrounded is None else moved.unrounded - base
