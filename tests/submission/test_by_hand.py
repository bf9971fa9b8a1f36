"""Hand-made books under judgement: their own cells, results recomputed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from jcm_xl import api
from jcm_xl.checks.run import check_file, judge_file
from jcm_xl.documents.drawing import drawings
from jcm_xl.model.finding import Report, Severity
from jcm_xl.model.key import value_key
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
    other = {**submission.values, value_key("mps", "EC_CAP"): 0.5}
    submission = replace(submission, values=other)
    registered.write_bytes(by_hand(plan.methodology, submission, Hand(down=2)))
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


def test_a_calculation_without_units_prints_no_nought(tmp_path: Path) -> None:
    plan, submission = example_book("ID_AM003@1.0")
    path = tmp_path / "book.xlsx"
    path.write_bytes(by_hand(plan.methodology, submission))
    book = openpyxl.load_workbook(path)
    for name in ("MPS(input)", "MRS(input)"):
        for row in book[name]["B8:F20"]:
            for cell in row:
                cell.value = None
    book.save(path)
    calculation = api.calc(path, stage="report")
    assert not calculation.is_complete
    text = [line.text.split() for line in calculation.lines()]
    figures = {words[0]: words[1] for words in text if len(words) > 1}
    assert [figures[s] for s in ("RE_p", "PE_p", "ER_p")] == ["-", "-", "-"]
    report = calculation.as_dict()["report"]
    assert isinstance(report, dict)
    sums = [q for q in report["quantities"] if q["name"] in ("RE_p", "ER_p")]
    assert [q["value"] for q in sums] == [None, None]


def test_an_explanation_names_cells_of_this_book_or_none(tmp_path: Path) -> None:
    plan, submission = example_book("ID_AM003@1.0")
    path = tmp_path / "book.xlsx"
    hand = Hand(down=3, right=2)
    path.write_bytes(by_hand(plan.methodology, submission, hand))
    book = openpyxl.load_workbook(path)
    text = "\n".join(line.text for line in api.explain(path).lines(None))
    named = re.findall(r"cell: '([^']+)'!([A-Z]+[0-9]+)", text)
    assert ("MRS(input)", "H11") in named
    assert ("MRS(calc_process)", "I9") in named
    assert all(book[sheet][cell].value is not None for sheet, cell in named)


def test_a_type_is_inferred_from_the_default_value_that_is_its_alone(
    tmp_path: Path,
) -> None:
    hand = Hand(
        units="symbol",
        edit={
            "mps.symbol:type_i": "COP_RE,i", "mps.label:type_i": "COP of the reference",
            "mps.value:type_i[1]": 1.32, "mrs.symbol:type_i": "COP_RE,i",
            "mrs.value:type_i[1]": 1.32,
        },
    )  # fmt: skip
    report = judged("ID_AM003@1.0", hand, tmp_path)
    told = [d for d in report.diagnostics if d.code == "JX115"]
    assert [(d.found, d.parameter) for d in told] == [
        ("Individual quick freezer", "Type_i")
    ]
    assert "no other choice has this one" in told[0].message
    assert not [d for d in report.diagnostics if d.severity > Severity.NOTE]


def test_a_sheet_with_unknown_names_is_not_called_empty(tmp_path: Path) -> None:
    plan, submission = example_book("MM_AM005@1.0")
    path = tmp_path / "book.xlsx"
    path.write_bytes(by_hand(plan.methodology, submission))
    book = openpyxl.load_workbook(path)
    book["MRS(input)"].title = "Ex post"
    for row in book["Ex post"]["A1:M3"]:
        for cell in row:
            cell.value = None
    book.save(path)
    found = {d.code: d for d in check_file(path, Settings(today=TODAY)).diagnostics}
    assert found["JX124"].sheet == "Ex post"
    assert found["JX124"].severity is Severity.ERROR
    assert "JX301" not in found
