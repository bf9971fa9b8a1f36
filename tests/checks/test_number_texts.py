"""Each wrong kind of entry in a number cell has words of its own."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from jcm_xl.api import book
from jcm_xl.checks.run import check_file
from jcm_xl.submission.settings import Settings
from tests.checks.cases import TODAY
from tests.keys import slot_key
from tests.support import DEFINITIONS, example_book

KINDS = {
    "1200 ": "blanks among or around the digits",
    "1200": "digits stored as a text",
    "１２００": "full-width digits",
    "१२००": "digits of another script",
    "1,200,000": "thousands marks",
    "1'200": "thousands marks",
    "1.200": "a point that may be a thousands mark or a decimal point",
    "(1200)": "brackets, as of a negative amount",
    "\u20101200": "a dash in the place of a minus",
    "\u200b1200": "signs that nobody sees among or around the digits",
    "1.2×10³": "a power of ten written out",
    "1,200": "a comma that may be a thousands mark or a decimal comma",
    "850,5": "a decimal comma",
    "1.200,5": "a decimal comma",
    "1200 MWh": "a unit typed into the cell",
    "1.2e3": "digits stored as a text",
    "  ": "nothing but blanks",
    "NaN": "the mark of a program for no number",
    "#N/A": "the name of an error value, typed as a text",
    "１２０ｋ": "signs that an input method left behind",
    "see annex": "a text",
}


@pytest.mark.parametrize("text", KINDS)
def test_a_kind_is_named(text: str, tmp_path: Path) -> None:
    plan, submission = example_book("EX_AM901")
    values = {**submission.values, slot_key("mrs.value:EG_i_p[1]"): text}
    path = tmp_path / "book.xlsx"
    path.write_bytes(book(plan, dataclasses.replace(submission, values=values)))
    report = check_file(path, Settings(today=TODAY, definitions=DEFINITIONS))
    told = [d for d in report.diagnostics if d.code in ("JX304", "JX305")]
    assert [f"({KINDS[text]})" in d.message for d in told] == [True]
