"""Evaluate a methodology for one stage: independent of anything a sheet cached."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_DOWN, Decimal
from typing import Any

from jcm_xl.engine.program import Program, program
from jcm_xl.expr.evaluate import EXACT, SHEET, NotCalculable
from jcm_xl.expr.used import names
from jcm_xl.model.dependencies import set_groups
from jcm_xl.model.methodology import Methodology, Parameter
from jcm_xl.model.result import Missing, Quantity, Result
from jcm_xl.model.submission import StageInputs
from jcm_xl.model.tolerance import is_near_whole
from jcm_xl.text.phrase import Phrase

_REQUIRED = "#N/A"
"""The error of a required input that is absent; what is not required has another."""


class KnownValues:
    """What the formulas of one evaluation see; `row` is the unit at hand.

    values, faults: by name and unit row. rows: of each name, the unit rows it has.
    """

    def __init__(self, m: Methodology, compiled: Program, inputs: StageInputs) -> None:
        self.m = m
        self.row: int | None = None
        self.values: dict[tuple[str, int | None], Any] = {
            (name, None): value for name, value in compiled.given.items()
        }
        self.faults: dict[tuple[str, int | None], NotCalculable] = {}
        self.rows: dict[str, tuple[int, ...]] = {}
        self._tables = compiled.tables
        self._used = inputs.used

    def take(self, result: Result) -> None:
        """Take what was calculated already; what failed has no value here either."""
        for key, quantity in result.quantities.items():
            if quantity.value is not None:
                self.values[key] = quantity.value
        for item in self.m.items:
            self.rows[item.name] = self._used.get(item.index, ()) if item.index else ()

    def copy(self) -> KnownValues:
        """Return another with the same values, of which some may be changed."""
        other: KnownValues = object.__new__(KnownValues)
        other.m = self.m
        other.row, other.values = None, dict(self.values)
        other.faults, other.rows = self.faults, self.rows
        other._tables, other._used = self._tables, self._used
        return other

    def _get(self, name: str, row: int | None) -> Any:
        key = (name, row) if (name, row) in self.values else (name, None)
        try:
            return self.values[key]
        except KeyError:
            pass
        fault = self.faults.get((name, row)) or self.faults.get((name, None))
        raise fault or NotCalculable("#N/A", f"{name} has no value")

    def value(self, name: str) -> Any:
        """Return the value of a quantity for the unit at hand."""
        return self._get(name, self.row)

    def column(self, name: str) -> Sequence[Any]:
        """Return the values of a quantity of all units in use."""
        return [self._get(name, row) for row in self.rows[name]]

    def look_up(self, table: str, key: Any) -> Any:
        """Return the value of a table for a key."""
        return self._tables[table](key)

    def units(self, names: tuple[str, ...]) -> Iterator[KnownValues]:
        """Yield itself for each unit in use over which the names run."""
        before = self.row
        for row in _units_of(self.m, self._used, names):
            self.row = row
            yield self
        self.row = before


class _RawScope:
    """What conditions see: the choices as typed; a blank equals no text."""

    def __init__(
        self, m: Methodology, inputs: StageInputs, row: int | None = None
    ) -> None:
        self._m, self._inputs, self._row = m, inputs, row

    def value(self, name: str) -> Any:
        value = self._inputs.values.get(name)
        if isinstance(value, tuple):
            value = value[self._row - 1] if self._row else None
        return "" if value is None else value

    def column(self, name: str) -> Sequence[Any]:
        raise NotCalculable("#VALUE!", "a condition sums nothing")

    def look_up(self, table: str, key: Any) -> Any:
        raise NotCalculable("#VALUE!", "a condition looks nothing up")

    def units(self, names: tuple[str, ...]) -> Iterator[_RawScope]:
        for row in _units_of(self._m, self._inputs.used, names):
            yield _RawScope(self._m, self._inputs, row)


def _units_of(
    m: Methodology, used: Mapping[str, tuple[int, ...]], names: tuple[str, ...]
) -> tuple[int, ...]:
    """Return the units in use of the set that is named, or that a name runs over."""
    for name in names:
        if index := name if name in m.sets else m.index_of(name):
            return used.get(index, ())
    return ()


def calculate(m: Methodology, inputs: StageInputs) -> Result:
    """Compute every quantity of one stage.

    Never raises for bad inputs: what cannot be calculated carries the error a
    spreadsheet would show (`#N/A`, `#DIV/0!`) and the reason in words.
    """
    sheet = evaluate(m, inputs, program(m))
    missing = tuple(_missing(m, inputs, sheet))
    exact = None if missing else evaluate(m, inputs, program(m, True), sheet)
    unrounded = sheet.values.get((m.results.reduction, None))
    decimal = exact.values.get((m.results.reduction, None)) if exact else None
    if missing or unrounded is None or decimal is None:
        unrounded = decimal = None
    return Result(
        methodology=m,
        quantities=dict(_quantities(m, inputs, sheet, exact)),
        missing=missing,
        unrounded=unrounded,
        sheet_credited=None
        if unrounded is None
        else int(SHEET.round_down(unrounded, 0)),
        credited=None
        if decimal is None
        else int(decimal.to_integral_value(rounding=ROUND_DOWN)),
        is_knife_edge=_is_knife_edge(unrounded, decimal),
    )


def _is_knife_edge(unrounded: float | None, exact: Decimal | None) -> bool:
    if unrounded is None or exact is None:
        return False
    if exact == exact.to_integral_value() and float(exact) == unrounded:
        return False
    return is_near_whole(unrounded)


def is_required(
    m: Methodology, inputs: StageInputs, p: Parameter, row: int | None
) -> bool:
    """Tell whether an input must be given, under its `required_when`."""
    condition = program(m).required.get(p.name)
    return condition is None or bool(condition(_RawScope(m, inputs, row)))


def places(
    inputs: StageInputs, parameter: Parameter
) -> Iterator[tuple[int | None, float | str | None]]:
    """Yield (row, value) of an input over the unit rows in use; row None for one."""
    value = inputs.values.get(parameter.name)
    if parameter.index is None:
        yield None, value if not isinstance(value, tuple) else None
        return
    column = value if isinstance(value, tuple) else ()
    for row in inputs.used.get(parameter.index, ()):
        yield row, column[row - 1] if row <= len(column) else None


def _missing(
    m: Methodology, inputs: StageInputs, sheet: KnownValues
) -> Iterator[Missing]:
    for p in m.inputs:
        for row, value in places(inputs, p):
            if value is None and sheet.faults[p.name, row].error == _REQUIRED:
                yield Missing(p.name, row)
    for group in set_groups(m):
        if not any(inputs.used.get(name) for name in group):
            yield Missing(group[0], 0)


def evaluate(
    m: Methodology,
    inputs: StageInputs,
    compiled: Program,
    before: KnownValues | None = None,
) -> KnownValues:
    """Evaluate everything; what is absent is as absent as it was `before`."""
    scope = KnownValues(m, compiled, inputs)
    is_exact = compiled.arithmetic is EXACT
    for p in m.inputs:
        scope.rows[p.name] = inputs.used.get(p.index, ()) if p.index else ()
        for row, value in places(inputs, p):
            if value is None:
                scope.faults[p.name, row] = (
                    before.faults[p.name, row] if before else _absent(m, inputs, p, row)
                )
            else:
                exact = is_exact and not isinstance(value, str)
                # Decimal from the shortest spelling: the digits that were typed.
                scope.values[p.name, row] = Decimal(repr(value)) if exact else value
    for step in compiled.steps:
        name, index = step.formula.name, step.formula.index
        rows: tuple[int | None, ...] = inputs.used.get(index, ()) if index else (None,)
        scope.rows[name] = tuple(row for row in rows if row is not None)
        for row in rows:
            scope.row = row
            try:
                scope.values[name, row] = step.evaluate(scope)
            except NotCalculable as fault:
                scope.faults[name, row] = fault
    return scope


def _absent(
    m: Methodology, inputs: StageInputs, p: Parameter, row: int | None
) -> NotCalculable:
    of_row = " of row {row}" if row else ""
    key, words, error = (
        ("missing", " is missing", _REQUIRED)
        if is_required(m, inputs, p, row)
        else ("blank", " is blank as it is not required", "#VALUE!")
    )
    if row:
        key += "-of-row"
    english = "{symbol}" + of_row + words
    return NotCalculable(
        error, Phrase(f"reasons.{key}", english, symbol=p.symbol, row=row)
    )


def _quantities(
    m: Methodology, inputs: StageInputs, sheet: KnownValues, exact: KnownValues | None
) -> Iterator[tuple[tuple[str, int | None], Quantity]]:
    keys = [*sheet.values, *sheet.faults]
    for key in keys:
        fault = sheet.faults.get(key)
        decimal = exact.values.get(key) if exact else None
        yield (
            key,
            Quantity(
                name=key[0],
                row=key[1],
                value=sheet.values.get(key),
                error=fault.error if fault else "",
                reason=fault.reason if fault else "",
                exact=decimal if isinstance(decimal, Decimal) else None,
            ),
        )


def judge_criteria(
    m: Methodology, inputs: StageInputs, result: Result | None = None
) -> Iterator[tuple[str, int | None, bool | None]]:
    """Yield (criterion id, unit row, answer) of every criterion that is calculated.

    The answer is `None` where an input is missing. `result` is that of the same
    inputs, where it is at hand already.
    """
    compiled = program(m)
    if not compiled.criteria:
        return
    if result is None:
        scope = evaluate(m, inputs, compiled)
    else:
        scope = KnownValues(m, compiled, inputs)
        scope.take(result)
    trees = {c.id: c.check for c in m.criteria if c.check is not None}
    for name, condition in compiled.criteria:
        for row in _criterion_rows(m, inputs, trees[name]):
            scope.row = row
            try:
                yield name, row, bool(condition(scope))
            except NotCalculable:
                yield name, row, None


def _criterion_rows(
    m: Methodology, inputs: StageInputs, tree: Any
) -> tuple[int | None, ...]:
    for name in names(tree):
        if index := m.index_of(name):
            return inputs.used.get(index, ())
    return (None,)
