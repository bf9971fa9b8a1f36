"""Find what the sheets of an official workbook hold: tables, calculations, defaults."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jcm_xl.adopt.found import Labelled, OfficialSheets, Region, Unnamed, stored
from jcm_xl.adopt.names import Names, index_of
from jcm_xl.adopt.unit_tables import UnitTables
from jcm_xl.foreign.found import Spot
from jcm_xl.foreign.rows import printed
from jcm_xl.foreign.sheets import find_sheets
from jcm_xl.foreign.tables import TableLine, Tables, find_tables
from jcm_xl.foreign.view import View
from jcm_xl.foreign.words import is_no_unit, is_reference, of_part, point_of
from jcm_xl.model.methodology import Parameter
from jcm_xl.plan.builder import STAGES
from jcm_xl.plan.layout import Layout
from jcm_xl.xlsx.grid import Grid

_ROLES = ("value", "unit", "symbol", "fuel")


def find(grid: Grid, names: Names, layout: Layout) -> OfficialSheets:
    """Return the cells of a workbook that say what they are, by sheets and stages."""
    views, _ = find_sheets(grid, layout)
    found = OfficialSheets(views)
    for stage in STAGES:
        _Stage(found, stage, names, layout).read()
    return found


class _Stage:
    """Reads the sheets of one stage into `found`."""

    def __init__(
        self, found: OfficialSheets, stage: str, names: Names, layout: Layout
    ) -> None:
        self.found, self.stage = found, stage
        self.names, self.layout = names, layout

    def read(self) -> None:
        views = self.found.views
        if view := views.get(f"{self.stage}_input"):
            self._input(view)
        if view := views.get(f"{self.stage}_separate"):
            self._units(view, Region.UNITS, list(view.rows))
        if view := views.get(f"{self.stage}_calc"):
            _Calculation(self, view).read()

    def _units(self, view: View, part: Region, rows: list[int]) -> None:
        tables = UnitTables(view, self.stage, part, self.names, self.layout)
        for cell in tables.read(rows):
            self.found.add(cell)

    # -- Tables 1 to 3 ---------------------------------------------------------------

    def _input(self, view: View) -> None:
        tables = find_tables(view, self.stage, self.layout, self.names.matcher)
        counts: dict[str, int] = {}
        for line in tables.lines:
            self._line(line, counts)
        self._units(view, Region.UNITS, tables.unit_rows)
        self._result(tables)

    def _line(self, line: TableLine, counts: dict[str, int]) -> None:
        symbol, label = line.joined("symbol"), line.get("label")
        named = self.names.of(symbol, label)
        if named.item is None and (
            (symbol is None and label is None) or line.is_sum(self.layout)
        ):
            return
        table = line.head.table
        point = line.get("point")
        number, unit = point_of(point.cell.value) if point else (0, 0)
        item = named.item
        if item is None and label is not None:
            item = self.names.matcher.by_description(table, number, label.cell.value)
        part = Region.TABLE1 if table == 1 else Region.TABLE2
        columns = line.head.columns.get("value")
        if item is None or columns is None:
            is_said = symbol is not None and not is_no_unit(symbol.cell.value)
            if is_said and (label or line.get("unit")):
                self._unnamed(part, symbol, label)
            return
        unit = named.unit or unit
        if index_of(item) and not unit and not self._is_total(line):
            unit = counts[item.name] = counts.get(item.name, 0) + 1
        view = line.view
        self.found.add(
            Labelled(self.stage, part, item, unit,
                     (view.name, line.row, columns.start),
                     stored(view, line.row, columns.start), symbol, label,
                     line.get("unit"), "", line)
        )  # fmt: skip

    def _is_total(self, line: TableLine) -> bool:
        """Tell whether the units of a row stand in a table of their own."""
        separate = self.found.views.get(f"{self.stage}_separate")
        value = line.own("value")
        text = value.cell.value if value is not None else None
        return separate is not None or is_reference(self.layout, text)

    def _unnamed(self, part: Region, symbol: Spot | None, label: Spot | None) -> None:
        spot = symbol or label
        if spot is not None:
            self.found.unnamed.append(
                Unnamed(self.stage, part, printed(symbol.cell.value) if symbol else "",
                        printed(label.cell.value) if label else "", spot)
            )  # fmt: skip

    def _result(self, tables: Tables) -> None:
        if tables.result is not None:
            self.found.results[self.stage] = tables.result
        if tables.measure is not None:
            self.found.measures[self.stage] = tables.measure


class _Calculation:
    """Reads a calculation sheet from above."""

    def __init__(self, of: _Stage, view: View) -> None:
        self.of, self.view = of, view
        self.names, self.layout = of.names, of.layout
        headings = self.layout.table("calc").headings
        self.wanted = {role: headings[role] for role in _ROLES}
        self.columns: Mapping[str, int] = {}
        self.done: set[int] = set()

    def read(self) -> None:
        tables = UnitTables(
            self.view, self.of.stage, Region.BY_UNIT, self.names, self.layout
        )
        for row, spots in self.view.rows.items():
            if row in self.done:
                continue
            found = {
                of_part(self.layout, "calc", s.cell.value, self.wanted): s.column
                for s in spots
            }
            if {"value", "symbol"} <= found.keys():
                self.columns = found
            elif tables.begins(row, self.columns.get("symbol", 0)):
                self._by_unit(list(tables.read([row])))
            elif not self._figure(row):
                self._listed(row)

    def _by_unit(self, cells: list[Labelled]) -> None:
        """Take a unit table; the headings above it end there."""
        self.columns = {}
        for cell in cells:
            self.of.found.add(cell)
            self.done.add(cell.place[1])

    def _figure(self, row: int) -> bool:
        """Take a row with wording, value, unit and symbol below their headings."""
        if not self.columns:
            return False
        at = {role: self.view.at(row, column) for role, column in self.columns.items()}
        symbol, label = at.get("symbol"), self._wording(row)
        value = at.get("value")
        if value is None or (symbol is None and (label is None or "unit" not in at)):
            return False
        if symbol is None and at["unit"] is None:
            return False  # a count or a sum of somebody's own
        named = self.names.of(symbol, label)
        if named.item is None:
            if symbol is not None and value.cell.formula is not None:
                self.of._unnamed(Region.CALCULATION, symbol, label)
            return symbol is not None
        beside = (symbol, label, at.get("unit"))
        self._add(row, self.columns["value"], named.item, beside, at.get("fuel"))
        return True

    def _wording(self, row: int) -> Spot | None:
        """Return the text of a row that stands left of its figure."""
        first = min(self.columns.values())
        texts = [
            spot
            for spot in self.view.rows[row]
            if spot.column < first and isinstance(spot.cell.value, str)
        ]
        known = [spot for spot in texts if self.names.by_wording(spot.cell.value)]
        return next(iter(known or texts), None)

    def _listed(self, row: int) -> bool:
        """Take a number of the list of default values that stands beside its symbol."""
        pairs = list(self._beside(row)) or list(self._below(row))
        for symbol, item, (at, column), measure in pairs:
            self._add(at, column, item, (symbol, None, measure))
        return bool(pairs)

    def _beside(
        self, row: int
    ) -> Iterator[tuple[Spot, object, tuple[int, int], Spot | None]]:
        spots = self.view.rows[row]
        for number, spot in enumerate(spots[:-1]):
            item = self.names.by_symbol(spot.cell.value).item
            value = spots[number + 1]
            if item is None or index_of(item) or not _is_number(value):
                continue
            if isinstance(item, Parameter) and item.is_choice:
                continue
            after = spots[number + 2] if number + 2 < len(spots) else None
            measure = after if after and isinstance(after.cell.value, str) else None
            yield spot, item, (row, value.column), measure
            return

    def _below(
        self, row: int
    ) -> Iterator[tuple[Spot, object, tuple[int, int], Spot | None]]:
        for spot in self.view.rows[row]:
            item = self.names.by_symbol(spot.cell.value).item
            value = self.view.at(row + 1, spot.column)
            if item is None or index_of(item) or not value or not _is_number(value):
                continue
            self.done |= {row + 1, row + 2}
            yield spot, item, (row + 1, spot.column), self.view.at(row + 2, spot.column)

    def _add(
        self, row: int, column: int, item: object,
        beside: tuple[Spot | None, Spot | None, Spot | None],
        fuel: Spot | None = None,
    ) -> None:  # fmt: skip
        unit = 1 if index_of(item) else 0  # type: ignore[arg-type]
        self.of.found.add(
            Labelled(self.of.stage, Region.CALCULATION, item, unit,  # type: ignore[arg-type]
                     (self.view.name, row, column), stored(self.view, row, column),
                     *beside, fuel=fuel)
        )  # fmt: skip


def _is_number(spot: Spot) -> bool:
    return spot.cell.formula is None and isinstance(spot.cell.value, float)
