"""All that a check may look at: the book, its plan, its numbers recomputed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from jcm_xl.engine.calculate import calculate
from jcm_xl.model.finding import Severity
from jcm_xl.model.methodology import Methodology
from jcm_xl.model.result import Result
from jcm_xl.model.submission import Stage, StageInputs, Submission
from jcm_xl.workbook.cached import CachedValues
from jcm_xl.workbook.formulas import same_formula
from jcm_xl.workbook.grid import Cell, CellError, Grid
from jcm_xl.workbook.identity import Identity
from jcm_xl.workbook.plan import Plan
from jcm_xl.workbook.slot import Slot
from jcm_xl.workbook.stage import stage_inputs
from jcm_xl.workbook.submission import expected_text, read_submission

_CONFIRMED = ("document", "official")
REL_TOL = 1e-9
"""Two honest programs differ in the last digits: |a-b| <= 1e-9 max(1, |a|, |b|)."""


class Difference(NamedTuple):
    """A locked cell that is not as the template made it.

    kind: `text`, `number`, `formula` (another one), `value` (a formula replaced by
    a value), `blank` (emptied) or `added` (a formula where none belongs).
    """

    slot: Slot
    kind: str
    actual: str
    expected: str


def same_number(first: float, second: float) -> bool:
    """Compare with the tolerance of all our comparisons."""
    return abs(first - second) <= REL_TOL * max(1.0, abs(first), abs(second))


def shown(value: object) -> str:
    """Return a cell's value as a message prints it."""
    if value is None:
        return ""
    if isinstance(value, CellError):
        return value.code
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(value)


@dataclass
class Context:
    """A book under judgement. Everything derived is computed when first asked for."""

    grid: Grid
    identity: Identity
    methodology: Methodology
    plan: Plan
    stage: str = "report"
    today: date | None = None
    faulty: set[str] = field(default_factory=set)

    @cached_property
    def submission(self) -> Submission:
        """Return the participant's cells."""
        return read_submission(self.grid, self.plan)

    @cached_property
    def inputs(self) -> Mapping[Stage, StageInputs]:
        """Return the usable inputs of plan and report."""
        return {s: stage_inputs(self.plan, self.submission, s) for s in Stage}

    @cached_property
    def results(self) -> Mapping[Stage, Result]:
        """Return plan and report recomputed, independent of anything cached."""
        return {s: calculate(self.methodology, self.inputs[s]) for s in Stage}

    @cached_property
    def cached(self) -> CachedValues:
        """Return what every formula of the template must show for these inputs."""
        return CachedValues(self.plan, self.submission, self.inputs, self.results)

    @property
    def stages(self) -> tuple[Stage, ...]:
        """Return the stages to judge: the plan alone, or both."""
        return (Stage.PLAN,) if self.stage == "plan" else (Stage.PLAN, Stage.REPORT)

    @cached_property
    def is_own_template(self) -> bool:
        """Tell whether the stamp says the book was made from this very definition."""
        stamp = self.identity.stamp
        return (
            stamp is not None
            and stamp.digest == self.methodology.digest
            and stamp.layout == self.plan.layout.version
        )

    def severity(self, slot: Slot) -> Severity:
        """Return how grave a difference from the definition is.

        ERROR against our definition needs a document; a change of the book's own
        stamped template is always one.
        """
        if self.is_own_template or slot.trust in _CONFIRMED:
            return Severity.ERROR
        return Severity.WARNING

    def cell(self, slot: Slot) -> Cell | None:
        """Return the stored cell of a slot."""
        cells = self._cells.get(slot.sheet)
        return cells.get((slot.row, slot.column)) if cells else None

    @cached_property
    def _cells(self) -> Mapping[str, Mapping[tuple[int, int], Cell]]:
        return {sheet.name: sheet.cells for sheet in self.grid.sheets}

    @cached_property
    def official(self) -> tuple[str, ...]:
        """Return the official sheets that are there."""
        return tuple(name for name in self.plan.official if name in self._cells)

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        """Return every locked cell of the present sheets that was changed."""
        return tuple(self._differences())

    def _differences(self) -> Iterator[Difference]:
        cells = self._cells
        for slot in self.plan.slots.values():
            if slot.is_input:
                continue
            there = cells.get(slot.sheet)
            if there is None:
                continue
            cell = there.get((slot.row, slot.column))
            found = _compare(slot, cell)
            if found:
                yield found


def _compare(slot: Slot, cell: Cell | None) -> Difference | None:
    value = cell.value if cell else None
    formula = cell.formula if cell else None
    if slot.formula:
        return _compare_formula(slot, value, formula)
    if formula is not None:
        return Difference(slot, "added", f"={formula}", expected_text(slot))
    content = slot.content
    if content is None or isinstance(content, str):
        text = expected_text(slot)
        if value == text or (value is None and not text):
            return None
        kind = "blank" if value is None else "text"
        return Difference(slot, kind, shown(value), text)
    if isinstance(value, float) and value == float(content):
        return None
    kind = "blank" if value is None else "number"
    return Difference(slot, kind, shown(value), str(content))


def _compare_formula(
    slot: Slot, value: object, formula: str | None
) -> Difference | None:
    if formula is None:
        kind = "blank" if value is None else "value"
        return Difference(slot, kind, shown(value), f"={slot.formula}")
    if formula == slot.formula or same_formula(formula, slot.formula):
        return None
    return Difference(slot, "formula", f"={formula}", f"={slot.formula}")
