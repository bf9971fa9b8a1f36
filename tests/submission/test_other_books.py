"""What a report says of the books that one was compared with."""

from __future__ import annotations

import dataclasses
import itertools
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jcm_xl.api import book
from jcm_xl.checks.run import check_file
from jcm_xl.model.finding import Report
from jcm_xl.submission.settings import Settings
from tests.checks.cases import TODAY
from tests.keys import slot_key
from tests.support import DEFINITIONS, example_book

KEY = "EX_AM903"


def told(report: Report) -> list[str]:
    """Return the codes without that of the draft."""
    return [d.code for d in report.diagnostics if d.code != "JX104"]


def written(path: Path, stage: str = "report", **values: Any) -> Path:
    plan, submission = example_book(KEY, stage)
    edits = {slot_key(k.replace("__", ".")): value for k, value in values.items()}
    edited = dataclasses.replace(submission, values={**submission.values, **edits})
    path.write_bytes(book(plan, edited))
    return path


def of_year(folder: Path, year: int) -> Path:
    start, end = date(year, 1, 1), date(year, 12, 31)
    name = folder / f"report {year}.xlsx"
    return written(name, period__start=start, period__end=end)


def judged(path: Path, **settings: Any) -> Report:
    options = Settings(today=TODAY, definitions=DEFINITIONS, **settings)
    return check_file(path, options)


def books_of(report: Report) -> dict[str, str]:
    """Return what was compared with other books."""
    return {k: text for k, text in report.compared.items() if k in ("plan", "previous")}


def test_without_other_books_it_says_so(tmp_path: Path) -> None:
    report = judged(of_year(tmp_path, 2021))
    assert books_of(report) == {
        "plan": "Not compared with the registered plan.",
        "previous": "Not compared with earlier reports.",
    }
    assert not report.is_compared_with_plan
    plan = judged(written(tmp_path / "plan.xlsx", "plan"))
    assert list(books_of(plan)) == ["plan"]  # a plan has no reports before it


def test_it_names_file_and_hash(tmp_path: Path) -> None:
    registered = written(tmp_path / "registered.xlsx", "plan")
    before = of_year(tmp_path, 2020)
    report = judged(of_year(tmp_path, 2021), plan=registered, previous=(before,))
    hashes = [judged(path).sha256 for path in (registered, before)]
    assert books_of(report) == {
        "plan": f"Compared with the registered plan: registered.xlsx "
        f"(SHA-256 {hashes[0]}).",
        "previous": f"Compared with earlier reports: report 2020.xlsx "
        f"(SHA-256 {hashes[1]}).",
    }
    assert report.is_compared_with_plan
    assert report.exit_code == 0


@pytest.mark.parametrize("name", ["none.xlsx", "folder", "text.xlsx"])
def test_a_plan_that_cannot_be_read_is_an_error(name: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "text.xlsx").write_text("no workbook")
    report = judged(of_year(tmp_path, 2021), plan=tmp_path / name)
    assert told(report) == ["JX604"]
    assert (report.exit_code, report.is_compared_with_plan) == (1, False)
    assert report.compared["plan"] == (
        f"Not compared with the registered plan: {name} cannot serve as one."
    )


def test_the_order_of_files_does_not_matter(tmp_path: Path) -> None:
    path = of_year(tmp_path, 2021)
    others = [of_year(tmp_path, year) for year in (2017, 2018, 2019)]
    others.append(tmp_path / "none.xlsx")
    reports = [judged(path, previous=order) for order in itertools.permutations(others)]
    assert told(reports[0]) == ["JX613", "JX617"]
    assert all(report == reports[0] for report in reports)


def test_a_plan_is_compared_with_the_registered_one_too(tmp_path: Path) -> None:
    values = {"mps__value:EF_grid": 0.4}
    path = written(tmp_path / "plan.xlsx", "plan", **values)
    registered = written(tmp_path / "registered.xlsx", "plan")
    report = judged(path, plan=registered)
    assert report.diagnostics[0].message == (
        "EF_grid in E16 on MPS(input) is 0.4; the registered plan registered.xlsx "
        "has 0.36."
    )
    assert told(report) == ["JX607"]
