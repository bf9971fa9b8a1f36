"""A check that fails takes nothing with it, and no book is clean without it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from jcm_xl import api
from jcm_xl.checks import form_run, run
from jcm_xl.checks.base import Finding, OpenedBook
from jcm_xl.checks.form_run import judge_form
from jcm_xl.checks.run import catalogue, check_grid
from jcm_xl.model.finding import Report, VerdictWord
from jcm_xl.projects.forms import make_form, open_form
from jcm_xl.submission.settings import Settings
from jcm_xl.xlsx.grid import Cell, Grid
from jcm_xl.xlsx.package import open_package
from jcm_xl.xlsx.read import read_grid
from tests.checks.cases import TODAY
from tests.forms.example import example_project
from tests.support import example_book, with_cell

SETTINGS = Settings(today=TODAY)
UNIT = "mrs.unit:EC_PJ_i_p"


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Grid:
    """A book with a changed unit and a text in place of a number."""
    plan, submission = example_book("ID_AM003@1.0")
    path = tmp_path_factory.mktemp("fence") / "book.xlsx"
    path.write_bytes(api.book(plan, submission))
    grid = read_grid(open_package(path))
    slots = {str(slot.key): slot for slot in plan.slots.values()}
    grid = with_cell(grid, slots[UNIT], Cell("kWh/p"))
    return with_cell(grid, slots["period.start"], Cell("soon"))


BOOKS = catalogue(frozenset({run.FORMS, run.PAPERS}))
"""The checks of monitoring spreadsheets; those of forms have their own test below."""


def fails(_: OpenedBook) -> Iterator[Finding]:
    raise ZeroDivisionError("planted")
    yield  # it is a generator, as every check


def judged(grid: Grid, monkeypatch: pytest.MonkeyPatch, *codes: str) -> Report:
    """Judge a book while these checks fail."""
    broken = {
        code: dataclasses.replace(check, run=fails) if code in codes else check
        for code, check in BOOKS.items()
    }
    monkeypatch.setattr(run, "catalogue", lambda _=None: broken)
    return check_grid(grid, settings=SETTINGS)


def found(report: Report) -> list[tuple[str, str]]:
    return [(d.code, d.place) for d in report.diagnostics]


@pytest.mark.parametrize("code", sorted(BOOKS))
def test_every_other_finding_is_told_when_a_check_fails(
    code: str, faulty: Grid, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = found(check_grid(faulty, settings=SETTINGS))
    assert {"JX204", "JX313"} <= {other for other, _ in whole}
    report = judged(faulty, monkeypatch, code)
    is_asked = any(f"check {code} could not be done" in s for s in report.skipped)
    assert is_asked is (catalogue()[code].folder != "answers")
    if is_asked:
        assert (report.exit_code, report.word) == (2, VerdictWord.NOT_JUDGED)
        assert report.verdict.startswith("CANNOT BE JUDGED WHOLLY (1 not done); ")
    missing = [each for each in whole if each not in found(report)]
    assert {other for other, _ in missing} <= {code}


def test_every_form_of_report_names_what_could_not_be_done(
    faulty: Grid, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = judged(faulty, monkeypatch, "JX204", "JX319")
    for form in ("text", "json", "markdown", "html", "sarif"):
        for language in ("en", "ja"):
            text = api.render(report, (language,), form)
            assert "JX319" in text, (form, language)
            assert "ZeroDivisionError" in text, (form, language)


def test_too_little_memory_is_no_fault_of_a_check(
    faulty: Grid, monkeypatch: pytest.MonkeyPatch
) -> None:
    def starves(_: OpenedBook) -> Iterator[Finding]:
        raise MemoryError
        yield

    check = dataclasses.replace(catalogue()["JX204"], run=starves)
    broken = {**catalogue(), "JX204": check}
    monkeypatch.setattr(run, "catalogue", lambda _=None: broken)
    with pytest.raises(MemoryError):
        check_grid(faulty, settings=SETTINGS)


@pytest.mark.parametrize("code", [check.code for check in run.form_catalogue()])
def test_a_check_of_forms_that_fails_takes_nothing_with_it(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = example_project(tmp_path / "TH000")
    path = tmp_path / "Reg_Req.xlsx"
    path.write_bytes(make_form(project, "Reg_Req").data)
    broken = tuple(
        dataclasses.replace(check, run=fails) if check.code == code else check
        for check in run.form_catalogue()
    )
    monkeypatch.setattr(form_run, "form_catalogue", lambda: broken)
    report = judge_form(open_form(path, project), path.name)
    assert report.exit_code == 2
    assert any(f"check {code} could not be done" in s for s in report.skipped)
    assert report.verdict.startswith("CANNOT BE JUDGED WHOLLY (1 not done); CLEAN")
