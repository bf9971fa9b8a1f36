"""Books in the place of official ones: our own without what marks them as ours."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from jcm_xl import api
from jcm_xl.model.methodology import Methodology
from jcm_xl.xlsx.grid import Cell, CellValue, Grid, parse_address
from jcm_xl.xlsx.package import open_package
from jcm_xl.xlsx.read import read_grid


def as_official(m: Methodology, folder: Path) -> Grid:
    """Return a blank of a definition without stamp, names and properties."""
    path = folder / "blank.xlsx"
    path.write_bytes(api.new(m))
    return replace(read_grid(open_package(path)), properties={}, names={})


def changed(
    grid: Grid, place: str, value: CellValue = None, formula: str | None = None
) -> Grid:
    """Return a book with another value or formula at `Sheet!B5`."""
    name, _, text = place.rpartition("!")
    at = parse_address(text)
    sheets = []
    for sheet in grid.sheets:
        if sheet.name == name:
            cell = Cell(value, formula, sheet.cells.get(at, Cell(None)).style)
            sheet = replace(sheet, cells={**sheet.cells, at: cell})
        sheets.append(sheet)
    return replace(grid, sheets=tuple(sheets))
