"""Two more calculating engines, for measuring only: Gnumeric and HyperFormula.

Neither is shipped or needed; HyperFormula is GPL and comes from npm as the browser's
Python does, Gnumeric's `ssconvert` from the system's packages.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

from jcm_xl.xlsx.grid import Cell, Grid
from jcm_xl.xlsx.read import read_grid
from tests.hosts.browser import MODULES
from tests.hosts.cases import Case, Figures

_RESULT = re.compile(rb"(</f>)<v>[^<]*</v>")
_COUNT_BLANK = re.compile(r"COUNTBLANK\(((?:'[^']*'!)?[$A-Z0-9:]+)\)")
_ROWS = re.compile(r"ROWS\((?:'[^']*'!)?\$A\$([0-9]+):\$A([0-9]+)\)")
_SECONDS = 120


def without_gnumeric() -> str | None:
    """Why Gnumeric is not asked, in one sentence, or None."""
    if shutil.which("ssconvert") is None:
        return "There is no Gnumeric (ssconvert)."
    return None


def without_hyperformula() -> str | None:
    """Why HyperFormula is not asked, in one sentence, or None."""
    if shutil.which("node") is None or not (MODULES / "hyperformula").exists():
        return "There is no HyperFormula in .venv: `make hosts` installs it by npm."
    return None


def in_gnumeric(case: Case) -> Figures:
    """The formulas of the sheets by Gnumeric, from a file without stored results."""
    with tempfile.TemporaryDirectory(prefix="jcm_xl-gnumeric-") as folder:
        bare, made = Path(folder, "bare.xlsx"), Path(folder, "made.xlsx")
        _without_results(case.path, bare)
        command = ["ssconvert", "--recalc", bare, made]
        subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)
        return _figures(case, read_grid(made))


def _without_results(path: Path, bare: Path) -> None:
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(bare, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.startswith("xl/worksheets/"):
                data = _RESULT.sub(rb"\1", data)
            new.writestr(name, data)


def _figures(case: Case, grid: Grid) -> Figures:
    sheets = {sheet.name: sheet.cells for sheet in grid.sheets}
    return {
        figure: sheets[slot.sheet][slot.row, slot.column].value
        for figure, slot in case.cells()
    }


def in_hyperformula(case: Case) -> Figures:
    """The formulas of the sheets by HyperFormula."""
    cells = list(case.cells())
    job = {
        "sheets": {sheet.name: _rows(sheet.cells) for sheet in case.grid.sheets},
        "asked": [[slot.sheet, slot.row - 1, slot.column - 1] for _, slot in cells],
    }
    script = Path(__file__).with_name("hyperformula.mjs")
    done = subprocess.run(
        ["node", script, MODULES], input=json.dumps(job), text=True, encoding="utf-8",
        capture_output=True, check=True, timeout=_SECONDS,
    )  # fmt: skip
    answers = json.loads(done.stdout)
    return {figure: answer for (figure, _), answer in zip(cells, answers, strict=True)}


def _rows(cells: Mapping[tuple[int, int], Cell]) -> list[list[object]]:
    """Return a sheet as rows of values, and of formulas with their equals sign."""
    last = max((row for row, _ in cells), default=0)
    wide = max((column for _, column in cells), default=0)
    rows: list[list[object]] = [[None] * wide for _ in range(last)]
    for (row, column), cell in cells.items():
        formula, value = cell.formula, cell.value
        if formula:
            # HyperFormula's COUNTBLANK leaves out "", which Excel counts.
            spelt = _COUNT_BLANK.sub(r'SUMPRODUCT(--(\1=""))', formula)
            # Its ROWS takes the row of a relative end for a distance from the cell.
            spelt = _ROWS.sub(lambda ends: str(int(ends[2]) - int(ends[1]) + 1), spelt)
            rows[row - 1][column - 1] = f"={spelt}"
        elif isinstance(value, bool | float | str):
            is_text = isinstance(value, str)
            rows[row - 1][column - 1] = f"'{value}" if is_text else value
    return rows
