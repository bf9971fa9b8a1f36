"""Books with the habits of people: merged down, split over pages, saved again."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from jcm_xl.checks.run import check_file
from jcm_xl.foreign.book import ForeignBook, read
from jcm_xl.foreign.found import Reason, Why
from jcm_xl.model.submission import CellError
from jcm_xl.submission.settings import Settings
from jcm_xl.xlsx import limits
from jcm_xl.xlsx.grid import Cell, Grid, Sheet
from jcm_xl.xlsx.read import read_grid
from tests.foreign.official import Hand, by_hand
from tests.keys import slot_key, texts
from tests.office.harness import Office
from tests.support import example_book, methodology

MRS = ["Monitoring period", "Monitoring point No.", "Parameters",
       "Description of data", "Monitored Values", "Units", "Monitoring option",
       "Source of data", "Measurement methods and procedures",
       "Monitoring frequency", "Other comments"]  # fmt: skip
LETTERS = [f"({letter})" for letter in "abcdefghijk"]


def low(before: str, after: str) -> CellRichText:
    """Return a symbol with its index set low, as Excel stores it."""
    font = InlineFont(vertAlign="subscript")
    return CellRichText(before, TextBlock(font, after))


def handmade(key: str, folder: Path, fill: Callable[[Any], None]) -> ForeignBook:
    """Return what is found in a book whose MRS(input) is filled by a function."""
    m = methodology(key)
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "MRS(input)"
    sheet["L1"] = f"Monitoring Spreadsheet: {m.spreadsheet_id}"
    sheet["L2"] = "Reference Number:"
    sheet["M2"] = "MM001"
    fill(sheet)
    path = folder / "book.xlsx"
    book.save(path)
    return read(read_grid(path, is_quick=False), m)


def rows(sheet: Any, top: int, *lines: list[Any]) -> None:
    for n, line in enumerate(lines):
        for column, value in enumerate(line, 2):
            sheet.cell(top + n, column).value = value


def test_cells_merged_down_and_symbols_with_low_indices(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        rows(
            sheet, 4, ["Table 1: Parameters monitored ex post"], LETTERS, MRS,
            ["2021/1/1 - 2021/12/31", "(1)", low("EG", "SUP,p"), "Electricity",
             58000, "MWh/p", "Option C", "Meter M-7", "by meter", "Daily", None],
            [None, "(2)", low("D", "p"), "Days", 365, "day/p", None, None, None,
             None, "no outage"],
        )  # fmt: skip
        for column in "BHIJK":
            sheet.merge_cells(f"{column}7:{column}8")

    book = handmade("MM_AM005@1.0", tmp_path, fill)
    assert texts(book.submission.values) == {
        "reference_number": "MM001",
        "mrs.value:EG_SUP_p": 58000.0,
        "mrs.value:D_p": 365.0,
        "mrs.source:EG_SUP_p": "Meter M-7",
        "mrs.source:D_p": "Meter M-7",
        "mrs.procedure:EG_SUP_p": "by meter",
        "mrs.procedure:D_p": "by meter",
        "mrs.frequency:EG_SUP_p": "Daily",
        "mrs.frequency:D_p": "Daily",
        "mrs.comment:D_p": "no outage",
        "period.start": date(2021, 1, 1),
        "period.end": date(2021, 12, 31),
    }
    assert book.unplaced == ()


def test_a_table_continued_on_the_next_page(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        period = "1/Jan/2021-31/Dec/2021"
        rows(
            sheet, 4, ["Table 1: Parameters monitored ex post"], LETTERS, MRS,
            [period, "(1)", "EG SUP,p", "x", 58000, "MWh/p"],
        )  # fmt: skip
        rows(
            sheet, 20, ["Table 1: Parameters monitored ex post (continued)"], MRS,
            [period, "(2)", "D p", "x", 365, "days/p"],
        )  # fmt: skip
        rows(sheet, 30, ["Note: values were read from the meters."])

    book = handmade("MM_AM005@1.0", tmp_path, fill)
    values = book.submission.values
    assert values[slot_key("mrs.value:EG_SUP_p")] == 58000.0
    assert values[slot_key("mrs.value:D_p")] == 365.0
    assert book.unplaced == ()


def test_one_merged_value_is_not_two(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        rows(
            sheet, 4, MRS,
            ["", "(1)", "EG SUP,p", "x", 58000, "MWh/p"],
            ["", "(2)", "D p", "x", None, "day/p"],
        )  # fmt: skip
        sheet.merge_cells("F5:F6")

    book = handmade("MM_AM005@1.0", tmp_path, fill)
    assert slot_key("mrs.value:D_p") not in book.submission.values


def test_units_are_told_apart_by_numbers_or_refused(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        rows(
            sheet, 4, MRS,
            ["", "(1)-1", "EC PJ,i,p", "x", 10, "MWh/p"],
            ["", "(1)-1", "EC PJ,i,p", "x", 20, "MWh/p"],
            ["", "(1)-2", "EC PJ,i,p", "x", 30, "MWh/p"],
            ["", "(1)-9999", "EC PJ,i,p", "x", 40, "MWh/p"],
        )  # fmt: skip

    book = handmade("ID_AM003@1.0", tmp_path, fill)
    values = {k: v for k, v in book.submission.values.items() if k.notion == "value"}
    assert texts(values) == {
        "mrs.value:EC_PJ_i_p[1]": 10.0,
        "mrs.value:EC_PJ_i_p[2]": 30.0,
    }
    assert [(u.cell, u.reason) for u in book.unplaced] == [
        ("F6", Reason.UNIT_TWICE),
        ("F8", Reason.NO_SUCH_ROW),
    ]


def test_a_column_of_ones_own_is_named_not_carried(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        heads = [*MRS[:5], "Meter", *MRS[5:]]
        line = ["", "(1)", "EG SUP,p", "x", 58000, "M-7", "MWh/p"]
        rows(sheet, 4, heads, line)

    book = handmade("MM_AM005@1.0", tmp_path, fill)
    assert book.submission.values[slot_key("mrs.value:EG_SUP_p")] == 58000.0
    assert [(u.content, u.reason) for u in book.unplaced] == [
        ("M-7", Reason.NO_HEADING)
    ]


def test_a_total_that_is_not_the_sum_of_its_units(tmp_path: Path) -> None:
    plan, submission = example_book("ID_AM003@1.0")
    m = plan.methodology
    path = tmp_path / "book.xlsx"
    path.write_bytes(by_hand(m, submission, Hand(units="separate")))
    book = openpyxl.load_workbook(path)
    book["MPS(input)"]["E8"] = 999
    book["MRS(input)"]["F8"] = submission.values[slot_key("mrs.value:EC_PJ_i_p[1]")]
    book.save(path)
    found = read(read_grid(path), m)
    assert [(u.cell, u.reason) for u in found.unplaced] == [("E8", Reason.NOT_THE_SUM)]
    assert dict(found.submission.values) == dict(submission.values)
    assert slot_key("mrs.total:EC_PJ_i_p") in found.found


def test_two_sheets_for_one_and_two_reference_numbers(tmp_path: Path) -> None:
    plan, submission = example_book("MM_AM005@1.0")
    path = tmp_path / "book.xlsx"
    path.write_bytes(by_hand(plan.methodology, submission))
    book = openpyxl.load_workbook(path)
    book.copy_worksheet(book["MRS(input)"]).title = "MRS(input) old"
    book["MSS"]["M2"] = "Reference Number: MM998"
    book.save(path)
    found = read(read_grid(path), plan.methodology)
    assert dict(found.submission.values) == dict(submission.values)
    assert [u.reason for u in found.unplaced] == [
        Reason.SECOND_SHEET,
        Reason.REFERENCES_DIFFER,
    ]


def test_a_book_of_ours_saved_by_a_library_is_still_ours(tmp_path: Path) -> None:
    from jcm_xl.api import book

    plan, submission = example_book("MM_AM005@1.0")
    path = tmp_path / "book.xlsx"
    path.write_bytes(book(plan, submission, {"mrs.unit:EG_SUP_p": "kWh/p"}))
    again = openpyxl.load_workbook(path)
    again.save(path)
    report = check_file(path, Settings(today=date(2026, 1, 1)))
    assert "template not compared" not in report.verdict
    assert "JX204" in {d.code for d in report.diagnostics}


@pytest.mark.office
def test_a_hand_made_book_that_libreoffice_saved_again(
    office: Office, tmp_path: Path
) -> None:
    for key in ("ID_AM003@1.0", "MM_AM005@1.0"):
        plan, submission = example_book(key)
        path, again = tmp_path / "book.xlsx", tmp_path / "again.xlsx"
        hand = Hand(down=2, right=1, wide=True, full_width=True)
        path.write_bytes(by_hand(plan.methodology, submission, hand))
        office.recalculate(path, save_as=again)
        found = read(read_grid(again), plan.methodology)
        assert dict(found.submission.values) == dict(submission.values)
        assert found.unplaced == ()
        report = check_file(again, Settings(today=date(2026, 1, 1)))
        assert report.verdict.startswith("CLEAN (report stage), template not compared")


# -- whatever is in the file -------------------------------------------------------

WORDS = st.sampled_from(
    [*MRS, *LETTERS, "Table 1: x", "Table 2: y", "Table 3: z", "[Monitoring option]",
     "CO2 emission reductions", "EG SUP,p", "EC_CAP", "(1)", "(1)-2", "MWh/p", "kWh/p",
     "Option C", "2021/1/1-2021/12/31", "Responsible personnel", "Role", "Value",
     "Parameter", "Reference Number:", "see other sheet", " ", "１２３", "XXX"]
)  # fmt: skip
VALUES = st.one_of(
    WORDS, st.floats(allow_nan=False, allow_infinity=False), st.booleans(), st.none(),
    st.just(CellError("#REF!")), st.text(max_size=5),
)  # fmt: skip
CELLS = st.dictionaries(
    st.tuples(st.integers(1, 14), st.integers(1, 13)),
    st.builds(Cell, VALUES, st.one_of(st.none(), st.just("A1+1"))),
    max_size=60,
)
NAMES = ("MPS(input)", "MRS (input)", "MSS", "MRS(calc_process)", "MPS(input_separate)")


@settings(deadline=None, max_examples=150,
          suppress_health_check=[HealthCheck.too_slow])  # fmt: skip
@given(sheets=st.lists(CELLS, min_size=1, max_size=5),
       merge=st.sampled_from(["B2:D4", "A1:XFD1048576", "C7:C9"]),
       key=st.sampled_from(["MM_AM005@1.0", "ID_AM003@1.0"]))  # fmt: skip
def test_nothing_is_ever_taken_twice_or_lost_without_a_word(
    sheets: list[dict[tuple[int, int], Cell]], merge: str, key: str
) -> None:
    grid = Grid(
        tuple(
            Sheet(name, cells=cells, merges=(merge,))
            for name, cells in zip(NAMES, sheets, strict=False)
        )
    )
    book = read(grid, methodology(key))
    places = [
        (spot.sheet, spot.row, spot.column)
        for key, spot in book.found.items()
        if key.notion == "value" and key in book.submission.values
    ]
    assert len(places) == len(set(places))
    refused = {(u.sheet, u.cell) for u in book.unplaced}
    taken = {(s.sheet, s.address) for k, s in book.found.items()
             if k in book.submission.values and k.notion == "value"}  # fmt: skip
    assert not refused & taken
    assert {remark.why for remark in book.remarks} <= set(Why)


def test_a_large_sheet_is_read_in_seconds(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("MRS(input)")
        sheet.write_row(3, 1, MRS)
        for n in range(4, 20_000):
            sheet.write_row(n, 1, ["", f"(1)-{n}", "EC PJ,i,p", "x", n, "MWh/p"])
    grid = read_grid(path)
    started = time.process_time()
    found = read(grid, methodology("ID_AM003@1.0"))
    assert time.process_time() - started < 10
    most = methodology("ID_AM003@1.0").sets["i"].max_rows
    assert limits.ROWS > most >= len(found.submission.values)
