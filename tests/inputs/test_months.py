"""Amounts by month from TOML, CSV, a table and a frame say the same."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from jcm_xl.api import filled_inputs
from jcm_xl.inputs.problems import InputsError
from jcm_xl.inputs.read import read_inputs
from jcm_xl.model.key import FIRST_MONTH, month_note, value_key
from jcm_xl.plan.edition import Edition
from jcm_xl.plan.stage import monthly_sum
from tests.support import methodology

M = methodology("EX_AM901")
AMOUNTS = [[1200.5, 1100, 1000], [900, 800.25, 700]]
MAPPING: dict[str, Any] = {
    "period": {"start": date(2021, 1, 16), "end": date(2021, 3, 31)},
    "ex_ante": {"EG_i_p": [5, 5]},
    "fixed": {"grid_i": ["Northern grid", "Southern grid"]},
    "months": {"EG_i_p": {"unit": "kWh", "values": AMOUNTS}},
}
ROWS = [
    ["period_start", None, None, "2021-01-16", None, None],
    ["period_end", None, None, "2021-03-31", None, None],
    ["EG_i_p", 1, "plan", 5, None, None],
    ["EG_i_p", 2, "plan", 5, None, None],
    ["grid_i", 1, None, "Northern grid", None, None],
    ["grid_i", 2, None, "Southern grid", None, None],
    *(
        ["EG_i_p", unit, None, amount, f"2021-{k:02}", "kWh"]
        for unit, column in enumerate(AMOUNTS, 1)
        for k, amount in enumerate(column, 1)
    ),
]
FRAME = pd.DataFrame(
    ROWS, columns=["parameter", "unit", "stage", "value", "month", "month_unit"]
)


def source(form: str, folder: Path) -> Any:
    if form == "frame":
        return FRAME
    if form == "csv":
        FRAME.to_csv(folder / "in.csv", index=False)
        return folder / "in.csv"
    if form == "xlsx":
        FRAME.to_excel(folder / "in.xlsx", index=False)
        return folder / "in.xlsx"
    return MAPPING


@pytest.mark.parametrize("form", ["mapping", "csv", "xlsx", "frame"])
def test_every_form_fills_the_sheet_of_months(form: str, tmp_path: Path) -> None:
    plan, given = filled_inputs(M, source(form, tmp_path))
    assert plan.monthly
    assert given.stage == "report"
    assert given.submission.values[FIRST_MONTH] == date(2021, 1, 1)
    sums = [
        monthly_sum(plan, given.submission, value_key("mrs", "EG_i_p", unit))
        for unit in (1, 2)
    ]
    assert sums == [3.3005, 2.40025]


NOTES = {"2021-01": "Read on 16 January", "2021-02": "Credit note 17"}


@pytest.mark.parametrize("form", ["mapping", "csv", "xlsx", "frame"])
def test_notes_and_credit_notes_in_every_form(form: str, tmp_path: Path) -> None:
    amounts = [[1200.5, -100, 1000], [900, 800.25, 700]]
    mapping = {**MAPPING, "month_notes": NOTES,
               "months": {"EG_i_p": {"unit": "kWh", "values": amounts}}}  # fmt: skip
    rows = [[*row[:3], -100, *row[4:]] if row[3] == 1100 else row for row in ROWS]
    rows += [["month_note", None, None, said, k, None] for k, said in NOTES.items()]
    frame = pd.DataFrame(rows, columns=FRAME.columns)
    given: Any = {"frame": frame}.get(form, mapping)
    if form == "csv":
        frame.to_csv(given := tmp_path / "in.csv", index=False)
    if form == "xlsx":
        frame.to_excel(given := tmp_path / "in.xlsx", index=False)
    plan, found = filled_inputs(M, given)
    values = found.submission.values
    assert [values[month_note(k)] for k in (1, 2)] == list(NOTES.values())
    key = value_key("mrs", "EG_i_p", 1)
    assert monthly_sum(plan, found.submission, key) == 2.1005


@pytest.mark.parametrize("form", ["mapping", "frame"])
def test_one_total_in_place_of_months(form: str) -> None:
    mapping = {**MAPPING, "months": {"EG_i_p": {"unit": "kWh", "total": [3300, 2400]}}}
    totals = [["EG_i_p", u, None, t, "total", "kWh"] for u, t in ((1, 3300), (2, 2400))]
    frame = pd.DataFrame([*ROWS[:6], *totals], columns=FRAME.columns)
    plan, found = filled_inputs(M, mapping if form == "mapping" else frame)
    keys = [value_key("mrs", "EG_i_p", unit) for unit in (1, 2)]
    assert [found.submission.values[key.month_total] for key in keys] == [3300, 2400]
    assert [monthly_sum(plan, found.submission, key) for key in keys] == [3.3, 2.4]


def test_a_figure_of_the_report_is_one_total_of_a_book_with_months() -> None:
    mapping = {**MAPPING, "ex_post": {"EG_i_p": [3.3, 2.4]}}
    mapping.pop("months")
    plan, found = filled_inputs(M, mapping, Edition(monthly=True))
    keys = [value_key("mrs", "EG_i_p", unit) for unit in (1, 2)]
    assert not set(keys) & set(found.submission.values)
    assert [monthly_sum(plan, found.submission, key) for key in keys] == [3.3, 2.4]


def test_toml_names_the_line(tmp_path: Path) -> None:
    text = (
        "[period]\nstart = 2021-01-01\nend = 2021-02-28\n[ex_ante]\nEG_i_p = [5]\n"
        '[months.EG_i_p]\nunit = "litres"\nvalues = [[1, -2, 3]]\n[months.grid_i]\n'
        "values = [1]\n[months.EG_p]\nvalue = 3\n"
    )
    path = tmp_path / "in.toml"
    path.write_text(text)
    with pytest.raises(InputsError) as error:
        read_inputs(path, M)
    said = str(error.value)
    for piece in (
        "line 7: months.EG_i_p.unit: found 'litres'; expected one of Wh, MJ, kWh",
        "line 8: months.EG_i_p.values[1][2]: found -2; a negative month is a credit",
        "line 8: months.EG_i_p.values[1][3]: the period has the months 2021-01 to",
        "grid_i is no monitored amount, so it has no months",
        "line 12: months.EG_p.value: unknown key",
    ):
        assert piece in said, said


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"ex_post": {"EG_i_p": [1, 1]}}, "it is given as one figure, too"),
        ({"period": {"start": date(2021, 1, 1)}}, "the period has to be given"),
        ({"months": {"EG_i_p": {"values": [1, 2, 3]}}}, "the number of the unit"),
        ({"months": {"EG_i_p": [1]}}, "expected a table: [months.EG_i_p]"),
        ({"months": {"EG_i_p": {"values": 3}}}, "expected a list of amounts"),
    ],
)
def test_what_is_wrong_is_said(change: dict[str, Any], says: str) -> None:
    with pytest.raises(InputsError) as error:
        read_inputs({**MAPPING, **change}, M)
    assert says in str(error.value)
