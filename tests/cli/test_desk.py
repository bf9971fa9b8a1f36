"""whatif, sensitivity, bridge: what a verifier asks of a book."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.conftest import Run

KEY = "ID_AM004@2.0"


@pytest.fixture
def book(run: Run, tmp_path: Path) -> Path:
    path = tmp_path / "book.xlsx"
    assert run("fill", KEY, "--example", "-o", path).exit_code == 0
    return path


def figures_of(folder: Path, report: str) -> Path:
    """Write inputs whose plan is the example, and whose report is as given."""
    path = folder / "figures.toml"
    path.write_text(
        f"""methodology = "{KEY}"
reference_number = "ID004"
[ex_ante]
EC_PJ_i_p = [62.5]
[fixed]
COP_PJ_i = [4.2]
COP_RE_i = [3.2]
EF_elec = 0.814
[ex_post]
{report}""",
        "utf-8",
    )
    return path


def test_what_if_shows_both_figures_and_writes_nothing(run: Run, book: Path) -> None:
    before = book.read_bytes()
    shown = run("whatif", book, "EC_PJ_i_p[1]=405", "EF_elec=0.7")
    assert shown.exit_code == 0
    assert "EC_PJ,i,p  1    62.5   405  MWh/p     'MRS(input_separate)'!C10" in (
        shown.output
    )
    assert "Table 3  15          88         +73" in shown.output
    found = json.loads(run("whatif", book, "EF_elec=0.7", "--json").output)
    assert found["figures"][-1] == {"name": "Table 3", "before": 15, "after": 13}
    assert book.read_bytes() == before
    wrong = run("whatif", book, "EF=1")
    assert wrong.exit_code == 2
    assert "has no quantity 'EF'" in wrong.output


def test_sensitivity_sorts_and_draws(run: Run, book: Path, tmp_path: Path) -> None:
    out = tmp_path / "bars.xlsx"
    shown = run("sensitivity", book, "--by", "accuracy", "-o", out)
    assert shown.exit_code == 0
    assert "COP_PJ,i   1    4.2    -         +0.6677        1.19 %" in shown.output
    assert "No accuracy class on the sheet Meters could be read" in shown.output
    found = json.loads(run("sensitivity", book, "--json").output)
    assert [x["name"] for x in found["inputs"]] == [
        "COP_PJ_i", "COP_RE_i", "EC_PJ_i_p", "EF_elec",
    ]  # fmt: skip
    assert load_workbook(out)["Sensitivity"]["A4"].value == "COP_PJ,i[1]"


def test_the_meters_classes_are_combined(run: Run, tmp_path: Path) -> None:
    figures = figures_of(
        tmp_path,
        """EC_PJ_i_p = [60.0]
[period]
start = 2023-01-01
end = 2023-12-31
[[meters]]
meter = "M1"
accuracy_class = "0.5S"
certificate = "C-1"
valid_from = 2022-12-01
valid_until = 2024-12-01
point = "(1) EC_PJ,i,p"
""",
    )
    path = tmp_path / "metered.xlsx"
    made = run("fill", KEY, "--inputs", figures, "-o", path)
    assert made.exit_code == 0, made.output
    shown = run("sensitivity", path, "--by", "accuracy").output
    assert "Accuracy of the meters together: 0.07631 tCO2, 0.5 % of" in shown
    assert "Accuracy not known, not counted: COP_PJ,i[1], COP_RE,i[1], EF_elec" in shown


def test_a_bridge_leads_from_plan_to_report(
    run: Run, book: Path, tmp_path: Path
) -> None:
    later = tmp_path / "later.xlsx"
    figures = figures_of(
        tmp_path,
        """EC_PJ_i_p = [140.0]
[period]
start = 2022-01-01
end = 2023-12-31
""",
    )
    made = run("fill", KEY, "--inputs", figures, "-o", later)
    assert made.exit_code == 0, made.output
    out = tmp_path / "bridge.xlsx"
    shown = run("bridge", book, later, "-o", out)
    assert shown.exit_code == 0, shown.output
    words = " ".join(shown.output.split())
    assert "length of the period 365 730 days +15.89844" in words
    assert "EC_PJ,i,p[1] 125 140 +3.81562" in words
    assert "Not explained: 0" in shown.output
    found = json.loads(run("bridge", later, "--json").output)
    assert (found["first"], found["last"], found["open"]) == (15, 35, 0.0)
    sheet = load_workbook(out)["Bridge"]
    assert [sheet.cell(row, 1).value for row in (4, 5)] == [
        "book.xlsx, report", "length of the period",
    ]  # fmt: skip
    assert sheet["C5"].value == "=C4+B5"


def test_books_of_two_methodologies_have_no_bridge(
    run: Run, book: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.xlsx"
    assert run("fill", "TH_AM001", "--example", "-o", other).exit_code == 0
    refused = run("bridge", book, other)
    assert refused.exit_code == 2
    assert "of the same methodology" in refused.output
