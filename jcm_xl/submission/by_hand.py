"""Books that jcm_xl did not make: judged by what was found in them, cell by cell.

Such a book has no template to be compared with. Its inputs are checked, its results
recomputed and compared, and every finding names the book's own sheet and cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from jcm_xl.dataclass import dataclass
from jcm_xl.model.dependencies import dependencies
from jcm_xl.model.key import PERIOD_END, PERIOD_START, Key
from jcm_xl.model.methodology import Methodology
from jcm_xl.model.shown import shown
from jcm_xl.model.submission import Stage, Submission
from jcm_xl.model.tolerance import same_number
from jcm_xl.plan.cells import expected_text
from jcm_xl.plan.identity import Identity
from jcm_xl.plan.slot import Slot
from jcm_xl.plan.stage import effective
from jcm_xl.submission.alterations import Alterations
from jcm_xl.submission.differences import Difference
from jcm_xl.submission.likeness import Likeness
from jcm_xl.submission.official_sheets import OfficialSheet
from jcm_xl.submission.opened import BookFile, OpenedBook
from jcm_xl.submission.rounded import rounds_down
from jcm_xl.submission.settings import Settings
from jcm_xl.submission.topics import Topic
from jcm_xl.text.day_readings import dates_meant
from jcm_xl.text.phrase import Phrase
from jcm_xl.xlsx.grid import Cell, Position, Sheet

if TYPE_CHECKING:
    from jcm_xl.foreign.book import ForeignBook

NOT_COMPARED = Phrase(
    "compared.no-template",
    "Not compared with the template: jcm_xl did not make this book.",
)
_NOTHING = frozenset(("", "-", "--", "n/a", "na", "none", "nil", "0", "zero"))
_ALWAYS = ("mps_input", "mps_calc", "mss", "mrs_input", "mrs_calc")


def bind_by_hand(
    file: BookFile,
    identity: Identity,
    m: Methodology,
    settings: Settings,
    likeness: Likeness,
) -> ForeignContext:
    """Return a book by what is found in it."""
    from jcm_xl.foreign.book import read

    found = read(file.grid, m, settings.layout)
    there, names = found.sheets, found.plan.sheets
    alterations = Alterations(
        renamed={names[key]: there[key] for key in there if key in names},
        missing=frozenset(names[key] for key in _ALWAYS if key not in there),
    )
    return ForeignContext(
        file, file.grid, identity, m, found.plan, settings, alterations, foreign=found,
        compared={"template": NOT_COMPARED}, likeness=likeness,
    )  # fmt: skip


@dataclass
class ForeignContext(OpenedBook):
    """A book by what was found in it; `grid` is the file as it is."""

    @property
    def book(self) -> ForeignBook:
        """Return what was found."""
        assert self.foreign is not None
        return self.foreign

    @cached_property
    def submission(self) -> Submission:
        """Return the inputs that were found."""
        return self.book.submission

    def place(self, slot: Slot) -> tuple[str, str]:
        """Return sheet and address of a slot, or of where it belongs."""
        return self.book.place(slot)

    def is_gone(self, slot: Slot) -> bool:
        """Tell whether a slot's sheet is not there, or its value was not taken."""
        sheet = {"mps": "mps_input", "mrs": "mrs_input", "period": "mrs_input",
                 "mss": "mss", "": "mps_input"}.get(slot.key.stage)  # fmt: skip
        return sheet not in self.book.sheets or slot.key in self._refused

    @cached_property
    def _refused(self) -> frozenset[Key]:
        """Return the slots about which another finding says what was not taken."""
        keys = {item.key for item in self.book.unplaced if item.key}
        if PERIOD_START in keys:
            keys.add(PERIOD_END)
        return frozenset(keys)

    @cached_property
    def sheets(self) -> Mapping[str, Sheet]:
        """Return what was found as sheets of the plan."""
        cells: dict[str, dict[Position, Cell]] = {}
        for key in self.book.found:
            slot = self.plan[key]
            cell = self.book.cell(slot)
            if cell is not None:
                cells.setdefault(slot.sheet, {})[slot.row, slot.column] = cell
        return {name: Sheet(name, cells=found) for name, found in cells.items()}

    @cached_property
    def official_sheets(self) -> tuple[OfficialSheet, ...]:
        """Return the sheets that were found, as the file has them."""
        slots: dict[str, dict[Position, Slot]] = {}
        for key, spot in self.book.found.items():
            slots.setdefault(spot.sheet, {}).setdefault(
                (spot.row, spot.column), self.plan[key]
            )
        names = self.plan.layout
        return tuple(
            OfficialSheet(
                names.sheet(key), there, sheet, slots.get(there, {}), is_ours=False
            )
            for key, there in self.book.sheets.items()
            if (sheet := self.grid.sheet(there)) is not None
        )

    @cached_property
    def aid_sheets(self) -> tuple[OfficialSheet, ...]:
        """Return nothing: no other sheet is known."""
        return ()

    def _differences(self) -> Iterator[Difference]:
        """Yield what even without a template is not as it must be."""
        for key in self.book.found:
            slot = self.plan[key]
            cell = self.cell(slot)
            if cell is None or slot.is_input:
                continue
            found = self._difference(slot, cell)
            if found is not None:
                yield found

    def _difference(self, slot: Slot, cell: Cell) -> Difference | None:
        from jcm_xl.foreign.words import option_letter

        value, actual = cell.value, shown(cell.value)
        match slot.role:
            case "copy" if value is not None and not self._repeats(slot, value):
                return Difference(slot, "value", actual, "", Topic.FIXED)
            case "period_copy" if dates_meant(actual) and not self.is_period(actual):
                return Difference(slot, "value", actual, "", Topic.PERIOD)
            case "option_fixed" if value is not None:
                wanted = expected_text(slot)
                if option_letter(actual) != option_letter(wanted):
                    return Difference(slot, "text", actual, wanted, Topic.OPTION)
            case "result" | "quantity":
                return self._of_figure(slot, cell)
        return None

    def _repeats(self, slot: Slot, value: object) -> bool:
        """Tell whether Table 2 of the report repeats the plan."""
        planned = effective(self.plan, self.submission, slot.key.in_plan())
        if planned is None:
            return True  # what is missing in the plan is told there
        if isinstance(value, float) and isinstance(planned, float):
            return same_number(value, planned)
        return shown(value).split() == shown(planned).split()

    def _of_figure(self, slot: Slot, cell: Cell) -> Difference | None:
        is_result = slot.role == "result"
        topic = Topic.RESULT if is_result else Topic.VALUE
        if cell.formula is None:
            if cell.value is None or self._is_constant(slot, cell.value):
                return None
            formula = self.methodology.formulas.get(slot.name)
            text = formula.text if formula else ""
            return Difference(slot, "value", shown(cell.value), text, topic)
        if is_result and not rounds_down(self.grid, self.place(slot)):
            return Difference(slot, "formula", f"={cell.formula}", "", topic)
        return None

    def _is_constant(self, slot: Slot, value: object) -> bool:
        """Tell whether a typed figure is one that no input can change, such as PE = 0.

        Where it is nothing the cell may say so in words.
        """
        from jcm_xl.foreign.words import plain

        m = self.methodology
        if slot.name not in m.formulas or any(
            (p := m.parameters.get(name)) is not None and p.is_input
            for name in dependencies(m, slot.name)
        ):
            return False
        quantity = self.results[Stage(slot.key.stage)].get(slot.name)
        known = quantity.value if quantity else None
        if not isinstance(known, float):
            return False
        if isinstance(value, float):
            return same_number(value, known)
        return known == 0 and plain(value).casefold() in _NOTHING


def in_stage(context: OpenedBook, sheet: str) -> bool:
    """Tell whether a sheet of the file belongs to a stage that is judged."""
    if context.foreign is None or context.stage != "plan":
        return True
    sheets = context.foreign.sheets
    report = {name for key, name in sheets.items() if key.startswith("mrs")}
    return sheet not in report
