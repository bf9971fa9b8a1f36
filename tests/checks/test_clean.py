"""Sound books give no error and no warning, in whatever program they were saved."""

from __future__ import annotations

import dataclasses
import random
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from jcm_xl.api import book, new
from jcm_xl.checks.run import check_file
from jcm_xl.model.finding import Report, Severity
from jcm_xl.model.submission import Submission
from jcm_xl.plan.plan import Plan
from jcm_xl.plan.sheets.meters import points
from jcm_xl.plan.stage import usable
from jcm_xl.submission.settings import Settings
from tests.books import CORE
from tests.checks.cases import TODAY
from tests.keys import keyed
from tests.library.plausible import plausible_fill
from tests.support import DEFINITIONS, example_book, methodology

KEYS = [*CORE, "EX_AM901", "EX_AM902", "EX_AM903"]
EXAMPLES = [(key, n) for key in KEYS for n in range(len(methodology(key).examples))]


def judged(path: Path, stage: str = "auto") -> Report:
    return check_file(path, Settings(stage, today=TODAY, definitions=DEFINITIONS))


def findings(report: Report) -> list[str]:
    return [
        f"{d.code} {d.place} {d.message}"
        for d in report.diagnostics
        if d.severity is not Severity.NOTE
    ]


@pytest.mark.parametrize("stage", ["plan", "report"])
@pytest.mark.parametrize(("key", "number"), EXAMPLES)
def test_every_example_is_clean(
    key: str, number: int, stage: str, tmp_path: Path
) -> None:
    plan, submission = example_book(key, stage, number=number)
    path = tmp_path / "book.xlsx"
    path.write_bytes(book(plan, submission))
    report = judged(path)
    assert findings(report) == []
    assert report.stage == stage
    assert report.exit_code == 0
    assert report.verdict.startswith(f"CLEAN ({stage} stage)")
    assert report.skipped == ()


@pytest.mark.parametrize(("key", "number"), EXAMPLES)
def test_it_stays_clean_when_a_library_saves_it(
    key: str, number: int, tmp_path: Path
) -> None:
    plan, submission = example_book(key, number=number, monthly=True, meters=True)
    submission = _metered(plan, submission)
    path = tmp_path / "book.xlsx"
    path.write_bytes(book(plan, submission))
    openpyxl.load_workbook(path).save(path)
    report = judged(path)
    assert findings(report) == []
    assert "JX106" in {d.code for d in report.diagnostics}
    first, second = (report.figures[stage] for stage in ("plan", "report"))
    assert first == second


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("key", KEYS)
def test_a_blank_book_lacks_values_and_nothing_else(
    key: str, language: str, tmp_path: Path
) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(new(methodology(key), language=language))
    report = judged(path)
    codes = {d.code for d in report.diagnostics}
    assert report.stage == "plan"
    assert report.exit_code == 1
    assert codes <= {"JX104", "JX301", "JX303", "JX309", "JX320", "JX322", "JX622"}


@pytest.mark.parametrize("key", KEYS)
def test_honest_inputs_of_any_size_are_clean(key: str, tmp_path: Path) -> None:
    m = methodology(key)
    for seed in range(8):
        plan, submission = plausible_fill(m, random.Random(seed))
        assert all(usable(plan, submission, p, key) is not None
                   for p in m.inputs for key in plan.values(p, "mps"))  # fmt: skip
        path = tmp_path / "book.xlsx"
        path.write_bytes(book(plan, submission))
        codes = {
            d.code
            for d in judged(path, "report").diagnostics
            if d.severity is not Severity.NOTE
        }
        # Chance does not know what is eligible, nor what a reduction is.
        assert codes <= {"JX404", "JX405", "JX501", "JX603"}, (seed, codes)


def _metered(plan: Plan, submission: Submission) -> Submission:
    """Add a certified meter for each monitoring point."""
    values = dict(submission.values)
    for n, point in enumerate(points(plan.methodology), 1):
        values |= keyed({
            f"meters.meter:{n}": f"Meter {n}", f"meters.certificate:{n}": f"C-{n}",
            f"meters.from:{n}": date(2020, 7, 1),
            f"meters.until:{n}": date(2022, 6, 30), f"meters.point:{n}": point,
        })  # fmt: skip
    return dataclasses.replace(submission, values=values)


@pytest.mark.office
@pytest.mark.parametrize("key", ["ID_AM002@2.0", "EX_AM903"])
def test_it_stays_clean_when_libreoffice_saves_it(
    key: str, tmp_path: Path, office: Any
) -> None:
    plan, submission = example_book(key, monthly=True)
    path = tmp_path / "book.xlsx"
    path.write_bytes(book(plan, submission))
    saved = tmp_path / "saved.xlsx"
    office.recalculate(path, save_as=saved)
    report = judged(saved)
    assert findings(report) == []
