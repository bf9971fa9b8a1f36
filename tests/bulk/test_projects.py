"""A folder with a double claim is not clean: its books are judged beside each other."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from jcm_xl import api
from jcm_xl.bulk.projects import FolderBook, beside, judge_folder
from jcm_xl.checks.run import check_file
from jcm_xl.model.finding import Report
from jcm_xl.submission.settings import Kinship, Settings
from tests.checks.cases import TODAY
from tests.keys import slot_key
from tests.support import DEFINITIONS, example_book

KEY = "EX_AM903"
SETTINGS = Settings(today=TODAY, definitions=DEFINITIONS)
YEAR = {"period__start": date(2021, 1, 1), "period__end": date(2021, 12, 31)}
NEXT = {"period__start": date(2022, 1, 1), "period__end": date(2022, 12, 31)}


def written(path: Path, stage: str = "report", **values: Any) -> Path:
    plan, submission = example_book(KEY, stage)
    edits = {slot_key(k.replace("__", ".")): value for k, value in values.items()}
    edited = dataclasses.replace(submission, values={**submission.values, **edits})
    path.write_bytes(api.book(plan, edited))
    return path


def report(path: Path, amount: float, **values: Any) -> Path:
    """Write a report with an amount of electricity that no other year has."""
    return written(path, **{"mrs__value:EG_p": amount, **values})


def each(tasks: Any) -> Iterator[Report]:
    """Judge in this process."""
    return (check_file(path, settings) for path, settings in tasks)


def judged(*paths: Path) -> dict[str, tuple[list[str], int]]:
    """Return what is asked of each book, and its exit code."""
    reports = list(judge_folder(paths, SETTINGS, each))
    assert [r.file for r in reports] == [p.name for p in paths]
    return {
        r.file: ([d.code for d in r.diagnostics if d.asks], r.exit_code)
        for r in reports
    }


CLEAN: tuple[list[str], int] = ([], 0)


def test_plan_and_reports_one_after_the_other_are_clean(tmp_path: Path) -> None:
    paths = (
        written(tmp_path / "plan.xlsx", "plan"),
        report(tmp_path / "y1.xlsx", 58123.4, **YEAR),
        report(tmp_path / "y2.xlsx", 57911.2, **NEXT),
    )
    assert set(map(str, judged(*paths).values())) == {str(CLEAN)}
    plan, first, second = judge_folder(paths, SETTINGS, each)
    assert second.compared["plan"].startswith("Compared with the registered plan: plan")
    assert "y1.xlsx" in second.compared["previous"]
    assert first.compared["previous"] == "Not compared with earlier reports."
    assert "previous" not in plan.compared


def test_days_in_two_reports_are_told_of_both(tmp_path: Path) -> None:
    late = {"period__start": date(2021, 7, 1), "period__end": date(2022, 6, 30)}
    found = judged(
        report(tmp_path / "a.xlsx", 58123.4, **YEAR),
        report(tmp_path / "b.xlsx", 57911.2, **late),
    )
    assert found == {"a.xlsx": (["JX616"], 1), "b.xlsx": (["JX616"], 1)}


def test_two_rounds_of_a_report_are_asked_about(tmp_path: Path) -> None:
    first = report(tmp_path / "round 1.xlsx", 58123.4, **YEAR)
    second = report(tmp_path / "round 2.xlsx", 58120.9, **YEAR)
    assert judged(first, second) == {
        "round 1.xlsx": (["JX624"], 1), "round 2.xlsx": (["JX624"], 1)
    }  # fmt: skip
    copy = tmp_path / "copy of round 1.xlsx"
    copy.write_bytes(first.read_bytes())
    assert set(map(str, judged(first, copy).values())) == {str(CLEAN)}


def test_of_two_plans_neither_is_taken(tmp_path: Path) -> None:
    paths = (
        written(tmp_path / "plan 1.xlsx", "plan"),
        written(tmp_path / "plan 2.xlsx", "plan", **{"mps__value:EG_p": 57000.0}),
        report(tmp_path / "y1.xlsx", 58123.4, **YEAR),
    )
    assert judged(*paths) == {
        "plan 1.xlsx": (["JX625"], 1), "plan 2.xlsx": (["JX625"], 1), "y1.xlsx": CLEAN
    }  # fmt: skip
    *_, of_year = judge_folder(paths, SETTINGS, each)
    assert of_year.compared["plan"] == "Not compared with the registered plan."


def test_figures_under_another_number_are_told_of_both(tmp_path: Path) -> None:
    found = judged(
        report(tmp_path / "a.xlsx", 58123.4, **YEAR),
        report(tmp_path / "b.xlsx", 58123.4, **NEXT, reference_number="EX002"),
        report(tmp_path / "c.xlsx", 58000.0, **NEXT, reference_number="EX003"),
    )
    assert found == {
        "a.xlsx": (["JX626"], 1), "b.xlsx": (["JX626"], 1), "c.xlsx": CLEAN
    }  # fmt: skip


def test_figures_of_the_year_before_are_told(tmp_path: Path) -> None:
    found = judged(
        report(tmp_path / "a.xlsx", 58123.4, **YEAR),
        report(tmp_path / "b.xlsx", 58123.4, **NEXT),
    )
    assert found == {"a.xlsx": CLEAN, "b.xlsx": (["JX623"], 1)}


def test_what_cannot_be_judged_takes_no_part(tmp_path: Path) -> None:
    text = tmp_path / "no.xlsx"
    text.write_text("a;b")
    found = judged(text, report(tmp_path / "a.xlsx", 58123.4, **YEAR))
    assert found == {"no.xlsx": ([], 2), "a.xlsx": CLEAN}


def test_the_pool_judges_a_folder_alike(tmp_path: Path) -> None:
    paths = (
        report(tmp_path / "round 1.xlsx", 58123.4, **YEAR),
        report(tmp_path / "round 2.xlsx", 58120.9, **YEAR),
        report(tmp_path / "y2.xlsx", 57911.2, **NEXT),
    )
    seen: list[None] = []
    there = list(
        api.check_many(paths, SETTINGS, jobs=2, seen=lambda: seen.append(None))
    )
    assert there == list(judge_folder(paths, SETTINGS, each))
    assert len(seen) == 3


def a_claim(name: str, **facts: Any) -> FolderBook:
    known = {
        "path": Path(name), "sha256": name, "number": "EX001",
        "reference_number": "EX001", "key": "EX_AM903@1.0", "stage": "report",
        "period": (date(2021, 1, 1), date(2021, 12, 31)), "is_complete": True,
        "prints": (),
    }  # fmt: skip
    return FolderBook(**{**known, **facts})


def test_what_was_given_by_hand_is_kept() -> None:
    given = dataclasses.replace(SETTINGS, plan=Path("p.xlsx"))
    claims = [a_claim("plan", stage="plan", period=None), a_claim("a")]
    assert beside(claims, given) == {}
    assert beside(claims, SETTINGS)[1].plan == Path("plan").absolute()


def test_a_plan_of_another_version_is_not_taken() -> None:
    plan = a_claim("plan", stage="plan", period=None, key="EX_AM903@2.0")
    assert beside([plan, a_claim("a")], SETTINGS) == {}


def test_a_folder_full_of_one_report_stays_readable() -> None:
    claims = [a_claim(str(n)) for n in range(300)]
    told = beside(claims, SETTINGS)
    assert {len(s.siblings) for s in told.values()} == {10}
    assert {s.kinship for s in told[0].siblings} == {Kinship.ROUND}
