"""adopt --sheet: the comparison as a workbook, and what is decided in it."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from jcm_xl.adopt.adoption import CannotAdopt
from jcm_xl.inputs.adoption_sheet import decided
from tests.adopt import unseen
from tests.cli.conftest import Run as Run
from tests.cli.conftest import run as run

TEXT = "monitoring.EC_PJ_i_p.C.procedure"
BY = ("--confirmed-by", "N. N.", "--confirmed-on", "2026-11-30")


@pytest.fixture
def official(tmp_path: Path) -> Path:
    """A workbook that has one text otherwise."""
    return unseen.saved(unseen.refrigerators(), tmp_path / "official.xlsx")


def _compared(run: Run, official: Path) -> Path:
    path = official.with_name("comparison.xlsx")
    done = run("adopt", official, "--sheet", path, "--force")
    assert (done.exit_code, f"Wrote {path}" in done.output) == (1, True)
    again = run("adopt", official, "--sheet", path)
    assert (again.exit_code, "exists already" in again.output) == (2, True)
    return path


def _decide(path: Path, item: str, answer: str) -> None:
    """Answer in the row of an item, in all sheets where it stands."""
    book = openpyxl.load_workbook(path)
    sheet = book.active
    for row in range(7, sheet.max_row + 1):
        if sheet.cell(row, 1).value == item:
            sheet.cell(row, 8).value = answer
    book.save(path)


def test_differences_stand_first_with_a_link_to_their_cell(
    run: Run, official: Path
) -> None:
    sheet = openpyxl.load_workbook(_compared(run, official)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=7)]
    assert [row[:2] for row in rows[:2]] == [[TEXT, "differs"]] * 2
    assert {row[1] for row in rows[2:]} == {"same", "not printed"}
    link = sheet["E7"].hyperlink
    assert (link.target, link.location) == ("official.xlsx", "'MPS(input)'!I8")
    assert sheet["B3"].value == sheet["B3"].value.strip() != ""


def test_only_what_was_decided_is_taken(
    run: Run, official: Path, tmp_path: Path
) -> None:
    path = _compared(run, official)
    words = ("--overlay", tmp_path / "overlays", *BY, "--force")
    done = run("adopt", official, "--take", path, *words)
    overlay = next((tmp_path / "overlays").iterdir())
    assert "Measured by a power meter" not in overlay.read_text()
    assert TEXT in done.output
    _decide(path, TEXT, "yes")
    run("adopt", official, "--take", path, *words)
    assert "Measured by a power meter" in overlay.read_text()


def test_an_unclear_answer_and_another_workbook_are_refused(
    run: Run, official: Path, tmp_path: Path
) -> None:
    path = _compared(run, official)
    _decide(path, TEXT, "perhaps")
    sha256 = str(openpyxl.load_workbook(path).active["B3"].value)
    with pytest.raises(CannotAdopt, match=r"'Comparison'!H7 .* reads perhaps"):
        decided(path, sha256)
    _decide(path, TEXT, "Yes")
    assert decided(path, sha256) == {TEXT}
    with pytest.raises(CannotAdopt, match="another official workbook"):
        decided(path, "0" * 64)
    with pytest.raises(CannotAdopt, match="is no workbook of"):
        decided(official, sha256)


def test_a_folder_has_no_one_sheet(run: Run, official: Path, tmp_path: Path) -> None:
    done = run("adopt", official.parent, "--sheet", tmp_path / "x.xlsx")
    assert (done.exit_code, "one workbook" in done.output) == (2, True)
