"""Books as large as they may be, and larger: honest data, and what was pasted."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from functools import lru_cache

from jcm_xl import api
from jcm_xl.inputs.example import example_inputs
from jcm_xl.model.key import value_key
from jcm_xl.model.submission import Stage
from jcm_xl.plan.plan import make_plan
from jcm_xl.xlsx.grid import column_letters
from tests.checks.surgery import operate

METHODOLOGY = "TH_AM001"
FORM = "MRS(input)"
QUARTER_HOURS = 35_040
FIRST_ROW = 100
COLUMNS = 10

Cell = Callable[[int], str]


def text(row: int) -> str:
    return f' t="inlineStr"><is><t>text {row}</t></is></c>'


def number(row: int) -> str:
    return f"><v>{row}.5</v></c>"


@lru_cache(maxsize=1)
def sound() -> bytes:
    """Return a complete, clean report of a methodology."""
    m = api.load(METHODOLOGY)
    return api.fill(m, example_inputs(m))


def pasted(cells: int, cell: Cell, columns: int = COLUMNS) -> bytes:
    """Return a report with so many cells in the locked area of an official sheet."""
    rows = _rows(FIRST_ROW, cells // columns, columns, cell)
    return _with_rows(sound(), FORM, rows)


def own_data(rows: int = QUARTER_HOURS, columns: int = 15) -> bytes:
    """Return a report whose monitored amount is summed up on a sheet of data."""
    data = operate(
        sound(),
        [{"do": "add_sheet", "sheet": "Data", "rows": _rows(1, rows, columns, number)}],
    )
    plan = make_plan(api.load(METHODOLOGY))
    slot = plan[value_key(Stage.REPORT, "EG_i_p", 1)]
    total = sum(row + 0.5 for row in range(1, rows + 1)) / 1e6
    formula = f"<f>SUM(Data!B1:B{rows})/1000000</f><v>{total!r}</v></c>"
    old = rf'<c r="{slot.address}"( s="\d+")[^>]*>.*?</c>'
    new = rf'<c r="{slot.address}"\1>{formula}'
    return _edited(data, slot.sheet, lambda part: re.sub(old, new, part, count=1))


def _rows(first: int, count: int, columns: int, cell: Cell) -> str:
    letters = [column_letters(2 + n) for n in range(columns)]
    return "".join(
        f'<row r="{row}">{_line(letters, row, cell(row))}</row>'
        for row in range(first, first + count)
    )


def _line(letters: list[str], row: int, content: str) -> str:
    return "".join(f'<c r="{column}{row}"{content}' for column in letters)


def _with_rows(data: bytes, sheet: str, rows: str) -> bytes:
    end = "</sheetData>"
    return _edited(data, sheet, lambda part: part.replace(end, rows + end, 1))


def _edited(data: bytes, sheet: str, edit: Callable[[str], str]) -> bytes:
    """Return a book with another part for a sheet; its parts stand in their order."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        listed = re.findall(
            r'<sheet name="([^"]*)"', old.read("xl/workbook.xml").decode()
        )
        wanted = f"xl/worksheets/sheet{listed.index(sheet) + 1}.xml"
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, edit(part.decode()) if name == wanted else part)
    return file.getvalue()
