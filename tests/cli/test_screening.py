"""jcm-xl screen: a participant's first question."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from tests.cli.conftest import Run

KEY = Path(__file__).parents[1] / "definitions" / "EX_AM901_ver01.0.toml"


def test_a_country_and_a_technology_lead_to_a_methodology(run: Run) -> None:
    result = run("screen", "TH", "solar")
    assert result.exit_code == 0
    assert "TH_AM001@3.0  Installation of Solar PV System" in result.output
    assert result.output.rstrip().endswith("Next: jcm-xl screen TH_AM001@3.0")
    assert run("screen", "TH", "forests").exit_code == 1


def test_answers_lead_to_tonnes_and_a_plan(run: Run, tmp_path: Path) -> None:
    book = tmp_path / "plan.xlsx"
    words = ("--yes", "EC1,EC2", "--set", "EG_i_p=1200;850.5", "--set",
             "grid_i=Northern grid;Southern grid", "--start", "2030-01-01")  # fmt: skip
    result = run("screen", KEY, *words, "-o", book, "--lang", "ja")
    assert result.exit_code == 0, result.output
    assert "  2030  365   1,151" in result.output.splitlines()
    planned = run("calc", book, "--stage", "plan", "--definitions", KEY.parent)
    assert "1151.601" in planned.output
    guide = openpyxl.load_workbook(book)["Guide"]
    shown = " ".join(str(cell.value) for row in guide for cell in row if cell.value)
    assert "シート" in shown


def test_without_numbers_they_are_asked(run: Run) -> None:
    result = run("screen", "TH_AM001")
    assert result.exit_code == 1
    assert "EG_i_p" in result.output
    assert "Emission reductions" not in result.output


def test_what_is_no_pair_or_no_number_is_told(run: Run) -> None:
    assert "write --set NAME=VALUE" in run("screen", "TH_AM001", "--set", "x").output
    wrong = run("screen", KEY, "--set", "EG_i_p=12 MWh")
    assert wrong.exit_code == 2
    assert "12 MWh" in wrong.output
