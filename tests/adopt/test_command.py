"""jcm-xl adopt: what a person reads, what a program reads, and the exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from jcm_xl import api
from tests.adopt.books import edit, place, plan_of
from tests.cli.conftest import Run as Run
from tests.cli.conftest import run as run


@pytest.fixture
def official(tmp_path: Path) -> Path:
    """A blank that another program saved: nothing in it says that we made it."""
    path = tmp_path / "JCM_TH_AM001_ver03.0.xlsx"
    path.write_bytes(api.new("TH_AM001@3.0"))
    edit(path, {})
    return path


def test_all_the_same(run: Run, official: Path) -> None:
    result = run("adopt", official)
    assert result.exit_code == 0
    assert "eligibility: it stands in the methodology document" in result.output
    assert "differs" not in result.output
    assert "proof by calculation: equal on 200 of 200" in result.output


def test_a_difference_for_people_and_programs(run: Run, official: Path) -> None:
    key = "mps.quantity:PE_p"
    edit(official, {key: 1}, plan_of("TH_AM001@3.0"))
    sheet, cell = place("TH_AM001@3.0", key).rsplit("!", 1)
    result = run("adopt", official)
    assert result.exit_code == 1
    facts = json.loads(run("adopt", official, "--format", "json").output)
    assert facts["methodology"] == "TH_AM001@3.0"
    fine = ("same", "not printed")
    (wrong,) = [item for item in facts["items"] if item["verdict"] not in fine]
    assert (wrong["item"], wrong["sheet"], wrong["cell"]) == (
        "formulas.PE_p", sheet, cell,
    )  # fmt: skip
    assert f"differs: formulas.PE_p  {sheet}!{cell}" in result.output
    assert facts["counts"][wrong["verdict"]] == 1


def test_a_book_of_ours_confirms_nothing(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "ours.xlsx"
    path.write_bytes(api.new("TH_AM001@3.0"))
    result = run("adopt", path)
    assert result.exit_code == 2
    assert "was made by jcm_xl from the definition of TH_AM001@3.0" in result.output


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("Monitoring Spreadsheet: JCM_TH_AM999_ver01.0", "TH_AM999"),
        ("My own table", "Name the methodology with --methodology"),
    ],
)
def test_what_cannot_be_read(run: Run, tmp_path: Path, cell: str, words: str) -> None:
    path = tmp_path / "other.xlsx"
    book = openpyxl.Workbook()
    book.active["A1"] = cell
    book.save(path)
    result = run("adopt", path)
    assert (result.exit_code, words in result.output) == (2, True)


def test_a_workbook_without_tables(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "other.xlsx"
    book = openpyxl.Workbook()
    book.active["A1"] = "Monitoring Spreadsheet: JCM_TH_AM001_ver03.0"
    book.save(path)
    result = run("adopt", path)
    assert result.exit_code == 2
    assert "other.xlsx: no table and no calculation" in result.output
