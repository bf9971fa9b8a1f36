"""A simple xlsx table in the long form, read by our own guarded reader."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from jcm_xl.inputs.entry import Entry
from jcm_xl.inputs.problems import EntryPlace, InputCollector, InputProblem, InputsError
from jcm_xl.inputs.table import TableRow, check_headings, read_rows
from jcm_xl.plan.cells import judged
from jcm_xl.plan.stamp import read_stamp
from jcm_xl.xlsx.grid import Cell, CellError, Grid, Sheet
from jcm_xl.xlsx.read import read_grid

_DAYS_TO_1904 = 1462


def read_xlsx(path: Path, problems: InputCollector) -> list[Entry]:
    """Return the entries of the first sheet that has the heading `parameter`."""
    grid = read_grid(path)
    if read_stamp(grid.properties):
        reason = (
            "this is a monitoring workbook, not a table of inputs; "
            "`jcm-xl new --plan` carries a registered plan over"
        )
        raise InputsError([InputProblem(EntryPlace(path.name), "", reason)])
    for sheet in grid.sheets:
        rows = _by_row(sheet)
        for number, cells in rows.items():
            texts = [str(cell.value).strip().casefold() for cell in cells.values()]
            if "parameter" in texts:
                found = _entries(path.name, grid, sheet, number, problems)
                return [_of_1900(e) for e in found] if grid.is_date1904 else found
    reason = "no sheet has a row of headings with 'parameter' and 'value'"
    raise InputsError([InputProblem(EntryPlace(path.name), "", reason)])


def _of_1900(entry: Entry) -> Entry:
    """Return a day of a book that counts from 1904 as other books count it.

    One that shows as a date was counted right already.
    """
    if entry.role.startswith("period_") and isinstance(entry.value, float):
        return replace(entry, value=entry.value + _DAYS_TO_1904)
    return entry


def _by_row(sheet: Sheet) -> dict[int, dict[int, Cell]]:
    rows: dict[int, dict[int, Cell]] = {}
    for (row, column), cell in sorted(sheet.cells.items()):
        if cell.value is not None or cell.formula is not None:
            rows.setdefault(row, {})[column] = cell
    return rows


def _entries(
    file: str, grid: Grid, sheet: Sheet, head: int, problems: InputCollector
) -> list[Entry]:
    rows = _by_row(sheet)
    first, last = min(rows[head]), max(rows[head])
    texts = [
        str(rows[head][c].value) if c in rows[head] else ""
        for c in range(first, last + 1)
    ]
    place = EntryPlace(file, f"'{sheet.name}' row {head}", "(headings)", head)
    headings = check_headings(texts, place, problems)
    if problems.problems:
        return []  # every row below would only repeat it
    by_column = {c: name for c, name in enumerate(headings, first) if name}
    below = {number: cells for number, cells in rows.items() if number > head}
    found = _rows(file, grid, sheet.name, below, by_column, problems)
    return read_rows(found, file, problems, is_typed=True)


def _rows(
    file: str,
    grid: Grid,
    sheet: str,
    rows: Mapping[int, Mapping[int, Cell]],
    headings: Mapping[int, str],
    problems: InputCollector,
) -> Iterator[TableRow]:
    for number, cells in rows.items():
        where = f"'{sheet}' row {number}"
        values: dict[str, Any] = {}
        for column, name in headings.items():
            value, reason = _value(grid, cells.get(column))
            if reason:
                place = EntryPlace(file, where, name, number)
                problems.add(place, "", reason)
            values[name] = value
        yield TableRow(where, number, values)


def _value(grid: Grid, cell: Cell | None) -> tuple[Any, str]:
    if cell is None:
        return None, ""
    if isinstance(cell.value, CellError):
        return None, f"the cell shows the error {cell.value.code}"
    if cell.formula is not None and cell.value is None:
        return None, "the formula has no stored result; open and save it in Excel"
    return judged(grid, "number", cell).value, ""
