"""The sheets on the page: values, merged cells, marks, and only what is needed."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from jcm_xl.api import book, judge
from jcm_xl.documents.drawing import HEAD, MOST, Drawn, DrawnSheet, Mark, drawings
from jcm_xl.documents.report.forms.html import report_html
from jcm_xl.submission.settings import Settings
from jcm_xl.xlsx.grid import Cell, Grid, Position, Sheet
from tests.checks.cases import TODAY
from tests.checks.surgery import operate
from tests.keys import slot_key
from tests.support import DEFINITIONS, example_book

MARK = Mark("f1-1", "ERROR", 1)


def drawn(sheet: Sheet, marks: dict[Position, Mark] | None = None) -> DrawnSheet:
    found = {sheet.name: marks or {(1, 1): MARK}}
    (drawing,) = drawings(Drawn(Grid((sheet,))), found, only_marked=False)
    return drawing


def cells(*values: tuple[int, int, object]) -> dict[Position, Cell]:
    return {(row, column): Cell(value) for row, column, value in values}  # type: ignore[arg-type]


def test_a_merged_cell_spans_what_it_covers() -> None:
    sheet = Sheet("S", cells=cells((1, 1, "title"), (3, 3, 1.5)), merges=("A1:C2",))
    drawing = drawn(sheet)
    assert [[c.address for c in row.cells] for row in drawing.rows] == [
        ["A1"], [], ["A3", "B3", "C3"],
    ]  # fmt: skip
    assert drawing.rows[0].cells[0].span == (3, 2)


@pytest.mark.parametrize(
    "merges",
    [("A1:XFD1048576",), ("A1:B2", "B2:C3"), ("B2:C3", "A1:B2"), ("nonsense",)],
)
def test_no_merge_draws_a_cell_twice(merges: tuple[str, ...]) -> None:
    sheet = Sheet("S", cells=cells((1, 1, "a"), (4, 4, "b")), merges=merges)
    taken: set[Position] = set()
    for row in drawn(sheet).rows:
        for cell in row.cells:
            column = ord(cell.address[0]) - 64
            area = {
                (row.number + r, column + c)
                for r in range(cell.span[1])
                for c in range(cell.span[0])
            }
            assert not area & taken
            taken |= area
    assert taken == {(r, c) for r in range(1, 5) for c in range(1, 5)}


def test_of_a_long_sheet_only_the_parts_around_findings_are_drawn() -> None:
    sheet = Sheet("S", cells=cells(*((row, 1, float(row)) for row in range(1, 5001))))
    drawing = drawn(sheet, {(4000, 1): MARK})
    assert [row.number for row in drawing.rows] == [
        *range(1, HEAD + 1), *range(3997, 4004),
    ]  # fmt: skip
    assert (drawing.cut, drawing.last_row) == ("1-9, 3997-4003", 5000)
    assert [row.number for row in drawing.rows if row.is_after_gap] == [3997]
    many = drawn(sheet, {(row, 1): MARK for row in range(1, 5001)})
    assert len(many.rows) == MOST


def test_a_cell_far_out_draws_no_desert() -> None:
    sheet = Sheet("S", cells=cells((1, 1, "a"), (1048576, 16384, "far")))
    drawing = drawn(sheet, {(1048576, 16384): MARK})
    assert sum(len(row.cells) for row in drawing.rows) < 600


def judged(data: bytes, folder: Path) -> str:
    path = folder / "book.xlsx"
    path.write_bytes(data)
    reports, books = judge([path], Settings(today=TODAY, definitions=DEFINITIONS))
    return report_html(reports, books)


def links(page: str) -> tuple[set[str], set[str]]:
    return set(re.findall(r'href="#([^"]+)"', page)), set(
        re.findall(r'id="([^"]+)"', page)
    )


def test_finding_and_cell_lead_to_each_other(tmp_path: Path) -> None:
    plan, submission = example_book("EX_AM901")
    page = judged(book(plan, submission, {"mrs.unit:EG_i_p": "kWh/p"}), tmp_path)
    wanted, there = links(page)
    assert wanted <= there
    number = list(plan.sheets.values()).index("MRS(input)") + 1
    anchor = f"s1-{number}-{plan[slot_key('mrs.unit:EG_i_p')].address}"
    assert anchor in wanted
    marked = re.search(rf'id="{re.escape(anchor)}"[^>]*>(.*?)</td>', page)
    assert marked
    assert 'href="#f1-1"' in marked[1]
    assert "kWh/p" in marked[1]


def test_a_mark_stands_where_the_file_has_the_cell(tmp_path: Path) -> None:
    plan, submission = example_book("EX_AM901")
    data = book(plan, submission, {"mrs.unit:EG_i_p": "kWh/p"})
    slot = plan[slot_key("mrs.unit:EG_i_p")]
    moved = operate(data, [{"do": "insert_rows", "sheet": slot.sheet, "at": 2}])
    page = judged(moved, tmp_path)
    address = re.sub(r"\d+", str(slot.row + 1), slot.address)
    assert re.search(rf'id="s1-\d+-{address}" class="s-unit m ERROR"', page)


def test_a_large_book_makes_a_light_page(tmp_path: Path) -> None:
    plan, submission = example_book("ID_AM003", rows={"i": 100})
    values = dict(submission.values)
    for key, value in submission.values.items():
        if key.name and key.unit == 1:
            values |= {key.with_unit(u): value for u in range(2, 100)}
    values[slot_key("mrs.value:EC_PJ_i_p[60]")] = "12,5"
    page = judged(book(plan, replace(submission, values=values)), tmp_path)
    assert len(page) < 300_000
    assert "Only the parts around findings are drawn" in page


def test_a_clean_book_shows_its_sheets(tmp_path: Path) -> None:
    plan, submission = example_book("EX_AM901")
    page = judged(book(plan, submission), tmp_path)
    for name in plan.official:
        assert re.search(
            rf'<details class="sheet" open>\s*<summary><h3[^>]*>{re.escape(name)}', page
        )
    assert 'class="finding' not in page
