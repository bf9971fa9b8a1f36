"""Values typed into a workbook as it stands, and its formulas calculated anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from jcm_xl.formula.evaluation.book import Evaluated, evaluate_cells
from jcm_xl.formula.scan import CellPlace, places, scan
from jcm_xl.model.tolerance import same_number
from jcm_xl.xlsx.grid import Cell, CellValue, Grid, Position, address, parse_address
from jcm_xl.xlsx.package import open_bytes
from jcm_xl.xlsx.patch import CellEdit, PatchedBook


class Retyped(NamedTuple):
    """The workbook, and what became of its stored results.

    calculated: how many results are new. left: cells whose formula has no one value
    here; they hold none, and spreadsheet programs calculate the book as they open it.
    """

    data: bytes
    calculated: int
    left: tuple[CellPlace, ...]


def type_in(
    data: bytes, edits: Iterable[CellEdit], name: str = "the workbook"
) -> Retyped:
    """Type values into a workbook; only those cells and stored results change.

    Raises `CannotRead` and `CannotPatch` as `xlsx.patch.set_cells` does.
    """
    book = PatchedBook(open_bytes(data, name))
    calculated, left = retype(book, edits)
    return Retyped(book.saved(), calculated, left)


def retype(
    book: PatchedBook, edits: Iterable[CellEdit]
) -> tuple[int, tuple[CellPlace, ...]]:
    """Type values into a book that is being changed, and calculate it anew."""
    typed = tuple(edits)
    grid = _with(book, typed)
    reach = _Reach(grid, {_folded(e.sheet, *parse_address(e.cell)) for e in typed})
    formulas = {(e.sheet, *parse_address(e.cell)): e for e in typed if e.formula}
    fresh, left = [], []
    for place, value in _new_results(grid):
        sheet, row, column = place
        if value is None and not reach.holds(_folded(*place)):
            continue
        edit = CellEdit(sheet, address(row, column), value, keeps_formula=True)
        if own := formulas.get(place):
            edit = own._replace(value=value)  # the file has no such formula to keep
        fresh.append(edit)
        if value is None:
            left.append(place)
    book.set((*typed, *fresh))
    if left or any(sheet.arrays for sheet in grid.sheets):
        book.calculate_on_opening()
    return len(fresh) - len(left), tuple(left)


class _Reach:
    """Which formulas read a cell that was typed, directly or through others."""

    def __init__(self, grid: Grid, typed: set[CellPlace]) -> None:
        self._cells = {s.name.casefold(): s.cells for s in grid.sheets}
        self._typed = typed

    def holds(self, place: CellPlace) -> bool:
        """Tell whether it may do so; what a formula reads is not always known."""
        open_, seen = [place], {place}
        while open_:
            at = open_.pop()
            if at in self._typed:
                return True
            cell = self._cells.get(at[0], {}).get(at[1:])
            if cell is None or cell.formula is None:
                continue
            if scan(cell.formula).refusal:
                return True
            below = {p for p in places(cell.formula, at[0]) if p not in seen}
            seen |= below
            open_ += below
        return False


def _folded(sheet: str, row: int, column: int) -> CellPlace:
    return sheet.casefold(), row, column


def _with(book: PatchedBook, edits: Iterable[CellEdit]) -> Grid:
    """Return the grid of the book with what was typed."""
    by_sheet: dict[str, dict[Position, Cell]] = {}
    for edit in edits:
        place, content = book.content(edit)
        there = book.grid.sheet(edit.sheet)
        old = there.cells.get(place, Cell(None)) if there else Cell(None)
        formula = old.formula if edit.keeps_formula else edit.formula
        value = None if content.value == "" else content.value
        by_sheet.setdefault(edit.sheet, {})[place] = Cell(value, formula, old.style)
    sheets = (
        replace(s, cells={**s.cells, **by_sheet[s.name]}) if s.name in by_sheet else s
        for s in book.grid.sheets
    )
    return replace(book.grid, sheets=tuple(sheets))


def _new_results(grid: Grid) -> Iterator[tuple[CellPlace, CellValue]]:
    """Yield the formulas whose stored result is not what they give, with that.

    Nothing is given where there is no one value.
    """
    stored: dict[CellPlace, CellValue] = {
        (sheet.name, *place): cell.value
        for sheet in grid.sheets
        for place, cell in sheet.cells.items()
        if cell.formula is not None
    }
    found: Mapping[CellPlace, Evaluated] = evaluate_cells(grid, stored)
    for place, before in stored.items():
        now = found[place]
        value = None if now.obstacle is not None else now.value
        if now.obstacle is not None or not _is_same(before, value):
            yield place, value


def _is_same(before: CellValue, now: CellValue) -> bool:
    if type(before) is float and type(now) is float:
        return same_number(before, now)
    return type(before) is type(now) and before == now
