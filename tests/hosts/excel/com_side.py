"""Ask our functions as Excel would, through xlwings' COM side in its own process."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from jcm_xl.hosts.excel.settings_sheet import FUNCTIONS
from jcm_xl.text.days import EPOCH
from jcm_xl.xlsx.grid import Cell, CellError, Grid

ROOT = Path(__file__).parents[3]


def called(
    *calls: tuple[str, list[Any]],
    rounds: int = 0,
    module: str = FUNCTIONS,
    book: Any = None,
) -> dict[str, Any]:
    facts_of_job = {"calls": calls, "rounds": rounds, "module": module, "book": book}
    job = json.dumps(facts_of_job)
    command = [sys.executable, "-m", "tests.hosts.excel.com_calls"]
    done = subprocess.run(
        command, cwd=ROOT, input=job, capture_output=True, text=True, check=True
    )
    facts: dict[str, Any] = json.loads(done.stdout)
    return facts


def as_com(rows: Any) -> Any:
    if rows is None:
        return "(missing)"
    return {"range": [[_plain(value) for value in row] for row in rows]}


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, date) else value


def as_com_book(grid: Grid) -> dict[str, Any]:
    """Return a book as `com_calls` opens it; our properties are texts."""
    sheets = {
        sheet.name: [
            [
                row,
                column,
                _com_cell(grid, cell),
                f"={cell.formula}" if cell.formula else "",
            ]
            for (row, column), cell in sheet.cells.items()
        ]
        for sheet in grid.sheets
    }
    return {"properties": dict(grid.properties), "sheets": sheets}


def _com_cell(grid: Grid, cell: Cell) -> Any:
    if isinstance(cell.value, CellError):
        return {"error": -2146826246}
    if isinstance(cell.value, float) and grid.styles.is_date(cell.style):
        return {"day": str(EPOCH + timedelta(days=int(cell.value)))}
    return cell.value
