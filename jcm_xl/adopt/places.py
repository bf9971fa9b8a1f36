"""Where the inputs of a methodology are typed in a workbook that is not ours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from jcm_xl.adopt.find import find
from jcm_xl.adopt.found import Labelled, OfficialSheets, Region
from jcm_xl.adopt.lists import offered_at
from jcm_xl.adopt.names import Names, index_of
from jcm_xl.dataclass import dataclass
from jcm_xl.foreign.found import Spot
from jcm_xl.foreign.heads import reference_of
from jcm_xl.foreign.match import Matcher
from jcm_xl.foreign.tables import find_tables
from jcm_xl.foreign.view import View
from jcm_xl.foreign.words import heading_role, of_part, option_letter, plain
from jcm_xl.formula.scan import CellPlace, places
from jcm_xl.model.key import PERIOD, REFERENCE_NUMBER, Key
from jcm_xl.model.methodology import Methodology, Parameter
from jcm_xl.plan.layout import Layout
from jcm_xl.plan.layout import layout as official_layout
from jcm_xl.xlsx.grid import Cell, Grid

HEADER = 12
"""Rows from the top that the header of a sheet may reach."""
_LETTER = re.compile(
    r"((?:option|オプション)[\s-]*|^)[A-CＡ-Ｃa-c](?![a-z])", re.IGNORECASE
)


class Target(NamedTuple):
    """A cell in which something is typed.

    before: a text that stands before what is typed, such as `Reference Number: `.
    joins: the first and the last day are one text, as in `1/Jan/2017-31/Dec/2017`.
    """

    place: CellPlace
    cell: Cell
    before: str = ""
    joins: bool = False


@dataclass(frozen=True, eq=False)
class InputPlaces:
    """The cells of a workbook for inputs: key -> where it is typed, once or oftener.

    units: index of a set -> the numbers of the unit rows that the workbook has.
    given: the inputs that the workbook asks nobody for, as it has their numbers.
    calculations: the names of its calculation sheets.
    """

    grid: Grid
    methodology: Methodology
    targets: Mapping[Key, tuple[Target, ...]]
    units: Mapping[str, frozenset[int]]
    given: Mapping[str, Labelled]
    calculations: frozenset[str] = frozenset()

    def list_at(self, place: CellPlace) -> tuple[str, ...]:
        """Return what the drop-down list of a cell offers, nothing without one."""
        return offered_at(self.grid, place)


def input_places(
    grid: Grid, m: Methodology, layout: Layout | None = None
) -> InputPlaces:
    """Return where each input of a methodology is typed in a workbook."""
    layout = layout or official_layout()
    sheets = find(grid, Names(m), layout)
    found: dict[Key, list[Target]] = {}
    for key, target in _Finder(grid, m, layout, sheets).all():
        there = found.setdefault(key, [])
        if all(target.place != other.place for other in there):
            there.append(target)
    units = {
        index: frozenset(
            label.unit
            for label in sheets.labelled
            if label.part.is_typed and label.unit and index_of(label.item) == index
        )
        for index in m.sets
    }
    targets = {k: tuple(v) for k, v in found.items()}
    views = sheets.views.items()
    calculations = frozenset(v.name for key, v in views if key.endswith("_calc"))
    return InputPlaces(grid, m, targets, units, sheets.given(), calculations)


class _Finder:
    def __init__(
        self, grid: Grid, m: Methodology, layout: Layout, sheets: OfficialSheets
    ) -> None:
        self.grid, self.m, self.layout, self.sheets = grid, m, layout, sheets

    def all(self) -> Iterator[tuple[Key, Target]]:
        """Yield every cell with what belongs into it."""
        for label in self.sheets.labelled:
            if label.part.is_typed and isinstance(label.item, Parameter):
                yield from self._row(label, label.item)
        for key, view in self.sheets.views.items():
            yield from self._reference(view)
            if key == "mss":
                yield from self._structure(view)
            elif key == "mrs_input":
                yield from self._period(view)
            elif key in ("mps_separate", "mrs_separate"):
                yield from self._beside_units(key.partition("_")[0], view)

    # -- rows of parameters ----------------------------------------------------------

    def _row(self, label: Labelled, p: Parameter) -> Iterator[tuple[Key, Target]]:
        """Yield the cells in the row of a parameter, or of one of its units."""
        stage, unit = label.stage, label.unit or None
        if not p.is_input:
            return
        is_own = p.is_monitored or stage == "mps"
        is_total = bool(index_of(p)) and unit is None
        if not is_total and label.cell.formula is None:
            # Table 2 of a report without links is typed again, as it is in the plan.
            of = stage if is_own else "mps"
            yield Key(of, "value", p.name, unit), Target(label.place, label.cell)
        line = label.line
        if line is None or not is_own:
            return
        for role in ("option", *self.layout.texts):
            columns = line.head.columns.get(role)
            if columns is None:
                continue
            target = self._at(line.view, line.row, columns.start)
            if role != "option":
                yield Key(stage, role, p.name), target
                if p.index and unit:
                    yield Key(stage, role, p.index, unit), target
            elif len(p.options) > 1:
                yield from self._options(stage, p, unit, target)

    def _options(
        self, stage: str, p: Parameter, unit: int | None, target: Target
    ) -> Iterator[tuple[Key, Target]]:
        """Yield the cell of an option; one beside a total is that of every unit."""
        if not p.index or unit:
            yield Key(stage, "option", p.name, unit), target
            return
        for number in sorted(self.sheets.units_of(p.name)):
            yield Key(stage, "option", p.name, number), target

    def _beside_units(self, stage: str, view: View) -> Iterator[tuple[Key, Target]]:
        """Yield options and texts of a table with one row a unit."""
        cells = [
            label
            for label in self.sheets.labelled
            if label.part is Region.UNITS and label.place[0] == view.name
            and label.stage == stage and label.symbol is not None
        ]  # fmt: skip
        for head in sorted({label.symbol.row for label in cells if label.symbol}):
            of_table = [c for c in cells if c.symbol and c.symbol.row == head]
            last = max(c.place[1] for c in of_table)
            for spot in self._headings(view, head, min(c.place[1] for c in of_table)):
                role = heading_role(self.layout, str(spot.cell.value))
                yield from self._column(stage, role, spot, of_table, last)

    def _headings(self, view: View, head: int, first: int) -> Iterator[Spot]:
        for row in range(head, first):
            for spot in view.rows.get(row, ()):
                if isinstance(spot.cell.value, str):
                    yield spot

    def _column(
        self, stage: str, role: str, spot: Spot, cells: list[Labelled], last: int
    ) -> Iterator[tuple[Key, Target]]:
        view = self.sheets.views[f"{stage}_separate"]
        rows = {c.place[1]: c.unit for c in cells if c.place[1] <= last}
        left = [c for c in cells if c.place[2] < spot.column]
        for row, unit in rows.items():
            target = self._at(view, row, spot.column)
            if role == "option" and left:
                p = max(left, key=lambda c: c.place[2]).item
                if isinstance(p, Parameter) and len(p.options) > 1:
                    yield Key(stage, "option", p.name, unit), target
            elif role in self.layout.texts and left:
                yield Key(stage, role, index_of(left[0].item), unit), target

    # -- what stands once ------------------------------------------------------------

    def _reference(self, view: View) -> Iterator[tuple[Key, Target]]:
        """Yield the cell of the reference number: beside its label, or the label's."""
        for row, spots in view.rows.items():
            for spot in spots if row <= HEADER else ():
                text = plain(spot.cell.value)
                is_label = text.casefold().startswith("reference n")
                if not is_label or spot.cell.formula is not None:
                    continue
                after = next((s for s in spots if s.column > spot.column), None)
                column = after.column if after else spot.column + view.width(*spot[1:3])
                beside = self._at(view, row, column)
                if reference_of(text) == text and self._is_open(beside):
                    yield REFERENCE_NUMBER, beside
                else:
                    head = text.partition(":")[0].rstrip() + ": "
                    yield REFERENCE_NUMBER, Target(_place(spot), spot.cell, head)

    def _period(self, view: View) -> Iterator[tuple[Key, Target]]:
        """Yield the cells of column (a), or the two days that their formulas read."""
        tables = find_tables(view, "mrs", self.layout, Matcher(self.m))
        spots = [
            self._at(view, line.row, columns.start)
            for line in tables.lines
            if (columns := line.head.columns.get("period"))
            and (line.get("symbol") or line.get("label"))
        ]
        if tables.period is not None:
            spots.append(Target(_place(tables.period), tables.period.cell))
        typed = [t for t in spots if t.cell.formula is None]
        for target in typed:
            for key in PERIOD:
                yield key, target._replace(joins=True)
        if not typed and spots:
            days = self._leaves(spots[0].place)
            if len(days) == len(PERIOD):
                yield from zip(PERIOD, days, strict=True)

    def _leaves(self, place: CellPlace) -> list[Target]:
        """Return the open cells that a formula reads, through others."""
        names = {s.name.casefold(): s for s in self.grid.sheets}
        open_, seen = [(place[0].casefold(), *place[1:])], set[CellPlace]()
        found: dict[CellPlace, Target] = {}
        while open_:
            at = open_.pop()
            sheet = names.get(at[0])
            if at in seen or sheet is None:
                continue
            seen.add(at)
            cell = sheet.cells.get(at[1:])
            if cell is not None and cell.formula is not None:
                open_ += places(cell.formula, at[0])
            elif cell is not None:
                target = Target((sheet.name, *at[1:]), cell)
                if self._is_open(target):
                    found[at] = target
        return [found[at] for at in sorted(found)]

    def _structure(self, view: View) -> Iterator[tuple[Key, Target]]:
        """Yield the rows below the headings of the structure sheet."""
        headings = self.layout.table("mss").headings
        for row, spots in view.rows.items():
            columns = {
                role: s.column
                for s in spots
                if (role := of_part(self.layout, "mss", s.cell.value, headings))
            }
            if not headings.keys() <= columns.keys():
                continue
            first = row + 1
            while view.anchor(first, min(columns.values()))[0] == row:
                first += 1  # headings merged over several rows
            for number in range(1, self.layout("mss.rows") + 1):
                for role, column in columns.items():
                    at = self._at(view, first + number - 1, column)
                    yield Key("mss", role, unit=number), at
            return

    def _at(self, view: View, row: int, column: int) -> Target:
        """Return the cell that is seen at a place: of merged cells the first."""
        row, column = view.anchor(row, column)
        cell = view.sheet.cells.get((row, column), Cell(None))
        return Target((view.name, row, column), cell)

    def _is_open(self, target: Target) -> bool:
        return not self.grid.styles.is_locked(target.cell.style)


def _place(spot: Spot) -> CellPlace:
    return spot.sheet, spot.row, spot.column


def spelt_option(target: Target, offered: tuple[str, ...], option: str) -> str:
    """Return an option as the workbook spells it: `オプションC`, `Option C` or `C`."""
    letter = option_letter(option)
    for entry in offered:
        if option_letter(entry) == letter:
            return entry
    there = target.cell.value
    if isinstance(there, str) and option_letter(there):
        return _LETTER.sub(lambda match: match[1] + letter, there)
    return option
