"""A sheet as a person sees it: rows of filled cells, merged ranges as one cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from jcm_xl.foreign.found import Spot
from jcm_xl.foreign.words import plain
from jcm_xl.text.late import late_pattern
from jcm_xl.xlsx.grid import Cell, Position, Sheet, parse_range

_HEADER = 3
_LETTER = late_pattern(r"[^\W\d_]")
_MERGED_CELLS = 100_000
"""So many cells of merged ranges are looked at; a hostile book merges whole sheets."""


class View:
    """One worksheet; nothing here knows a table."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet, self.name = sheet, sheet.name

    @cached_property
    def rows(self) -> Mapping[int, tuple[Spot, ...]]:
        """Return the filled cells by row, from left to right, rows in order."""
        rows: dict[int, list[Spot]] = {}
        for (row, column), cell in self.sheet.cells.items():
            if cell.formula is not None or _is_filled(cell):
                rows.setdefault(row, []).append(Spot(self.name, row, column, cell))
        return {row: tuple(sorted(rows[row])) for row in sorted(rows)}

    @cached_property
    def _columns(self) -> Mapping[int, list[int]]:
        columns: dict[int, list[int]] = {}
        for (row, column), cell in self.sheet.cells.items():
            if cell.formula is not None or _is_filled(cell):
                columns.setdefault(row, []).append(column)
        return columns

    def row(self, row: int) -> tuple[Spot, ...]:
        """Return the filled cells of one row, without those of all others."""
        cells = self.sheet.cells
        columns = sorted(self._columns.get(row, ()))
        return tuple(Spot(self.name, row, c, cells[row, c]) for c in columns)

    def worded(self) -> Iterator[tuple[int, tuple[Spot, ...]]]:
        """Yield the rows in which a text has a letter: few in a sheet of data."""
        rows = {
            row
            for (row, _), cell in self.sheet.cells.items()
            if isinstance(cell.value, str) and _LETTER.search(cell.value)
        }
        for row in sorted(rows):
            yield row, self.row(row)

    @property
    def top(self) -> str:
        """Return the first cell below the header that holds something, else A1."""
        spots = [s for row, found in self.rows.items() if row > _HEADER for s in found]
        return spots[0].address if spots else "A1"

    @cached_property
    def _merged(self) -> Mapping[Position, Position]:
        """Return the first cell of the merged range in which a cell lies."""
        anchors: dict[Position, Position] = {}
        room = _MERGED_CELLS
        for text in self.sheet.merges:
            try:
                top, left, bottom, right = parse_range(text)
            except ValueError:
                continue
            size = (bottom - top + 1) * (right - left + 1)
            if size > room:
                continue
            room -= size
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    anchors[row, column] = top, left
        return anchors

    def at(self, row: int, column: int) -> Spot | None:
        """Return the cell that is seen at a place, nothing where it is empty.

        A number or formula that lies under merged cells counts in every formula: it is
        returned as what stands there.
        """
        own = self.sheet.cells.get((row, column))
        hides = own is not None and (own.formula or isinstance(own.value, float))
        place = (row, column)
        if not hides:
            place = self._merged.get(place, place)
        cell = self.sheet.cells.get(place)
        if cell is None or not (cell.formula is not None or _is_filled(cell)):
            return None
        return Spot(self.name, *place, cell)

    def anchor(self, row: int, column: int) -> Position:
        """Return the first cell of the merged range at a place, else the place."""
        return self._merged.get((row, column), (row, column))

    def width(self, row: int, column: int) -> int:
        """Return over how many columns a cell is merged."""
        width, merged = 1, self._merged
        anchor = merged.get((row, column))
        while anchor and merged.get((row, column + width)) == anchor:
            width += 1
        return width

    def first(self, row: int, columns: range) -> Spot | None:
        """Return the first filled cell of a row within some columns."""
        for column in columns:
            spot = self.at(row, column)
            if spot is not None:
                return spot
        return None

    def texts(self) -> Iterator[tuple[Spot, str]]:
        """Yield every text with its cell."""
        for spots in self.rows.values():
            for spot in spots:
                if isinstance(spot.cell.value, str):
                    yield spot, plain(spot.cell.value)


def _is_filled(cell: Cell) -> bool:
    value = cell.value
    return value is not None and not (isinstance(value, str) and not value.strip())
