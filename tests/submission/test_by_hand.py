"""Hand-made books under judgement: their own cells, results recomputed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from jcm_xl import api
from jcm_xl.checks.run import check_file, judge_file
from jcm_xl.documents.drawing import drawings
from jcm_xl.model.finding import Report
from jcm_xl.submission.settings import Settings
from tests.books import CORE
from tests.foreign.official import Hand, by_hand
from tests.support import DEFINITIONS, example_book

TODAY = date(2026, 1, 1)
OURS = {"JX104", "JX112"}
OF_THE_VERSION = {"JX622"}


def judged(key: str, hand: Hand, folder: Path) -> Report:
    plan, submission = example_book(key)
    path = folder / "book.xlsx"
    path.write_bytes(by_hand(plan.methodology, submission, hand))
    return check_file(path, Settings(today=TODAY, definitions=DEFINITIONS))


@pytest.mark.parametrize("key", CORE)
def test_a_sound_book_is_clean_but_not_compared(key: str, tmp_path: Path) -> None:
    report = judged(key, Hand(down=3, right=2, wide=True), tmp_path)
    assert {d.code for d in report.diagnostics} - OF_THE_VERSION == OURS
    assert report.verdict.startswith("CLEAN (report stage), template not compared")
    assert report.exit_code == 0
    assert report.skipped == ("comparison with the template",)
    assert report.compared["template"].startswith("Not compared with the template")
    assert report.figures["report"]["status"] == "complete"  # type: ignore[index]


FAULTS: Mapping[str, tuple[Mapping[str, object], set[tuple[str, str]]]] = {
    "full-width digits": (
        {"mrs.value:EG_SUP_p": "５８０００"},
        {("JX304", "'MRS(input)'!H11")},
    ),
    "a unit in the cell": (
        {"mrs.value:EG_SUP_p": "58,000 MWh"},
        {("JX304", "'MRS(input)'!H11")},
    ),
    "the figure of Table 3 typed": (
        {"mrs.result": 19460.0},
        {("JX402", "'MRS(input)'!F22")},
    ),
    "Table 3 rounded to the nearest": (
        {"mrs.result": ("=ROUND('MRS(calc_process)'!I9,0)", 19461)},
        {("JX402", "'MRS(input)'!F22")},
    ),
    "reference emissions typed": (
        {"mrs.quantity:RE_p": 19460.88},
        {("JX211", "'MRS(calc_process)'!I12")},
    ),
    "a result that the inputs do not give": (
        {"mrs.quantity:RE_p": ("=19999", 19999.0)},
        {("JX401", "'MRS(calc_process)'!I12")},
    ),
    "another value of Table 2 in the report": (
        {"mrs.value:EC_CAP": 0.4},
        {("JX601", "'MRS(input)'!F17")},
    ),
    "an option that is not offered": (
        {"mrs.option:D_p": "Option A"},
        {("JX209", "'MRS(input)'!J12")},
    ),
    "another period in one row": (
        {"mrs.period:D_p": "2020/1/1-2020/12/31"},
        {("JX316", "'MRS(input)'!D12")},
    ),
    "a value that is missing": (
        {"mrs.value:EG_SUP_p": ""},
        {("JX301", "'MRS(input)'!H11")},
    ),
    "a value of another book": (
        {"mrs.value:EG_SUP_p": ("='[1]Meter'!B2", 58000.0)},
        {("JX218", "'MRS(input)'!H11")},
    ),
    "a calculation that reads another book": (
        {"mrs.quantity:RE_p": ("='[1]Own'!B2", 19460.88)},
        {("JX116", "'MRS(calc_process)'!I12")},
    ),
    "a thousand times too much": (
        {"mrs.value:EG_SUP_p": 58000000.0},
        {("JX319", "'MRS(input)'!H11")},
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found_in_the_cell_of_the_file(name: str, tmp_path: Path) -> None:
    edit, expected = FAULTS[name]
    hand = Hand(down=3, right=2, edit=edit)
    report = judged("MM_AM005@1.0", hand, tmp_path)
    found = {
        (d.code, d.place)
        for d in report.diagnostics
        if d.code not in OURS and not d.follows
    }
    assert expected <= found
    assert all("no template" not in d.message for d in report.diagnostics)
    assert "template not compared" in report.verdict


def test_a_public_copy_is_none_however_it_was_made(tmp_path: Path) -> None:
    hand = Hand(edit={"mrs.value:EG_SUP_p": "XXX"})
    report = judged("MM_AM005@1.0", hand, tmp_path)
    assert report.exit_code == 2
    assert report.verdict.startswith("PUBLIC COPY")


def test_a_sheet_of_another_version_is_named(tmp_path: Path) -> None:
    hand = Hand(spreadsheet="JCM_MM_AM005_ver02.0")
    report = judged("MM_AM005@1.0", hand, tmp_path)
    assert report.exit_code == 2
    assert "MM_AM005" in report.verdict
    assert "2.0" in report.verdict


def test_a_hand_made_book_can_be_the_registered_plan(tmp_path: Path) -> None:
    plan, submission = example_book("MM_AM005@1.0", "plan")
    registered = tmp_path / "registered.xlsx"
    hand = Hand(down=2, edit={"mps.value:EC_CAP": 0.5, "mrs.value:EC_CAP": 0.5})
    registered.write_bytes(by_hand(plan.methodology, submission, hand))
    settings = Settings(today=TODAY, plan=registered)
    plan, submission = example_book("MM_AM005@1.0")
    path = tmp_path / "book.xlsx"
    path.write_bytes(by_hand(plan.methodology, submission))
    judgement = judge_file(path, settings)
    found = [(d.code, d.found, d.expected) for d in judgement.report.diagnostics]
    assert ("JX607", "0.45", "0.5") in found
    assert judgement.report.is_compared_with_plan


def test_its_sheets_are_drawn_as_they_are(tmp_path: Path) -> None:
    plan, submission = example_book("MM_AM005@1.0")
    path = tmp_path / "book.xlsx"
    hand = Hand(down=3, right=2, names={"mrs": "MRS (input) "})
    path.write_bytes(by_hand(plan.methodology, submission, hand))
    _, books = api.judge([path], Settings(today=TODAY))
    drawn = {d.sheet: d for d in drawings(books[0], {}, only_marked=False)}
    assert list(drawn) == [
        "MPS(input)", "MPS(calc_process)", "MSS", "MRS (input) ", "MRS(calc_process)"
    ]  # fmt: skip
    typed = {
        cell.lines[0]
        for row in drawn["MRS (input) "].rows
        for cell in row.cells
        if cell.style == "number"
    }
    assert typed == {"58000", "365"}
    styles = {cell.style for row in drawn["MSS"].rows for cell in row.cells}
    assert styles <= {"", "input", "right"}


def test_a_book_without_its_sheets_has_them_missing(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "Cover"
    book.active["B2"] = "Attachment: JCM_MM_AM005_ver01.0"
    book.save(path)
    report = check_file(path, Settings(today=TODAY))
    missing = [d.expected for d in report.diagnostics if d.code == "JX201"]
    assert missing == [
        "MPS(input)", "MPS(calc_process)", "MSS", "MRS(input)", "MRS(calc_process)"
    ]  # fmt: skip
    assert {d.code for d in report.diagnostics} == {*OURS, "JX201"}
