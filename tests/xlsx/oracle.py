"""What openpyxl reads, brought into the shape of our cells: the second opinion."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell.cell import MergedCell
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.formula import ArrayFormula

from jcm_xl.xlsx.grid import CellError, Grid

Facts = tuple[object, str | None, bool]
DATES = (datetime.date, datetime.time, datetime.timedelta)


def theirs(path: Path) -> dict[tuple[str, int, int], Facts]:
    """Return value, formula and lock of each cell; two loads, as openpyxl needs."""
    stated = openpyxl.load_workbook(path)
    cached = openpyxl.load_workbook(path, data_only=True)
    found = {}
    for sheet in stated.worksheets:
        for (row, column), cell in sheet._cells.items():
            if isinstance(cell, MergedCell):
                continue
            value = _value(cached[sheet.title]._cells[row, column])
            formula = _formula(cell)
            facts = (value, formula, bool(cell.protection.locked))
            if facts != (None, None, True):
                found[sheet.title, row, column] = facts
    return found


def ours(grid: Grid) -> dict[tuple[str, int, int], Facts]:
    """Return the same of a grid; locked cells without content are left out."""
    found = {}
    for sheet in grid.sheets:
        for (row, column), cell in sheet.cells.items():
            facts = (cell.value, cell.formula, grid.styles.is_locked(cell.style))
            if facts != (None, None, True):
                found[sheet.name, row, column] = facts
    return found


def _value(cell: Any) -> object:
    if cell.data_type == "e":
        return CellError(cell.value)
    if isinstance(cell.value, DATES):
        return to_excel(cell.value, cell.parent.parent.epoch)
    return cell.value


def _formula(cell: Any) -> str | None:
    if cell.data_type != "f":
        return None
    value = cell.value
    text = value.text if isinstance(value, ArrayFormula) else value
    return str(text).removeprefix("=")
