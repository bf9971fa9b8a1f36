"""Books that jcm_xl did not make: judged by what was found in them, cell by cell.

Such a book has no template to be compared with. Its inputs are checked, its results
recomputed and compared, and every finding names the book's own sheet and cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from jcm_xl.dataclass import dataclass
from jcm_xl.model.dependencies import dependencies
from jcm_xl.model.key import OFFICIAL, PERIOD_END, PERIOD_START, Key
from jcm_xl.model.methodology import Methodology
from jcm_xl.model.shown import shown
from jcm_xl.model.submission import Stage, Submission
from jcm_xl.model.tolerance import same_input
from jcm_xl.plan.cells import expected_text
from jcm_xl.plan.identity import Identity
from jcm_xl.plan.slot import Slot
from jcm_xl.plan.stage import effective
from jcm_xl.submission.alterations import Alterations, undo
from jcm_xl.submission.differences import Difference, compare_cell, locked_cells
from jcm_xl.submission.likeness import Likeness
from jcm_xl.submission.official_sheets import OfficialSheet
from jcm_xl.submission.opened import BookFile, OpenedBook
from jcm_xl.submission.rounded import rounds_down
from jcm_xl.submission.settings import Settings
from jcm_xl.submission.topics import Topic, topic_of
from jcm_xl.text.day_readings import dates_meant
from jcm_xl.text.phrase import Phrase
from jcm_xl.xlsx.grid import Cell, Position, Sheet, parse_address

if TYPE_CHECKING:
    from jcm_xl.adopt.template import OfficialTemplate
    from jcm_xl.foreign.book import ForeignBook
    from jcm_xl.foreign.found import Stated

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
    from jcm_xl.submission.given import with_given

    found = with_given(read(file.grid, m, settings.layout), file.grid, settings.layout)
    there, names = found.sheets, found.plan.sheets
    alterations = Alterations(
        renamed={names[key]: there[key] for key in there if key in names},
        missing=frozenset(names[key] for key in _ALWAYS if key not in there),
    )
    template = _template(m, settings)
    return ForeignContext(
        file, file.grid, identity, m, found.plan, settings, alterations, foreign=found,
        compared={"template": _compared_with(template)}, likeness=likeness,
        template=template,
    )  # fmt: skip


def _template(m: Methodology, settings: Settings) -> OfficialTemplate | None:
    """Return the official workbook that guards books of a methodology, if there is."""
    if not settings.has_template:
        return None
    from jcm_xl.adopt.template import template_for

    return template_for(m, settings.template, settings.templates)


def _compared_with(template: OfficialTemplate | None) -> Phrase:
    if template is None:
        return NOT_COMPARED
    return Phrase(
        "compared.official-template",
        "Compared with the official workbook {template}: {count} cells that are no "
        "inputs.",
        template=str(template),
        count=template.count,
    )


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
        if slot.key.stage == OFFICIAL:
            return slot.sheet, slot.address
        return self.book.place(slot)

    def where(self, slot: Slot) -> tuple[str, str]:
        """Return where a slot stands in this book, nothing where that is not known."""
        if slot.key.stage == OFFICIAL:
            return slot.sheet, slot.address
        return self.book.where(slot)

    def is_gone(self, slot: Slot) -> bool:
        """Tell whether a slot's sheet is not there, or its value was not taken."""
        sheet = {"mps": "mps_input", "mrs": "mrs_input", "period": "mrs_input",
                 "mss": "mss", "": "mps_input"}.get(slot.key.stage)  # fmt: skip
        if sheet not in self.book.sheets or slot.key in self._refused:
            return True
        is_asked = slot.is_input or slot.key.notion == "number"
        return is_asked and slot.key.stage in self._unread

    @property
    def has_unread_report(self) -> bool:
        """Tell whether a table of the report has figures that were not understood."""
        return any(
            part.stage == Stage.REPORT and part.why.name in ("NO_HEADINGS", "NO_FIGURE")
            for part in self.book.unread
        )

    @cached_property
    def _unread(self) -> frozenset[str]:
        """Return the stages of which a part was not understood.

        What was not found there may stand in it: it is not told as an empty cell.
        """
        return frozenset(part.stage for part in self.book.unread)

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
        """Yield what even without a template is not as it must be.

        With an official workbook every cell of it that is not for input is compared.
        """
        guarded = tuple(self._guarded())
        told = {(found.slot.sheet, found.slot.address) for found in guarded}
        yield from guarded
        for found in self._without_template():
            if self.place(found.slot) not in told:
                yield found

    def _guarded(self) -> Iterator[Difference]:
        """Yield the cells that are not as in the official workbook."""
        if self.template is None:
            return
        plan = self.template.plan
        grid, alterations = undo(self.grid, plan)
        calculated = {n for key, n in plan.sheets.items() if key.endswith("_calc")}
        for name, locked in locked_cells(plan).items():
            sheet = grid.sheet(name)
            cells = sheet.cells if sheet else {}
            for place, slot, _, _ in locked:
                found = compare_cell(slot, cells.get(place))
                if found is None or sheet is None:
                    continue
                there, at = alterations.place(name, *place)
                row, column = parse_address(at)
                moved = slot._replace(sheet=there, row=row, column=column)
                yield Difference(moved, *found, topic_of(slot, found, is_aid=False))
            if sheet and name in calculated:
                yield from self._added(sheet, plan.by_place[name], alterations)

    def _added(
        self, sheet: Sheet, known: Mapping[Position, Slot], alterations: Alterations
    ) -> Iterator[Difference]:
        """Yield the figures on a calculation sheet where the official one has none."""
        for place, cell in sheet.cells.items():
            is_figure = cell.formula is not None or isinstance(cell.value, float)
            if place in known or not is_figure:
                continue
            there, at = alterations.place(sheet.name, *place)
            row, column = parse_address(at)
            slot = Slot(Key(OFFICIAL, "added", "", row, column), there, row, column,
                        "heading", trust="document")  # fmt: skip
            actual = f"={cell.formula}" if cell.formula else shown(cell.value)
            yield Difference(slot, "added", actual, "", Topic.FILLED)

    def _without_template(self) -> Iterator[Difference]:
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
            case "unit" if slot.key.notion == "result.unit":
                wanted = expected_text(slot)
                if value is not None and not _is_tonnes(actual, wanted):
                    return Difference(slot, "text", actual, wanted, Topic.UNIT)
            case "result" | "quantity":
                return self._of_figure(slot, cell)
        return None

    def _repeats(self, slot: Slot, value: object) -> bool:
        """Tell whether Table 2 of the report repeats the plan."""
        planned = effective(self.plan, self.submission, slot.key.in_plan())
        if planned is None:
            return True  # what is missing in the plan is told there
        if isinstance(value, float) and isinstance(planned, float):
            return same_input(value, planned)
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
            return same_input(value, known)
        return known == 0 and plain(value).casefold() in _NOTHING


def _is_tonnes(found: str, wanted: str) -> bool:
    """Tell whether a unit is that of Table 3; the period may be left out of it."""
    from jcm_xl.foreign.words import plain, same_unit

    if same_unit(found, wanted):
        return True
    amount = plain(found).strip("[]()").partition("/")[0]
    return same_unit(amount, wanted.partition("/")[0]) or same_unit(amount, "t")


class Differing(NamedTuple):
    """A number that a book prints otherwise than the methodology has it.

    is_confirmed: whether an official document has the expected one.
    """

    stated: Stated
    actual: str
    expected: str
    is_confirmed: bool


def stated_otherwise(context: OpenedBook) -> Iterator[Differing]:
    """Yield the defaults, constants and calculated values that differ."""
    from jcm_xl.foreign.words import is_no_unit, same_unit

    for stated in context.foreign.stated if context.foreign else ():
        item = context.methodology.named(stated.name)
        quantity = context.results[Stage(stated.stage)].get(
            stated.name, stated.row or None
        )
        known = quantity.value if quantity else getattr(item, "value", None)
        if known is None or isinstance(known, str):
            continue
        unit, known = str(item.unit), float(known)
        is_other = bool(stated.beside) and not same_unit(stated.beside, unit)
        if not is_other and _is_printed(stated, known):
            continue
        beside = stated.beside if is_other else unit
        plain = is_no_unit(unit) and not is_other
        yield Differing(
            stated,
            shown(stated.value) if plain else f"{shown(stated.value)} {beside}",
            shown(known) if plain else f"{shown(known)} {unit}",
            getattr(item, "evidence", None) in (None, "document"),
        )


def _is_printed(stated: Stated, known: float) -> bool:
    """Tell whether a number is this one; a typed one may have been rounded."""
    if same_input(stated.value, known):
        return True
    digits = -Decimal(repr(stated.value)).as_tuple().exponent  # type: ignore[operator]
    is_long = len(repr(stated.value).strip("0.-")) >= _DIGITS
    return stated.is_typed and is_long and round(known, digits) == stated.value


_DIGITS = 3
"""A number of fewer digits is not a longer one rounded."""


def in_stage(context: OpenedBook, sheet: str) -> bool:
    """Tell whether a sheet of the file belongs to a stage that is judged."""
    if context.foreign is None or context.stage != "plan":
        return True
    sheets = context.foreign.sheets
    report = {name for key, name in sheets.items() if key.startswith("mrs")}
    return sheet not in report
