"""One set of inputs, one fingerprint: whichever program saved the book last."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from jcm_xl.api import book
from jcm_xl.checks.run import check_file
from jcm_xl.model.finding import Report
from jcm_xl.submission.settings import Settings
from tests.checks.cases import TODAY
from tests.keys import keyed
from tests.support import DEFINITIONS, example_book

KEYS = ["EX_AM901", "EX_AM903", "ID_AM003"]


def judged(path: Path) -> Report:
    return check_file(path, Settings(today=TODAY, definitions=DEFINITIONS))


def filled(key: str, folder: Path, **more: object) -> Path:
    """Write a book with inputs of every kind: odd numbers, long and foreign texts."""
    plan, submission = example_book(key, monthly=True)
    more_values: dict[str, Any] = {
        "mss.person:2": "工場長 – Trần Đức",
        "mss.role:2": "First line\nsecond line, 100 %",
        "period.start": date(2021, 3, 1),
        **more,
    }
    values = {**submission.values, **keyed(more_values)}
    number = next(
        slot.key for slot in plan.inputs
        if slot.role == "value" and isinstance(values.get(slot.key), float)
    )  # fmt: skip
    values[number] = 0.1 + 0.2
    path = folder / "book.xlsx"
    path.write_bytes(book(plan, replace(submission, values=values)))
    return path


@pytest.mark.parametrize("key", KEYS)
def test_a_library_saves_the_same_inputs(key: str, tmp_path: Path) -> None:
    path = filled(key, tmp_path)
    before = judged(path)
    openpyxl.load_workbook(path).save(path)
    after = judged(path)
    assert before.sha256 != after.sha256
    assert before.fingerprint == after.fingerprint
    assert (before.reference_number, before.period) == (
        after.reference_number, after.period,
    )  # fmt: skip
    assert before.period == (date(2021, 3, 1), date(2021, 12, 31))


@pytest.mark.office
@pytest.mark.parametrize("key", KEYS)
def test_libreoffice_saves_the_same_inputs(
    key: str, tmp_path: Path, office: Any
) -> None:
    path, saved = filled(key, tmp_path), tmp_path / "saved.xlsx"
    before = judged(path)
    office.recalculate(path, save_as=saved)
    after = judged(saved)
    assert before.sha256 != after.sha256
    assert before.fingerprint == after.fingerprint


def test_each_input_counts(tmp_path: Path) -> None:
    first = judged(filled("EX_AM901", tmp_path)).fingerprint
    for change in ({"mss.person:3": "x"}, {"period.end": date(2021, 12, 30)}):
        assert judged(filled("EX_AM901", tmp_path, **change)).fingerprint != first
