"""A lost stamp makes no book milder to judge, whatever was done to its words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from jcm_xl import api
from jcm_xl.checks.run import check_file
from jcm_xl.submission.settings import Settings
from tests.foreign.official import by_hand
from tests.support import example_book

SETTINGS = Settings(today=date(2026, 1, 1))
KEY = "MM_AM005@1.0"


def unstamped(path: Path, words: str, formula: str) -> None:
    """Write our book without stamp, its texts and formulas dressed up."""
    plan, submission = example_book(KEY)
    path.write_bytes(api.book(plan, submission))
    book = openpyxl.load_workbook(path)
    for name in list(book.custom_doc_props.names):
        del book.custom_doc_props[name]
    places = {(s.sheet, s.address) for s in plan.slots.values() if not s.is_input}
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                text = cell.value
                if (sheet.title, cell.coordinate) not in places:
                    continue
                if isinstance(text, str) and text.startswith("="):
                    cell.value = formula.format(text[1:])
                elif isinstance(text, str) and not cell.coordinate.endswith(("1", "2")):
                    cell.value = text + words
    book.save(path)


@pytest.mark.parametrize(("words", "formula"), [(" .", "=IF(TRUE,{},0)"), ("", "={}")])
def test_dots_and_wrapped_formulas_do_not_hide_the_template(
    words: str, formula: str, tmp_path: Path
) -> None:
    path = tmp_path / "book.xlsx"
    unstamped(path, words, formula)
    report = check_file(path, SETTINGS)
    codes = {d.code for d in report.diagnostics}
    assert "JX101" in codes
    assert "JX112" not in codes
    assert ("JX210" in codes) == bool(words)


def test_other_words_in_every_cell_leave_nothing_that_is_understood(
    tmp_path: Path,
) -> None:
    path = tmp_path / "book.xlsx"
    unstamped(path, " as approved", "={}")
    report = check_file(path, SETTINGS)
    assert {"JX112", "JX124"} <= {d.code for d in report.diagnostics}
    assert report.exit_code == 1


def test_an_honest_hand_has_none_of_our_words(tmp_path: Path) -> None:
    plan, submission = example_book(KEY)
    path = tmp_path / "book.xlsx"
    path.write_bytes(by_hand(plan.methodology, submission))
    report = check_file(path, SETTINGS)
    assert "JX123" not in {d.code for d in report.diagnostics}
    assert report.exit_code == 0
