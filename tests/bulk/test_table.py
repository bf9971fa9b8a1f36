"""The table: every fact in its column, like books named, nothing a formula."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from jcm_xl import api
from jcm_xl.bulk.row import BookRow, row_of, said, with_alike
from jcm_xl.bulk.summary import summary_lines
from jcm_xl.bulk.table import COLUMNS, csv_table, xlsx_table
from jcm_xl.checks.run import check_file
from jcm_xl.documents.lines import as_text
from jcm_xl.model.finding import VerdictWord
from jcm_xl.text.languages import languages, messages
from tests.copies.conftest import KEY, SETTINGS
from tests.keys import slot_key
from tests.support import example_book

EN = messages("en")
EVIL = ("=1+1", "+A1", "-2+3", "@SUM(A1)", "\t=1", "＝1")


@pytest.fixture
def row(tmp_path: Path) -> BookRow:
    path = tmp_path / "book.xlsx"
    plan, submission = example_book(KEY)
    values = {**submission.values, slot_key("mrs.value:EG_i_p[1]"): 1740.175}
    path.write_bytes(api.book(plan, replace(submission, values=values)))
    return row_of(check_file(path, SETTINGS), "in/book.xlsx")


def test_a_row_tells_what_the_report_does(row: BookRow) -> None:
    assert row.first_finding.startswith("JX603: ")
    told = replace(row, first_finding="", verdict="", sha256="", fingerprint="")
    assert told == BookRow(
        reference_number="EX001", methodology=KEY, version="1.0", stage="report",
        first_day=date(2021, 1, 1), last_day=date(2021, 12, 31), days=365,
        reference=told.reference, project=told.project, tonnes=1439, errors=0,
        warnings=1, acknowledged=0, word="findings", verdict="", first_finding="",
        alike="", file="in/book.xlsx", fingerprint="", sha256="", exit_code=1,
        judged=VerdictWord.FINDINGS,
    )  # fmt: skip
    assert told.reference is not None
    assert told.project is not None
    assert told.reference - told.project == pytest.approx(1439.51, abs=0.01)


def test_a_row_is_said_in_any_language_and_in_several(row: BookRow) -> None:
    ja = messages("ja")
    (first, _) = with_alike([row, replace(row, file="2")])
    english, japanese, both = (said(first, t) for t in ([EN], [ja], [EN, ja]))
    assert (english.stage, english.alike) == ("report", "the same file as 2")
    assert japanese.stage == "報告"
    assert japanese.verdict.startswith("指摘あり")
    assert both.verdict == f"{english.verdict} / {japanese.verdict}"
    assert both.first_finding.startswith("JX603: ")
    assert both.first_finding.endswith(f" / {japanese.first_finding}")


def test_like_books_are_named(row: BookRow) -> None:
    rows = [
        row,
        replace(row, file="2", sha256="2"),
        replace(row, file="3", sha256="3", fingerprint="3"),
        replace(row, file="4", sha256="4", fingerprint="4", first_day=date(2022, 1, 1)),
        replace(row, file="5"),
        replace(row, file="6", sha256="", fingerprint="", reference_number=""),
        replace(row, file="7", sha256="", fingerprint="", reference_number=""),
    ]
    assert [r.alike for r in with_alike(rows)] == [
        "the same file as 5",
        "the same inputs as in/book.xlsx",
        "the same project and period as in/book.xlsx",
        "",
        "the same file as in/book.xlsx",
        "",
        "",
    ]


def test_blank_books_are_not_said_to_be_alike(row: BookRow) -> None:
    blank = replace(row, tonnes=None, first_day=None, last_day=None, sha256="1")
    rows = with_alike([blank, replace(blank, sha256="2", file="2")])
    assert [r.alike for r in rows] == ["", ""]


@pytest.mark.parametrize("language", languages())
def test_both_forms_hold_the_same(row: BookRow, language: str, tmp_path: Path) -> None:
    texts = messages(language)
    data = csv_table([row], texts)
    heads, told = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    path = tmp_path / "table.xlsx"
    path.write_bytes(xlsx_table([row], texts))
    (sheet,) = load_workbook(path).worksheets
    assert heads == [cell.value for cell in sheet[1]] == texts("bulk.headings")
    assert len(heads) == len(COLUMNS) == len(told)
    for name, text, cell in zip(COLUMNS, told, sheet[2], strict=True):
        value = getattr(row, name)
        if isinstance(value, date):
            assert cell.value.date() == value
            assert text == value.isoformat()
        elif isinstance(value, float | int):
            assert float(text) == cell.value == pytest.approx(value, abs=0)
        else:
            assert (text or None) == (cell.value or None) == (value or None)
    assert xlsx_table([row], texts) == path.read_bytes()


def test_no_text_becomes_a_formula(row: BookRow, tmp_path: Path) -> None:
    rows = [
        replace(row, reference_number=text, file=f"{text}.xlsx", first_finding=text)
        for text in EVIL
    ]
    lines = list(csv.reader(io.StringIO(csv_table(rows, EN).decode("utf-8-sig"))))
    for line in lines[1:]:
        assert line[0].startswith("'")
        assert line[-2].startswith("'")
    path = tmp_path / "table.xlsx"
    path.write_bytes(xlsx_table(rows, EN))
    (sheet,) = load_workbook(path).worksheets
    assert not [c.coordinate for r in sheet for c in r if c.data_type == "f"]


def test_the_summary_counts_and_cuts(row: BookRow) -> None:
    clean = replace(
        row, exit_code=0, judged=VerdictWord.CLEAN, file="clean", first_finding=""
    )
    rows = with_alike([clean, row, replace(row, file="b", sha256="b")])
    text = as_text(summary_lines(rows, EN, 1))
    assert text.splitlines()[0] == "Workbooks: 3 (1 clean, 2 with findings)"
    assert text.count("... and 1 more") == 1
    assert "  in/book.xlsx: FINDINGS: 1 warning" in text
    assert "\n  b: " not in text.split("Books that tell")[0]
