"""Books that LibreOffice saved again: the same cells, values, formulas and locks."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest
import xlsxwriter

from jcm_xl.xlsx.grid import Cell, Grid
from jcm_xl.xlsx.read import read_grid
from tests.office.harness import Office
from tests.xlsx.handmade import book, row, sheet, strings
from tests.xlsx.oracle import ours, theirs

pytestmark = pytest.mark.office


def ordinary(path: Path) -> None:
    with xlsxwriter.Workbook(path) as written:
        data = written.add_worksheet("MRS(input)")
        calc = written.add_worksheet("MRS(calc_process)")
        free = written.add_format({"locked": False, "num_format": "#,##0.00"})
        day = written.add_format({"num_format": "yyyy-mm-dd", "locked": False})
        data.protect()
        data.write_row("A1", ["CO₂ & <more>", " spaces ", "日本語"])
        data.write_number("A2", 12.345, free)
        data.write_datetime("B2", datetime.datetime(2021, 6, 1), day)
        data.write_blank("D2", None, free)
        for n in range(3, 30):
            data.write_number(n, 0, n / 3, free)
            calc.write_formula(n, 0, f"='MRS(input)'!A{n + 1}*2", None, n / 3 * 2)
        calc.write_formula("B2", '="a<"&"b"', None, "a<b")
        calc.write_formula("B3", "=1/0", None, "#DIV/0!")
        calc.write_array_formula("C1:C2", "{='MRS(input)'!A4:A5*2}", None, 2)
        calc.write_number("C2", 8 / 3)
        calc.hide()


def saved_again(office: Office, make: Path, tmp_path: Path) -> Path:
    path = tmp_path / "again.xlsx"
    office.recalculate(make, save_as=path)
    return path


def content(grid: Grid) -> dict[tuple[str, int, int], tuple[object, str | None]]:
    return {
        (sheet.name, *place): (_rounded(cell.value), _spelled(cell.formula))
        for sheet in grid.sheets
        for place, cell in sheet.cells.items()
        if cell[:2] != (None, None)
    }


def _rounded(value: object) -> object:
    return float(f"{value:.15g}") if type(value) is float else value


def _spelled(formula: str | None) -> str | None:
    """LibreOffice spells names of sheets and truth values in its own way."""
    return None if formula is None else re.sub(r"[' ]|\(\)", "", formula)


def test_an_ordinary_book_saved_by_libreoffice(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    ordinary(path)
    again = saved_again(office, path, tmp_path)
    before, after = read_grid(path), read_grid(again)
    assert content(after) == content(before)
    in_array = ("MRS(calc_process)", 2, 3)  # openpyxl gives the formula once
    expected = theirs(again) | {in_array: ours(after)[in_array]}
    assert ours(after) == expected
    assert after == read_grid(again, is_quick=False)
    assert [s.state for s in after.sheets] == ["visible", "hidden"]
    assert after.sheets[0].is_protected
    assert after.sheets[1].arrays == ("C1:C2",)
    assert after.oddities == ()
    assert after.is_calculated


def test_libreoffice_reads_the_odd_cells_as_we_do(
    office: Office, tmp_path: Path
) -> None:
    shared = strings(
        "<r><t>CO</t></r><r><t>2</t></r>",
        "<t>電力</t><rPh sb='0' eb='2'><t>デンリョク</t></rPh>",
        "<t>a_x0007_b</t>",
    )
    cells = [
        "<c r='A1'><v>1<!-- -->38.241</v></c>",
        "<c r='B1'><v><![CDATA[12]]>3</v></c>",
        "<c r='C1' t='s'><v>0</v></c>",
        "<c r='D1' t='s'><v>1</v></c>",
        "<c r='E1' t='inlineStr'><is><t>in</t><rPh sb='0' eb='1'><t>x</t></rPh></is>"
        "</c>",
        "<c r='F1' t='s'><v>2</v></c>",
        "<c r='G1'><v>1</v></c><c r='G1'><v>2</v></c>",
    ]
    path = tmp_path / "book.xlsx"
    path.write_bytes(book(sheet(row(*cells)), shared=shared))
    theirs_again = read_grid(saved_again(office, path, tmp_path))
    assert content(read_grid(path)) == content(theirs_again)
    assert theirs_again.sheets[0].cells[1, 1] == Cell(138.241, None, 0)


def test_libreoffice_expands_shared_formulas_as_we_do(
    office: Office, tmp_path: Path
) -> None:
    master = "A1*$A$1+SUM(A1:A$3,'S2'!B1)+LOG10(A1)"
    rows = "".join(
        row(
            f'<c r="A{n}"><v>{n}</v></c>',
            f'<c r="B{n}"><f t="shared" si="0"'
            + (f' ref="B1:B3">{master}</f>' if n == 1 else "/>")
            + "<v>0</v></c>",
            number=n,
        )
        for n in (1, 2, 3)
    )
    path = tmp_path / "book.xlsx"
    path.write_bytes(book(sheet(rows), sheet("")))
    again = read_grid(saved_again(office, path, tmp_path))
    before = read_grid(path)
    for n in (1, 2, 3):
        mine, other = (g.sheets[0].cells[n, 2].formula for g in (before, again))
        assert _spelled(mine) == _spelled(other)
