"""What one changed number moves, at a fraction of the cost of a calculation."""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.dataclass import dataclass
from jcm_xl.engine.calculate import KnownValues, calculate, evaluate
from jcm_xl.engine.program import Program, Step, program
from jcm_xl.expr.evaluate import NotCalculable
from jcm_xl.expr.used import names, single
from jcm_xl.model.methodology import Methodology
from jcm_xl.model.submission import StageInputs


@dataclass(frozen=True, slots=True)
class _Again:
    """A formula to calculate again; in the changed row alone or in every row."""

    step: Step
    in_row: bool


class Base:
    """One calculation kept, in spreadsheet arithmetic.

    value: the reductions before rounding, `None` where there are none.
    """

    def __init__(self, m: Methodology, inputs: StageInputs) -> None:
        """Calculate once."""
        self.value = calculate(m, inputs).unrounded
        self._m = m
        self._program: Program = program(m)
        self._scope: KnownValues = evaluate(m, inputs, self._program)
        self._again: dict[str, tuple[_Again, ...]] = {}

    def moved(self, name: str, row: int | None, value: float) -> float | None:
        """Return the reductions with another number in one place.

        name: an input, or a default value. Only what depends on it is calculated
        again: of what runs over units only the unit at hand, unless all are asked of.
        """
        scope = self._scope.copy()
        scope.values[name, row] = value
        try:
            for again in self._steps(name):
                _calculate(scope, again, row)
        except NotCalculable:
            return None
        found = scope.values.get((self._m.results.reduction, None))
        return float(found) if isinstance(found, float | int) else None

    def _steps(self, name: str) -> tuple[_Again, ...]:
        if name not in self._again:
            self._again[name] = tuple(self._found(name))
        return self._again[name]

    def _found(self, name: str) -> Iterator[_Again]:
        """Yield the formulas that depend on a name, in the order of calculation."""
        index = self._m.index_of(name)
        in_row = {name: index is not None}
        for step in self._program.steps:
            formula = step.formula
            used = in_row.keys() & {*names(formula.tree)}
            if not used:
                continue
            of_one = {*single(formula.tree)}
            is_in_row = formula.index is not None and formula.index == index
            is_in_row &= all(in_row[u] and u in of_one for u in used)
            in_row[formula.name] = is_in_row
            yield _Again(step, is_in_row)


def _calculate(scope: KnownValues, again: _Again, row: int | None) -> None:
    name, index = again.step.formula.name, again.step.formula.index
    rows: tuple[int | None, ...] = (None,)
    if index is not None:
        rows = (row,) if again.in_row else scope.rows[name]
    for scope.row in rows:
        scope.values[name, scope.row] = again.step.evaluate(scope)
