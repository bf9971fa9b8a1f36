"""The official workbook filled in place; a participant's own file mended."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from jcm_xl import api
from jcm_xl.adopt.adoption import CannotAdopt
from jcm_xl.foreign.book import read
from jcm_xl.submission.settings import Settings
from jcm_xl.xlsx.package import open_bytes
from jcm_xl.xlsx.patch import changed_parts
from jcm_xl.xlsx.read import read_grid
from tests.adopt.books import edit, place, plan_of
from tests.cli.conftest import Run as Run
from tests.cli.conftest import run as run
from tests.support import example_book

KEY = "MM_AM005@1.0"


@pytest.fixture
def official(tmp_path: Path) -> Path:
    """Our own blank in the place of the official workbook."""
    path = tmp_path / "official.xlsx"
    path.write_bytes(api.new(KEY))
    edit(path, {})
    return path


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """A filled workbook that does not say who made it."""
    plan, submission = example_book(KEY)
    path = tmp_path / "filled.xlsx"
    path.write_bytes(api.book(plan, submission))
    edit(path, {})
    return path


def value_at(data: bytes, slot: str) -> object:
    """Return what a cell of a book holds, by the key of a slot."""
    sheet, cell = place(KEY, slot).rsplit("!", 1)
    found = read_grid(open_bytes(data)).sheet(sheet)
    assert found is not None
    at = plan_of(KEY).by_place[sheet]
    here = next(p for p, s in at.items() if s.address == cell)
    return found.cells[here].value


def test_fill_writes_the_official_workbook(
    run: Run, official: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.xlsx"
    done = run("fill", KEY, "--example", "--template", official, "-o", out)
    assert (done.exit_code, "Wrote" in done.output) == (0, True)
    m = plan_of(KEY).methodology
    _, submission = api.filled(m, _inputs())
    book = read(read_grid(open_bytes(out.read_bytes())), m)
    values = {k: v for k, v in submission.values.items() if k.stage != "plan"}
    assert dict(book.submission.values) == values
    assert "the official workbook has no cell for 365" in done.output
    changed = changed_parts(official.read_bytes(), out.read_bytes())
    assert all(name.startswith("xl/worksheets/") for name in changed)
    assert api.fill(KEY, _inputs(), template=official) == out.read_bytes()


def _inputs() -> object:
    from jcm_xl.inputs.example import example_inputs

    return example_inputs(plan_of(KEY).methodology, 1)


def test_the_next_report_of_a_plan_in_the_official_workbook(
    run: Run, official: Path, tmp_path: Path
) -> None:
    plan, submission = example_book(KEY)
    registered, out = tmp_path / "registered.xlsx", tmp_path / "next.xlsx"
    registered.write_bytes(api.book(plan, submission))
    done = run("new", "--plan", registered, "--template", official, "-o", out)
    assert done.exit_code == 0, done.output
    book = read(read_grid(open_bytes(out.read_bytes())), plan.methodology)
    planned = {k: v for k, v in submission.values.items() if k.stage in ("mps", "mss")}
    found = book.submission.values
    assert {k: found.get(k) for k in planned} == planned
    assert not any(key.is_in("mrs", "value") for key in found)


def test_a_sheet_of_ours_does_not_go_into_it(
    run: Run, official: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.xlsx"
    done = run("fill", KEY, "--example", "--monthly", "--template", official, "-o", out)
    assert (done.exit_code, "takes no sheet of ours" in done.output) == (2, True)
    assert not out.exists()


def test_repair_puts_inputs_into_the_official_workbook(
    run: Run, official: Path, filled: Path, tmp_path: Path
) -> None:
    out = tmp_path / "repaired.xlsx"
    edit(filled, {"mps.quantity:ER_p": 4711, "mps.value:D_p": 300}, plan_of(KEY))
    done = run("repair", filled, "--template", official, "-o", out)
    assert "4711" in done.output
    data = out.read_bytes()
    assert value_at(data, "mps.value:D_p") == 300
    assert value_at(data, "mps.quantity:ER_p") != 4711
    report = api.check(out, Settings(template=official, second_opinion=False))
    assert not {d.code for d in report.diagnostics} & {"JX208", "JX210", "JX211"}


def test_the_same_file_is_mended(run: Run, filled: Path, tmp_path: Path) -> None:
    slots = {"mps.value:D_p": "300", "mrs.value:D_p": "1,234 or so"}
    edit(filled, slots, plan_of(KEY))
    out = tmp_path / "mended.xlsx"
    done = run("repair", filled, "--take-meant", "-o", out)
    assert done.exit_code == 1, done.output
    assert place(KEY, "mrs.value:D_p").rsplit("!")[1] in done.output
    assert value_at(out.read_bytes(), "mps.value:D_p") == 300
    assert value_at(out.read_bytes(), "mrs.value:D_p") == "1,234 or so"
    changed = changed_parts(filled.read_bytes(), out.read_bytes())
    assert all(name.startswith("xl/worksheets/") for name in changed)
    assert api.take_meant(filled.read_bytes()).data == out.read_bytes()


def test_a_file_in_which_nothing_is_to_be_mended_is_told(filled: Path) -> None:
    with pytest.raises(CannotAdopt, match="it stays as it is"):
        api.take_meant(filled)


def test_a_book_of_ours_is_mended_too(tmp_path: Path) -> None:
    plan, submission = example_book(KEY)
    data = api.book(plan, submission)
    path = tmp_path / "ours.xlsx"
    path.write_bytes(data)
    book = openpyxl.load_workbook(path)
    sheet, cell = place(KEY, "mps.value:D_p").rsplit("!", 1)
    book[sheet][cell] = "365"
    book.save(path)
    done = api.take_meant(path)
    assert [(r.was, r.now) for r in done.restored] == [("365", "365")]
    path.write_bytes(done.data)
    report = api.check(path, replace(Settings(), second_opinion=False))
    assert report.exit_code == 0


def test_a_book_made_by_hand_is_annotated_in_itself(
    run: Run, official: Path, filled: Path, tmp_path: Path
) -> None:
    edit(filled, {"mps.quantity:ER_p": 4711, "mps.value:D_p": "x"}, plan_of(KEY))
    out = tmp_path / "annotated.xlsx"
    run("check", filled, "--template", official, "--annotate", out)
    before, after = (read_grid(open_bytes(p.read_bytes())) for p in (filled, out))
    assert after.sheets[:-1] == before.sheets
    assert after.sheets[-1].name == "Findings"
    sheet, cell = place(KEY, "mps.quantity:ER_p").rsplit("!", 1)
    assert "JX211" in openpyxl.load_workbook(out)[sheet][cell].comment.text
