"""Every methodology: engine, LibreOffice and an independent engine give one number."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest

from jcm_xl import api
from jcm_xl.checks.run import check_file
from jcm_xl.definition.library import entries
from jcm_xl.plan.cells import read_submission
from jcm_xl.plan.identity import identify, plan_of
from jcm_xl.plan.plan import make_plan
from jcm_xl.submission.settings import Settings
from jcm_xl.xlsx.read import read_grid
from tests.books import example_submission
from tests.formula.test_second_opinion import disagreements
from tests.library.fills import random_fill
from tests.office.harness import Office
from tests.writing.test_recalculation import differences

KEYS = [entry.key for entry in entries()]
FILLS = 20

pytestmark = [pytest.mark.library]


@pytest.mark.office
@pytest.mark.parametrize("key", KEYS)
def test_random_fills_give_one_number_in_three_engines(
    key: str, office: Office, tmp_path: Path
) -> None:
    chance = random.Random(key)
    plan = make_plan(api.load(key))
    path = tmp_path / "fill.xlsx"
    found: list[str] = []
    for _ in range(FILLS):
        path.write_bytes(api.book(plan, random_fill(plan, chance)))
        found += differences(read_grid(path), office.recalculate(path))
        found += disagreements(path)
    assert found == []


@pytest.mark.parametrize("key", KEYS)
def test_random_fills_are_read_back(key: str, tmp_path: Path) -> None:
    chance = random.Random(f"{key} read")
    plan = make_plan(api.load(key))
    path = tmp_path / "fill.xlsx"
    for _ in range(3):
        submission = random_fill(plan, chance)
        path.write_bytes(api.book(plan, submission))
        grid = read_grid(path)
        assert plan_of(grid, identify(grid), plan.methodology) is plan
        assert read_submission(grid, plan) == submission


@pytest.mark.office
@pytest.mark.parametrize("key", KEYS)
def test_blank_and_example_books_give_one_number_in_three_engines(
    key: str, office: Office, tmp_path: Path
) -> None:
    m = api.load(key)
    path = tmp_path / "book.xlsx"
    books = [api.new(m), api.new(m, monthly=True, language="ja")]
    books += [api.book(*example_submission(m, n)) for n in range(len(m.examples))]
    found: list[str] = []
    for data in books:
        path.write_bytes(data)
        found += differences(read_grid(path), office.recalculate(path))
        found += disagreements(path)
    assert found == []


@pytest.mark.parametrize("key", KEYS)
def test_examples_are_clean_and_made_twice_the_same(key: str, tmp_path: Path) -> None:
    m = api.load(key)
    path = tmp_path / "book.xlsx"
    for number in range(len(m.examples)):
        for stage in ("plan", "report"):
            plan, submission = example_submission(m, number, stage=stage)
            data = api.book(plan, submission)
            assert data == api.book(plan, submission)
            path.write_bytes(data)
            report = check_file(path, Settings(today=date(2026, 1, 1)))
            findings = [d for d in report.diagnostics if d.severity]
            assert (report.stage, findings) == (stage, [])
