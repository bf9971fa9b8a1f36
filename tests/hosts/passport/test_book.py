"""The passport as it is made: derived from the books, whole, the same bytes."""

from __future__ import annotations

import io
import re
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from jcm_xl import api
from jcm_xl.cli import main
from jcm_xl.desk import excel
from jcm_xl.formula.evaluation.book import evaluate_cells
from jcm_xl.hosts.excel.vba.sources import own_text
from jcm_xl.hosts.passport import book as made
from jcm_xl.hosts.passport.live_trials import UNTRIED
from jcm_xl.hosts.passport.rows import HERE, MACRO_FACTS
from jcm_xl.hosts.passport.shapes import formula_trials, shape_of
from jcm_xl.hosts.passport.trial import EQUAL, RESULTS, WAITING, TrialKind, answer
from jcm_xl.live.functions import REGISTRY
from jcm_xl.xlsx.package import open_bytes
from jcm_xl.xlsx.read import read_grid
from tests.hosts.passport.simulated import KEYS, small
from tests.support import example_book

pytest.importorskip("xlwings")

from tests.desk.fake_excel import open_in_excel, said


def test_our_own_evaluation_gives_what_is_expected() -> None:
    """The cells that a formula reads were moved, and it means the same."""
    rows, data = small(has_macros=False)
    grid = read_grid(open_bytes(data))
    ours = {
        r: t for r, t in rows.trials.items() if t.section is not TrialKind.FUNCTIONS
    }
    found = evaluate_cells(grid, [(RESULTS, row, HERE) for row in ours])
    different = [
        (trial.where, trial.expected, told)
        for (row, trial), told in zip(ours.items(), found.values(), strict=True)
        if trial.expected is not None and answer(trial, told.value) != EQUAL
    ]
    assert different == []
    assert len(ours) > 100


def test_every_shape_of_a_book_is_tried() -> None:
    trials = formula_trials(["ID_AM003@1.0"])
    words = ("".join("A1" if not isinstance(p, str) else p for p in t.pieces)
             for t in trials)  # fmt: skip
    tried = {re.sub(r"!?\$?c\$?r(:\$?c\$?r)?", "x", shape_of(text)) for text in words}
    grid = read_grid(open_bytes(api.book(*example_book("ID_AM003@1.0"))))
    stored = {cell.formula for sheet in grid.sheets for cell in sheet.cells.values()
              if cell.formula}  # fmt: skip
    shapes = {re.sub(r"!?\$?c\$?r(:\$?c\$?r)?", "x", shape_of(f)) for f in stored}
    assert shapes <= tried
    assert {t.expected for t in trials if isinstance(t.expected, float)}


@pytest.mark.parametrize("has_macros", [False, True])
def test_every_function_and_button_is_tried(has_macros: bool) -> None:
    rows, _ = small(has_macros=has_macros)
    functions = [t for t in rows.trials.values() if t.section is TrialKind.FUNCTIONS]
    assert {t.what for t in functions} == {entry.name for entry in REGISTRY}
    assert [t.where for t in functions if UNTRIED in t.where] == []
    pressed = {made.action_of(name) for name in rows.buttons}
    assert pressed == (set(excel.ACTIONS) if has_macros else set())


def test_the_same_passport_is_the_same_file() -> None:
    for has_macros in (False, True):
        assert (
            made.passport(KEYS, has_macros=has_macros)
            == small(has_macros=has_macros)[1]
        )


def test_nothing_is_stored_as_calculated() -> None:
    rows, data = small(has_macros=False)
    sheet = read_grid(open_bytes(data)).sheet(RESULTS)
    assert sheet is not None
    assert {sheet.cells[row, HERE].value for row in rows.trials} == {WAITING}


def test_the_macro_knows_every_fact_and_the_columns() -> None:
    text = own_text("JcmPassport")
    assert f'JCM_SHEET As String = "{RESULTS}"' in text
    assert f"JCM_COLUMN As Long = {HERE}" in text
    fact = text.partition("Function JcmFact(")[2].partition("End Function")[0]
    assert re.findall(r'Case "(\w+)"', fact) == list(MACRO_FACTS)


def test_a_button_writes_its_words_into_the_passport(tmp_path: Path) -> None:
    rows, data = small(has_macros=True)
    path = tmp_path / "passport.xlsm"
    path.write_bytes(data)
    book = open_in_excel(path, answers=("no",))
    for action in ("check", "recalculate"):
        excel.run(action, book)
    sheet = book.impl.file[RESULTS]
    for number, name in enumerate(("JcmCheck", "JcmRecalculate")):
        words = sheet.cell(rows.buttons[name], HERE).value
        assert str(words).lstrip("'") == said(book)[number][1]
    assert sheet.cell(rows.buttons["JcmExport"], HERE).value is None


def test_the_command_wants_an_ending(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["passport", "-o", str(tmp_path / "a.ods")])
    assert (done.exit_code, ".xlsm (macros) or .xlsx" in done.output) == (2, True)
    done = CliRunner().invoke(main, ["passport"])
    assert done.exit_code == 2
    mine = tmp_path / "mine.xlsx"
    mine.write_text("mine")
    done = CliRunner().invoke(main, ["passport", "-o", str(mine)])
    assert (done.exit_code, mine.read_text()) == (2, "mine")
    assert "exists" in done.output
    book = openpyxl.load_workbook(io.BytesIO(small(has_macros=False)[1]))
    assert book.active is not None
    assert book.active.title == RESULTS
