"""Writes expressions with their inputs into one workbook, a row for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from jcm_xl.expr.nodes import Expr
from jcm_xl.expr.to_excel import TableRange, to_excel
from tests.expr.casebook import TABLES


def write_book(path: Path, rows: Iterable[tuple[Expr, Mapping[str, Any]]]) -> None:
    """Sheet Cases: the formula in column A, its inputs to the right of it."""
    with xlsxwriter.Workbook(path, {"in_memory": True}) as book:
        cases = book.add_worksheet("Cases")
        columns = book.add_worksheet("Its columns")
        places = _write_tables(book.add_worksheet("Tables"))
        for row, (tree, given) in enumerate(rows):
            cells: dict[str, str] = {}
            for offset, (name, value) in enumerate(given.items(), start=1):
                if isinstance(value, list):
                    cells[name] = _write_list(columns, row, offset, value)
                else:
                    _write(cases, row, offset, value)
                    cells[name] = f"{xl_col_to_name(offset)}{row + 1}"
            at = cells.__getitem__
            formula = to_excel(tree, at, at, places.__getitem__)
            cases.write_formula(row, 0, f"={formula}")


def _write(sheet: Any, row: int, column: int, value: Any) -> None:
    if isinstance(value, str):
        sheet.write_string(row, column, value)
    else:
        sheet.write_number(row, column, float(value))


def _write_list(sheet: Any, case: int, offset: int, values: list[Any]) -> str:
    """Ten cells at the least: spare rows stay empty, as in a real book."""
    column = 4 * case + offset
    for row, value in enumerate(values):
        _write(sheet, row, column, value)
    letters = xl_col_to_name(column)
    return f"'Its columns'!{letters}1:{letters}{len(values) + 10}"


def _write_tables(sheet: Any) -> dict[str, TableRange]:
    places = {}
    for number, (name, table) in enumerate(TABLES.items()):
        is_exact = table["match"] == "exact"
        keys, values = (
            zip(*table["rows"], strict=True)
            if is_exact
            else (table["limits"], table["values"])
        )
        left, right = (xl_col_to_name(3 * number + step) for step in (0, 1))
        for row, (key, value) in enumerate(zip(keys, values, strict=True)):
            _write(sheet, row, 3 * number, key)
            _write(sheet, row, 3 * number + 1, value)
        places[name] = TableRange(
            match=table["match"],
            keys=f"Tables!${left}$1:${left}${len(keys)}",
            values=f"Tables!${right}$1:${right}${len(keys)}",
            first="" if is_exact else f"Tables!${left}$1",
            last="" if is_exact else str(table["last"]),
            last_closed=table.get("last_closed", False),
        )
    return places
