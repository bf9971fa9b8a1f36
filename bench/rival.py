"""The same check built on openpyxl: `python -m bench.rival check FILE`.

What one would write without a reader of one's own. Formula and cached value need two
loads; every stored cell with value, formula and lock goes into the same grid, and from
there on it is our own program, command line and all. It is let off what openpyxl cannot
see: the strict zip directory, odd XML, macros and links.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904, to_excel
from openpyxl.worksheet.formula import ArrayFormula

from jcm_xl.submission import open as opening
from jcm_xl.xlsx.cell_styles import Styles
from jcm_xl.xlsx.grid import Cell, CellError, CellValue, Grid, Sheet, Validation
from jcm_xl.xlsx.sheet_look import SheetLook


class Opened(NamedTuple):
    """What `open_package` gives here: the path and nothing more."""

    path: str | os.PathLike[str]

    @property
    def names(self) -> tuple[str, ...]:
        """Return no part: macros are not looked for."""
        return ()


def read_grid(opened: Opened) -> Grid:
    """Read a workbook with openpyxl, twice."""
    formulas = openpyxl.load_workbook(opened.path)
    values = openpyxl.load_workbook(opened.path, data_only=True)
    styles = _Styles()
    return Grid(
        sheets=tuple(
            _sheet(sheet, values[sheet.title], styles) for sheet in formulas.worksheets
        ),
        names={name: item.attr_text for name, item in formulas.defined_names.items()},
        properties={item.name: str(item.value) for item in formulas.custom_doc_props},
        styles=styles.read(),
        sha256=hashlib.sha256(Path(opened.path).read_bytes()).hexdigest(),
        is_date1904=formulas.epoch == CALENDAR_MAC_1904,
        is_structure_protected=bool(
            formulas.security and formulas.security.lockStructure
        ),
    )


class _Styles:
    """Number format and lock of each style, asked for once."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[str, bool]] = {}

    def of(self, cell: Any) -> int:
        style = int(cell.style_id)
        if style not in self._known:
            self._known[style] = cell.number_format, cell.protection.locked
        return style

    def read(self) -> Styles:
        last = max(self._known, default=0)
        known = [self._known.get(i, ("General", True)) for i in range(last + 1)]
        return Styles(
            formats=tuple(code for code, _ in known),
            unlocked=frozenset(i for i, (_, locked) in enumerate(known) if not locked),
        )


def _sheet(formulas: Any, values: Any, styles: _Styles) -> Sheet:
    stored = values._cells
    cells = {
        place: Cell(_result(stored[place], cell), _formula(cell), styles.of(cell))
        for place, cell in formulas._cells.items()
    }
    rows, columns = formulas.row_dimensions, formulas.column_dimensions
    return Sheet(
        name=formulas.title,
        state=formulas.sheet_state,
        cells=cells,
        merges=tuple(str(merged) for merged in formulas.merged_cells.ranges),
        hidden_rows=frozenset(n for n, row in rows.items() if row.hidden),
        hidden_columns=frozenset(
            n
            for column in columns.values()
            if column.hidden
            for n in range(column.min, column.max + 1)
        ),
        is_protected=bool(formulas.protection.sheet),
        validations=tuple(_validations(formulas)),
        look=SheetLook(
            widths=tuple(
                (column.min, column.max, column.width)
                for column in columns.values()
                if column.min and column.max
            ),
            heights={n: row.height for n, row in rows.items() if row.height},
        ),
    )


def _formula(cell: Any) -> str | None:
    if cell.data_type != "f":
        return None
    text = cell.value.text if isinstance(cell.value, ArrayFormula) else cell.value
    return str(text).removeprefix("=")


def _result(stored: Any, cell: Any) -> CellValue:
    """Return a value; openpyxl takes an empty text that a formula gave for nothing."""
    value = _value(stored)
    return "" if value is None and cell.data_type == "f" else value


def _value(cell: Any) -> CellValue:
    value = cell.value
    if cell.data_type == "e":
        return CellError(value)
    if isinstance(value, datetime | date | time | timedelta):
        return float(to_excel(value))
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return value  # type: ignore[no-any-return]


def _validations(sheet: Any) -> Iterator[Validation]:
    for rule in sheet.data_validations.dataValidation:
        yield Validation(
            str(rule.sqref),
            rule.type or "none",
            rule.formula1 or "",
            rule.formula2 or "",
            rule.operator or "between",
        )


def put_in_place() -> None:
    """Let `read_file` read with openpyxl from now on."""
    for name in ("open_package", "read_grid"):
        if not hasattr(opening, name):
            raise SystemExit(f"{opening.__name__} has no {name} any more")
    vars(opening).update(open_package=Opened, read_grid=read_grid)


if __name__ == "__main__":
    put_in_place()
    from jcm_xl.cli import main

    sys.exit(main(sys.argv[1:]))
