"""check --template: a book made by hand is guarded by the official workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from jcm_xl import api
from jcm_xl.model.finding import Report
from jcm_xl.submission.settings import Settings
from tests.adopt.books import edit, place, plan_of
from tests.cli.conftest import Run as Run
from tests.cli.conftest import run as run
from tests.rounds import later
from tests.support import example_book

SETTINGS = Settings(today=date(2026, 11, 22), second_opinion=False)
KEY = "MM_AM005@1.0"


@pytest.fixture
def books(tmp_path: Path) -> dict[str, Path]:
    """The official workbook and a filled one; neither has our stamp."""
    plan, submission = example_book(KEY)
    found = {}
    for name, data in (
        ("official", api.new(plan.methodology)), ("filled", api.book(plan, submission))
    ):  # fmt: skip
        (tmp_path / name).mkdir()
        found[name] = tmp_path / name / f"{name}.xlsx"
        found[name].write_bytes(data)
        edit(found[name], {})
    return found


def judged(books: Mapping[str, Path], **more: Path) -> Report:
    """Judge the filled book by the official one."""
    given = more or {"template": books["official"]}
    return api.check(books["filled"], replace(SETTINGS, **given))


def told(report: Report) -> set[tuple[str, str, str]]:
    """Return code, sheet and cell of every finding."""
    return {(d.code, d.sheet, d.cell) for d in report.diagnostics}


def test_an_honest_book_has_no_other_finding(books: dict[str, Path]) -> None:
    found = judged(books)
    guarded = {"JX204", "JX207", "JX208", "JX210", "JX211", "JX212", "JX213", "JX214"}
    assert not {line for line in told(found) if line[0] in guarded}
    assert "Compared with the official workbook official.xlsx, SHA-256" in str(
        found.compared["template"]
    )


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("mps.quantity:ER_p.label", "Emission reductions of the site", "JX208"),
        later("mps.quantity:ER_p.unit", "kgCO2/p", "JX204"),
        later("mps.quantity:ER_p", "=1+1", "JX210"),
        ("mps.quantity:ER_p", 4711, "JX211"),
        later("mps.quantity:ER_p", None, "JX212"),
        later("mrs.unit:D_p", "GWh/p", "JX204"),
    ],
)
def test_a_guarded_cell_is_told_with_its_own_code(
    books: dict[str, Path], key: str, value: object, code: str
) -> None:
    before = told(judged(books))
    edit(books["filled"], {key: value}, plan_of(KEY))
    sheet, cell = place(KEY, key).rsplit("!", 1)
    assert (code, sheet, cell) in told(judged(books)) - before


@pytest.mark.slow
def test_a_figure_added_to_a_calculation_is_told(books: dict[str, Path]) -> None:
    book = openpyxl.load_workbook(books["filled"])
    sheet = plan_of(KEY).sheets["mps_calc"]
    book[sheet]["Z9"] = 5
    book.save(books["filled"])
    assert ("JX214", sheet, "Z9") in told(judged(books))


@pytest.mark.slow
def test_inserted_lines_are_undone(books: dict[str, Path]) -> None:
    book = openpyxl.load_workbook(books["filled"])
    book["MSS"].insert_rows(4, 2)
    book.save(books["filled"])
    assert not {line for line in told(judged(books)) if line[1] == "MSS"}


@pytest.mark.slow
def test_a_folder_of_templates_is_asked_by_id(books: dict[str, Path]) -> None:
    key = "mps.quantity:ER_p.label"
    edit(books["filled"], {key: "Something else"}, plan_of(KEY))
    found = judged(books, templates=books["official"].parent)
    assert ("JX208", *place(KEY, key).rsplit("!", 1)) in told(found)


def test_a_template_of_another_methodology_judges_nothing(
    run: Run, books: dict[str, Path], tmp_path: Path
) -> None:
    other = tmp_path / "other.xlsx"
    other.write_bytes(api.new("TH_AM001@1.0"))
    edit(other, {})
    result = run("check", books["filled"], "--template", other)
    assert result.exit_code == 2
    assert "is the template of TH_AM001@1.0" in result.output


@pytest.mark.slow
def test_a_book_of_ours_is_compared_with_its_own(books: dict[str, Path]) -> None:
    plan, submission = example_book(KEY)
    books["filled"].write_bytes(api.book(plan, submission))
    found = judged(books)
    assert str(found.compared["official"]).startswith("Not compared with the official")
    assert found.exit_code == 0


@pytest.mark.slow
def test_a_book_of_ours_is_no_template(run: Run, books: dict[str, Path]) -> None:
    ours = books["filled"].parent / "ours.xlsx"
    ours.write_bytes(api.new(KEY))
    result = run("check", books["filled"], "--template", ours)
    assert (result.exit_code, "was made by jcm_xl" in result.output) == (2, True)
