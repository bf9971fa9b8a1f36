"""Questions typed into LibreOffice: cells explained, calls without ranges, errors."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from jcm_xl import api
from tests.office.harness import Cells, Edit, Office
from tests.support import example_book

pytestmark = [pytest.mark.office, pytest.mark.slow]
KEY = "ID_AM003@1.0"
METER = ("MRS(input_separate)", "C10")
CALLS = {
    "A1": "=JCM.CREDITED()",
    "A2": '=JCM.CREDITED("plan")',
    "A3": "=JCM.VINTAGE(2021)",
    "A4": '=JCM.QUANTITY("report","RE_p")',
    "A5": '=JCM.CHECK("report","",,,,,,,)',
    "A6": '=JCM.ELIGIBLE("EC2")',
    "A7": "=JCM.EXPLAIN('MRS(input_separate)'!C10)",
    "A8": "=JCM.BRIDGE()",
    "A9": "=JCM.BAU()",
    "A10": "=SUM(JCM.CREDITED(),1)",
}


@pytest.fixture
def asked(tmp_path: Path) -> Path:
    plan, submission = example_book(KEY)
    path = tmp_path / "book.xlsx"
    path.write_bytes(api.book(plan, submission))
    book = load_workbook(path)
    sheet = book.create_sheet("Own")
    for cell, formula in CALLS.items():
        sheet[cell] = formula
    book.save(path)
    return path


def own(office: Office, path: Path, *edits: Edit) -> Cells:
    return office.recalculate(path, edits, typing=True)["Own"]


def test_a_call_without_ranges_follows_what_is_typed(
    live_office: Office, asked: Path
) -> None:
    first = own(live_office, asked)
    assert [first.get(f"A{row}") for row in range(1, 6)] == [25, 25, 25, 135.6975, "ok"]
    assert str(first["A6"]).startswith("met")
    assert str(first["A7"]).startswith("ECPJ,i,p (1) = 135 MWh/p: Table 1")
    more = own(live_office, asked, (*METER, 140.0))
    assert [more.get(f"A{row}") for row in (1, 2, 10)] == [26, 25, 27]
    # Table 2 of the report is typed in the plan.
    factor = own(live_office, asked, ("MPS(input)", "E15", 0.9))
    assert [factor.get(f"A{row}") for row in (1, 2)] == [28, 28]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (None, "ECPJ,i,p of unit (1) is blank."),
        ("abc", "ECPJ,i,p of unit (1) holds the text 'abc'; a number is expected."),
        ("=1/0", "ECPJ,i,p of unit (1) holds an error."),
    ],
)
def test_what_is_no_number_is_no_number_and_is_mended(
    typed: str | None, words: str, live_office: Office, asked: Path
) -> None:
    wrong = own(live_office, asked, (*METER, typed))
    for cell in ("A1", "A3", "A4", "A8", "A9", "A10"):
        assert str(wrong[cell]).startswith("#"), cell
    assert wrong["A5"] == words
    assert wrong["A2"] == 25
    mended = own(live_office, asked, (*METER, typed), (*METER, 140.0))
    assert [mended.get(f"A{row}") for row in (1, 5, 10)] == [26, "ok", 27]


def test_a_table_is_refused_without_ranges_as_it_would_not_follow(
    live_office: Office, asked: Path
) -> None:
    assert str(own(live_office, asked)["A8"]).startswith("#")
