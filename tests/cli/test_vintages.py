"""jcm-xl vintages: a report by calendar year, a plan's table C.3."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from jcm_xl import api
from jcm_xl.writing.vintage_book import write_vintage_book
from tests.cli.conftest import Run
from tests.plan.test_years import SHARES, by_month
from tests.support import example_book


def test_a_period_over_two_years_is_divided_by_months_or_days(
    run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "months.xlsx"
    path.write_bytes(
        api.book(*by_month(*example_book("TH_AM001@3.0", monthly=True), SHARES))
    )
    shown = run("vintages", path)
    assert shown.exit_code == 0
    assert "Each year is calculated from its own months." in shown.output
    assert "  2023  2023-01-01  2023-12-31  360.00" in shown.output
    found = json.loads(run("vintages", path, "--json").output)
    assert [y["tonnes"] for y in found["years"]] == [60, 360, 60]
    assert (found["total"], found["table_3"], found["basis"]) == (480, 480, "months")


def test_a_plan_asks_for_the_first_day(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    assert run("fill", "TH_AM001", "--example", "-o", path).exit_code == 0
    asked = run("vintages", path, "--stage", "plan")
    assert asked.exit_code == 2
    assert "name the first day of operation, as --from 2024-04-01" in asked.output
    out = tmp_path / "years.xlsx"
    given = run("vintages", path, "--from", "2024-04-01", "--until", "2026", "-o", out)
    assert given.exit_code == 0
    assert "2024  2024-04-01  2024-12-31  360.66" in given.output
    sheet = load_workbook(out)["By calendar year"]
    assert [row[0].value for row in sheet["A4:A7"]] == [2024, 2025, 2026, "Sum"]
    assert sheet["G4"].value == "=INT(F4)"
    assert sheet["G7"].value == "=SUM(G4:G6)"
    assert run("vintages", path, "--from", "2031-04-01").exit_code == 2


def test_years_that_do_not_make_the_period_are_divided_by_days(
    run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "rice.xlsx"
    plan, submission = by_month(*example_book("PH_AM004@1.0", monthly=True), SHARES)
    path.write_bytes(api.book(plan, submission))
    shown = run("vintages", path).output
    assert "the formulas are not proportional to the monthly amounts" in shown
    found = json.loads(run("vintages", path, "--json").output)
    assert found["basis"] == "days"
    assert found["total"] <= found["table_3"] == 3


def test_the_workbook_says_what_the_lines_say(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(api.book(*example_book("TH_AM001@3.0")))
    found = api.vintages(path, start=date(2025, 1, 1), until=2025)
    data = write_vintage_book(found.title, found.vintages, ["A sentence."])
    sheet = load_workbook(io.BytesIO(data))["By calendar year"]
    assert sheet["A1"].value == "JCM_TH_AM001_ver03.0, estimate, book.xlsx"
    assert sheet["A7"].value == "A sentence."
