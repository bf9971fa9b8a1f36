"""--template at calc, explain and import: the official workbook speaks there, too."""

from __future__ import annotations

from pathlib import Path

import pytest

from jcm_xl import api
from jcm_xl.submission.settings import Settings
from tests.adopt.books import edit, place, plan_of
from tests.cli.conftest import Run as Run
from tests.cli.conftest import run as run
from tests.rounds import later
from tests.support import example_book

KEY = "MM_AM005@1.0"
AGREES = "gives the same Table 3 as the definition: MPS 19460; MRS 19460"


@pytest.fixture
def official(tmp_path: Path) -> Path:
    """Our own blank in the place of the official workbook."""
    path = tmp_path / "official" / "official.xlsx"
    path.parent.mkdir()
    path.write_bytes(api.new(KEY))
    edit(path, {})
    return path


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """A filled workbook that does not say who made it."""
    path = tmp_path / "filled.xlsx"
    path.write_bytes(api.book(*example_book(KEY)))
    edit(path, {"mps.quantity:ER_p": 4711}, plan_of(KEY))
    path.write_bytes(api.type_in(path.read_bytes(), {}))  # openpyxl stores no results
    return path


@pytest.mark.parametrize("words", [("calc",), later(("explain",))])
@pytest.mark.parametrize("option", ["--template", "--templates"])
def test_what_the_official_workbook_gives_is_said(
    run: Run, official: Path, filled: Path, words: tuple[str, ...], option: str
) -> None:
    named = official if option == "--template" else official.parent
    # By a folder a book that fits our own template is compared with that.
    done = run(*words, filled, option, named)
    said = " ".join(done.output.split())
    if option == "--template":
        assert AGREES in said
        sheet, cell = place(KEY, "mps.quantity:ER_p").rsplit("!", 1)
        assert f"guarded cells are not as in it, the first at '{sheet}'!{cell}" in said
    else:
        assert "Not compared with the official workbook" in said


def test_import_tells_what_is_not_as_in_it(
    run: Run, official: Path, filled: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.xlsx"
    done = run("import", filled, "--template", official, "-o", out)
    assert "holds 4711; the official workbook" in done.output


def test_the_report_says_what_the_official_workbook_gives(
    official: Path, filled: Path
) -> None:
    report = api.check(filled, Settings(template=official))
    assert AGREES in str(report.compared["official figures"])
    edit(official, {"mps.result": "=1+1"}, plan_of(KEY))
    report = api.check(filled, Settings(template=official))
    assert "gives another Table 3: MPS 2 (definition 19460)" in str(
        report.compared["official figures"]
    )


def test_two_books_made_by_hand_are_compared(
    run: Run, official: Path, filled: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.xlsx"
    other.write_bytes(filled.read_bytes())
    edit(other, {"mps.quantity:ER_p": 4712, "mps.value:D_p": 300}, plan_of(KEY))
    other.write_bytes(api.type_in(other.read_bytes(), {}))
    same = run("diff", filled, filled, "--template", official)
    assert same.exit_code == 0, same.output
    done = run("diff", filled, other, "--template", official)
    assert done.exit_code == 1
    for words in ("300", "4711", "4712", place(KEY, "mps.value:D_p").rsplit("!")[1]):
        assert words in done.output
