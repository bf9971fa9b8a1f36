"""Months in the units of invoices: the sheet, the engine and exact arithmetic agree."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from jcm_xl import api
from jcm_xl.expr.factors import factor
from jcm_xl.model.key import FIRST_MONTH, PERIOD, value_key
from jcm_xl.model.submission import Stage, Submission
from jcm_xl.plan.plan import Plan
from jcm_xl.plan.stage import month_units, monthly_sum
from jcm_xl.xlsx.read import read_grid
from tests.office.harness import Office
from tests.support import example_book
from tests.writing.test_recalculation import recalculated

UNITS = month_units("MWh/p")
KEYS = [value_key(Stage.REPORT, "EG_i_p", unit) for unit in (1, 2)]
FIRSTS = (date(2021, 1, 1), date(2021, 1, 20), date(2020, 12, 1), "January", None)
MONTHS = [520.5, 490.25, 470.125, 440.75, 410.0, 390.5,
          400.25, 420.1, 450.7, 480.0, 510.75, 530.3]  # fmt: skip


def typed(unit: str, other: str = "", first: object = None) -> tuple[Plan, Submission]:
    """Return a book of two systems, their months typed in two units."""
    plan, submission = example_book("EX_AM901", rows={"i": 2}, monthly=True)
    values = dict(submission.values)
    values |= dict(zip(PERIOD, (date(2021, 1, 1), date(2021, 12, 31)), strict=True))
    for key, of in zip(KEYS, (unit, other), strict=True):
        values.pop(key)
        times = factor("MWh", of or "MWh") or 1
        for k, amount in enumerate(MONTHS, 1):
            values[key.in_month(k)] = float(f"{float(Fraction(amount) * times):.15g}")
        if of:
            values[key.month_unit] = of
    if first is not None:
        values[FIRST_MONTH] = first  # type: ignore[assignment]
    return plan, replace(submission, values=values)


def test_the_units_of_electricity_are_those_of_invoices_and_boilers() -> None:
    assert UNITS == ("Wh", "MJ", "kWh", "GJ", "MWh", "TJ", "GWh", "PJ")
    assert month_units("kL/p") == ("L", "kL", "m3")
    assert month_units("Nm3/p") == ("Nm3",)


@pytest.mark.parametrize("unit", UNITS)
def test_the_sum_is_exact_to_fifteen_digits(unit: str) -> None:
    plan, submission = typed(unit)
    total = monthly_sum(plan, submission, KEYS[0])
    assert total is not None
    assert f"{total:.14g}" == f"{float(sum(map(Fraction, MONTHS))):.14g}"


@pytest.mark.office
@pytest.mark.parametrize("number", range(len(UNITS)))
def test_the_sheet_converts_as_the_engine_does(
    number: int, office: Office, tmp_path: Path
) -> None:
    first = FIRSTS[number % len(FIRSTS)]
    plan, submission = typed(UNITS[number], UNITS[-number], first)
    data = api.book(plan, submission)
    assert recalculated(office, data, tmp_path) == []
    there = {slot.key: slot for slot in plan.slots.values()}
    sheet = read_grid(tmp_path / "book.xlsx").sheet(there[KEYS[0]].sheet)
    assert sheet is not None
    slot = there[KEYS[0]]
    shown = sheet.cells[slot.row, slot.column].value
    assert shown == (monthly_sum(plan, submission, KEYS[0]) or "")
    is_right = first is None or (isinstance(first, date) and first.year == 2021)
    assert (shown != "") is is_right


@pytest.mark.office
def test_an_unknown_unit_leaves_the_report_empty(
    office: Office, tmp_path: Path
) -> None:
    plan, submission = typed("kWh", "kWh")
    values = {**submission.values, KEYS[1].month_unit: "litres"}
    data = api.book(plan, replace(submission, values=values))
    assert recalculated(office, data, tmp_path) == []
    assert monthly_sum(plan, replace(submission, values=values), KEYS[1]) is None
