"""A submitted workbook opened: its plan, its inputs, its numbers recomputed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from jcm_xl.dataclass import dataclass
from jcm_xl.engine.calculate import is_required
from jcm_xl.formula.compare import same_formula
from jcm_xl.model.answer import Answer
from jcm_xl.model.finding import Severity
from jcm_xl.model.key import Key
from jcm_xl.model.methodology import Methodology, Parameter
from jcm_xl.model.result import Result
from jcm_xl.model.submission import Stage, StageInputs, Submission, Value
from jcm_xl.plan.cached_values import CachedValues
from jcm_xl.plan.cells import read_submission
from jcm_xl.plan.identity import Identity
from jcm_xl.plan.plan import Plan
from jcm_xl.plan.slot import Slot
from jcm_xl.plan.stage import (
    as_sheets_count,
    begun,
    calculate_stages,
    period,
)
from jcm_xl.submission.alterations import UNALTERED, Alterations
from jcm_xl.submission.answers import NO_ANSWERS, Outcome, sheet_answers
from jcm_xl.submission.differences import (
    NO_CELL,
    Difference,
    compare_cell,
    locked_cells,
)
from jcm_xl.submission.likeness import AS_STAMPED, Likeness
from jcm_xl.submission.official_sheets import OfficialSheet
from jcm_xl.submission.settings import AS_USUAL, Settings
from jcm_xl.submission.stated import states_results
from jcm_xl.submission.topics import Topic, topic_of
from jcm_xl.text.day_readings import may_mean
from jcm_xl.text.symbols import typed_symbol
from jcm_xl.version import __version__
from jcm_xl.xlsx.grid import Cell, Grid, Sheet

if TYPE_CHECKING:
    from jcm_xl.adopt.template import OfficialTemplate
    from jcm_xl.foreign.book import ForeignBook
    from jcm_xl.formula.evaluation.book import Evaluated

T = TypeVar("T")

_CONFIRMED = ("document", "official")


@dataclass(frozen=True, slots=True)
class BookFile:
    """A workbook as the file has it; parts: their names, in lower case."""

    name: str
    grid: Grid
    parts: frozenset[str] = frozenset()


@dataclass
class OpenedBook:
    """A workbook opened. Everything derived is computed when first asked for.

    grid:        `file.grid` with renamed sheets and moved lines back in place.
    alterations: what was undone.
    left_out:    what checks had to skip. compared: other books used, by topic. Both
                 hold sentences, best phrases.
    newer:       today's definition, where the book was made from an earlier text.
    outcome:     what became of the answers, once all findings are there.
    foreign:     what was found in a book that jcm_xl did not make.
    evaluated:   what the formulas in inputs give, which is what `grid` holds; `file`
                 has what was stored.
    likeness:    how much of our template stands in a book without stamp.
    template:    the official workbook that guards a book made by hand.
    """

    file: BookFile
    grid: Grid
    identity: Identity
    methodology: Methodology
    plan: Plan
    settings: Settings = AS_USUAL
    alterations: Alterations = UNALTERED
    left_out: list[str] = field(default_factory=list)
    compared: dict[str, str] = field(default_factory=dict)
    outcome: Outcome = NO_ANSWERS
    foreign: ForeignBook | None = None
    newer: Methodology | None = None
    likeness: Likeness = AS_STAMPED
    evaluated: Mapping[Key, Evaluated] = field(default_factory=dict)
    template: OfficialTemplate | None = None
    _made: dict[Any, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Return the name of the file."""
        return self.file.name

    @property
    def versions(self) -> dict[str, str]:
        """Return what judges: the program, the definition and the template."""
        template = {} if self.foreign else {"template": self.plan.template}
        return {"jcm_xl": __version__, **self.methodology.editions, **template}

    @cached_property
    def stage(self) -> str:
        """Return the stage that is judged: `plan`, or `report`, which is both."""
        asked = self.settings.stage
        if asked != "auto":
            return asked
        word = begun(self.submission)
        if word == "plan" and (self.has_unread_report or states_results(self)):
            return "report"
        return word

    @property
    def has_unread_report(self) -> bool:
        """Tell whether a table of the report has figures that were not understood."""
        return False

    @property
    def today(self) -> date | None:
        """Return the day that dates are judged by, if one was given."""
        return self.settings.today

    @cached_property
    def answers(self) -> tuple[Answer, ...]:
        """Return the answers to findings: the book's own, and those beside it."""
        beside = (a for a in self.settings.answers if a.file in ("", self.name))
        return (*sheet_answers(self.grid, self.plan.sheets.values()), *beside)

    # -- inputs and results ----------------------------------------------------------

    @cached_property
    def submission(self) -> Submission:
        """Return the participant's cells."""
        return read_submission(self.grid, self.plan)

    @cached_property
    def _stages(self) -> tuple[Mapping[Stage, StageInputs], Mapping[Stage, Result]]:
        return calculate_stages(self.plan, self.submission)

    @property
    def inputs(self) -> Mapping[Stage, StageInputs]:
        """Return the usable inputs of plan and report."""
        return self._stages[0]

    @property
    def results(self) -> Mapping[Stage, Result]:
        """Return plan and report recomputed, independent of anything cached."""
        return self._stages[1]

    @cached_property
    def cached(self) -> CachedValues:
        """Return what every formula of the template must show for these inputs."""
        typed = self.submission
        shown = as_sheets_count(typed)
        if shown is typed:
            return CachedValues(self.plan, typed, self.inputs, self.results)
        return CachedValues(self.plan, shown, *calculate_stages(self.plan, shown))

    @property
    def stages(self) -> tuple[Stage, ...]:
        """Return the stages to judge: the plan alone, or both."""
        return (Stage.PLAN,) if self.stage == "plan" else (Stage.PLAN, Stage.REPORT)

    @cached_property
    def typed(self) -> tuple[tuple[Slot, Value], ...]:
        """Return what was typed into the sheets of the stages that are judged."""
        return tuple(
            (slot, value)
            for key, value in self.submission.values.items()
            if self.is_judged(slot := self.plan[key])
        )

    def is_judged(self, slot: Slot) -> bool:
        """Tell whether an input belongs to a stage that is judged."""
        return self.stage != "plan" or slot.sheet not in self._report_sheets

    @cached_property
    def _report_sheets(self) -> frozenset[str]:
        keys = ("mrs_input", "mrs_separate", "mrs_calc", "monthly")
        return frozenset(n for k in keys if (n := self.plan.sheets.get(k)))

    def parameter(self, name: str) -> Parameter:
        """Return an input of the methodology."""
        return self.methodology.parameters[name]

    def applies(self, slot: Slot) -> bool:
        """Tell whether an input is asked for, by the choices beside it.

        What is not is asked and judged by nothing but what concerns the tonnes: none
        rest on it, as formulas read no value that may be absent.
        """
        p = self.methodology.parameters.get(slot.name)
        stage = slot.key.stage
        if p is None or p.required_when is None or stage not in tuple(Stage):
            return True
        inputs = self.inputs[Stage(stage)]
        return is_required(self.methodology, inputs, p, slot.unit)

    @cached_property
    def period(self) -> tuple[date, date] | None:
        """Return first and last day of the period, once both are dates in order."""
        return period(self.submission)

    def is_period(self, text: str) -> bool:
        """Tell whether a text names the monitoring period; True where there is none."""
        return self.period is None or may_mean(text, self.period)

    # -- other books -----------------------------------------------------------------

    def once(self, make: Callable[[OpenedBook], T]) -> T:
        """Return what `make` makes of this book; it is called once.

        For what lies beyond the book itself, which only some checks ask for.
        """
        if make not in self._made:
            self._made[make] = make(self)
        made: T = self._made[make]
        return made

    # -- how grave, and where --------------------------------------------------------

    @cached_property
    def is_own_template(self) -> bool:
        """Tell whether the stamp says the book was made from this very definition."""
        stamp = self.identity.stamp
        return (
            stamp is not None
            and stamp.digest == self.methodology.digest
            and stamp.layout == self.plan.layout.version
        )

    @cached_property
    def lacks_overlay(self) -> bool:
        """Tell whether the book was made with an overlay that is not at hand."""
        stamp, overlay = self.identity.stamp, self.methodology.overlay
        if stamp is None or not stamp.overlay:
            return False
        return overlay is None or not stamp.overlay.startswith(overlay.digest[:16])

    def severity(self, slot: Slot) -> Severity:
        """Return how grave a difference from the definition is.

        A book that is compared with our template is held to it, whatever its stamp
        says. Against a book made by hand an ERROR needs a document.
        """
        if self.foreign is None or slot.trust in _CONFIRMED:
            return Severity.ERROR
        return Severity.WARNING

    def is_unconfirmed(self, slot: Slot) -> bool:
        """Tell whether neither a document nor the book's own template confirms it."""
        return not (self.is_own_template or slot.trust in _CONFIRMED)

    @cached_property
    def is_uncalculated(self) -> bool:
        """Tell whether no formula has a stored result, as after a save by a library."""
        grid = self.file.grid
        has_stored = any(
            formula is not None and value is not None
            for sheet in grid.sheets
            for value, formula, _ in sheet.cells.values()
        )  # the first formula of nearly every book tells it
        return not has_stored and bool(grid.uncalculated)

    def subject(self, slot: Slot) -> str:
        """Return what a slot is about, as it is printed: a symbol, a table's title."""
        m, name = self.methodology, slot.name
        item = m.item(name)
        if item is not None:
            return item.symbol
        return m.tables[name].label if name in m.tables else ""

    def symbol(self, name: str) -> str:
        """Return how a quantity is printed in plain text: `EG_i,p`."""
        item = self.methodology.item(name)
        return typed_symbol(item.symbol) if item is not None else name

    def place(self, slot: Slot) -> tuple[str, str]:
        """Return sheet and address of a slot as the file has them."""
        return self.alterations.place(slot.sheet, slot.row, slot.column)

    def where(self, slot: Slot) -> tuple[str, str]:
        """Return where a slot stands; empty texts where a book may not have it."""
        return self.place(slot)

    def is_gone(self, slot: Slot) -> bool:
        """Tell whether a slot was deleted with its sheet, row or column."""
        return bool(self.alterations) and self.alterations.is_gone(slot)

    @cached_property
    def has_deleted_lines(self) -> bool:
        """Tell whether rows or columns of the template are gone."""
        return any(
            moved.rows.deleted or moved.columns.deleted
            for moved in self.alterations.moved.values()
        )

    # -- cells -----------------------------------------------------------------------

    @cached_property
    def sheets(self) -> Mapping[str, Sheet]:
        """Return the sheets by the names of the plan."""
        return {sheet.name: sheet for sheet in self.grid.sheets}

    def cell(self, slot: Slot) -> Cell | None:
        """Return the stored cell of a slot."""
        sheet = self.sheets.get(slot.sheet)
        return sheet.cells.get((slot.row, slot.column)) if sheet else None

    @cached_property
    def official(self) -> tuple[str, ...]:
        """Return the official sheets that are there."""
        return tuple(name for name in self.plan.official if name in self.sheets)

    @cached_property
    def aids(self) -> tuple[str, ...]:
        """Return the plan's sheets that are not official: Guide, Check, Monthly."""
        official = self.plan.official
        return tuple(n for n in self.plan.sheets.values() if n not in official)

    @cached_property
    def official_sheets(self) -> tuple[OfficialSheet, ...]:
        """Return the official sheets that are there, in a hand-made book those found.

        What needs only that a sheet was found is asked of these, in every book.
        """
        return tuple(map(self._page, self.official))

    @cached_property
    def aid_sheets(self) -> tuple[OfficialSheet, ...]:
        """Return the plan's other sheets that are there."""
        return tuple(self._page(name) for name in self.aids if name in self.sheets)

    def _page(self, name: str) -> OfficialSheet:
        there = self.alterations.renamed.get(name, name)
        slots = self.plan.by_place[name]
        return OfficialSheet(name, there, self.sheets[name], slots, self.alterations)

    @cached_property
    def formula_inputs(self) -> tuple[tuple[Slot, str], ...]:
        """Return the input cells with a formula that is not the template's own."""
        return tuple(
            (slot, cell.formula)
            for slot in self.plan.inputs
            if (cell := self.cell(slot)) is not None
            and cell.formula is not None
            and not (slot.formula and same_formula(cell.formula, slot.formula))
            and not (slot.formula and self._is_lost(slot, cell.formula))
        )

    def changes(self, *topics: Topic) -> Iterator[Difference]:
        """Yield the differences that one check is to tell."""
        for difference in self.differences:
            if difference.topic in topics:
                yield difference

    @cached_property
    def changed(self) -> Mapping[Key, Difference]:
        """Return the differences by slot key."""
        return {difference.slot.key: difference for difference in self.differences}

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        """Return every locked cell of the present sheets that was changed."""
        return tuple(self._differences())

    def _differences(self) -> Iterator[Difference]:
        aids = frozenset(self.aids)
        for name, locked in locked_cells(self.plan).items():
            sheet = self.sheets.get(name)
            if sheet is None:
                continue
            cells = sheet.cells
            for place, slot, made_value, made_formula in locked:
                value, formula, _ = cells.get(place, NO_CELL)
                if formula == made_formula and (formula or value == made_value):
                    continue  # as nearly every cell: no need to look closer
                found = compare_cell(slot, cells.get(place))
                if found is None or self._is_excused(slot, *found):
                    continue
                yield Difference(slot, *found, topic_of(slot, found, name in aids))

    def _is_excused(self, slot: Slot, kind: str, actual: str, _: str) -> bool:
        """Tell whether a difference only follows from another one, or from our own."""
        if self.alterations and (
            self.alterations.is_gone(slot)
            or (kind == "formula" and self._is_lost(slot, actual))
        ):
            return True
        if self.is_own_template:
            return False
        # An earlier template counted otherwise, or had nothing to count.
        return slot.role == "source_note" or (
            slot.role == "draft" and (not actual or "DRAFT" in actual)
        )

    def _is_lost(self, slot: Slot, actual: str) -> bool:
        """Tell whether a formula differs only as it read what was deleted."""
        return bool(self.alterations) and (
            "#REF!" in actual or self.alterations.is_lost(slot.formula, slot.sheet)
        )
