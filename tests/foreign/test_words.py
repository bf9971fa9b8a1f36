"""What people write for one and the same thing, and what is another thing."""

from __future__ import annotations

import pytest

from jcm_xl.foreign.heads import days_of
from jcm_xl.foreign.words import (
    heading_role,
    is_legend,
    is_reference,
    is_result_heading,
    option_letter,
    same_unit,
    says,
    symbol_and_unit,
    unit_number,
)
from jcm_xl.plan.layout import layout

OPTIONS = {
    "Option C": "C", "option-c": "C", "C": "C", "オプションC": "C",
    "Option C / オプションC": "C", "Option B (invoices)": "B",
    "Option B or Option C": "", "Option B or C": "", "Option B, C": "", "n/a": "",
    "Monitored": "", "Option D": "",
}  # fmt: skip
HEADINGS = {
    "Units / 単位": "unit", "単位": "unit", "Monitored\nValues": "value",
    "モニタリング値（MWh/p）": "value", "データの出典": "source", "(d) Units": "unit",
    "パラメータ\nParameters": "symbol", "備考": "comment", "Data entered": "",
    "Net calorific value (GJ/t)": "", "TPE check": "",
}  # fmt: skip
SAME = [
    ("[MWh/p]", "MWh/p"), ("(tCO2/MWh)", "tCO2/MWh"), ("t-CO2/MWh", "tCO2/MWh"),
    ("tCO₂/p", "tCO2/p"), ("tCO2e/p", "tCO2/p"), ("t-CO2eq./MWh", "tCO2/MWh"),
    ("MWh / p", "MWh/p"), ("ＭＷｈ／ｐ", "MWh/p"), ("MWh/period", "MWh/p"),
]  # fmt: skip
OTHER = [
    ("kWh/p", "MWh/p"), ("ktCO2/p", "tCO2/p"), ("tCO2/y", "tCO2/p"), ("", "MWh/p"),
    ("kgCO2e/p", "tCO2/p"), ("mWh/p", "MWh/p"), ("tCH4/p", "tCO2/p"),
]  # fmt: skip
NUMBERS = {
    "(3)": 3, "No. 3": 3, "3": 3, "Unit 3": 3, "PV system 3": 3, "設備3": 3,
    "3号機": 3, "#3": 3, "Table 3": 0, "Option 3": 0, "total": 0, "2.5 MW": 0,
}  # fmt: skip
DAYS = {
    "1/Jan/2022-31/Dec/2022": ("2022-01-01", "2022-12-31"),
    "2022/1/1～2022/12/31": ("2022-01-01", "2022-12-31"),
    "01/02/2022-31/01/2023": ("2022-02-01", "2023-01-31"),
    "02/01/2022-01/31/2023": ("2022-02-01", "2023-01-31"),
    "01/02/2023-03/04/2023": (),
    "01/01/2565-31/12/2565": (),
    "first half of 2022": (),
}


@pytest.mark.parametrize("text", OPTIONS)
def test_an_option_is_one_letter_or_none(text: str) -> None:
    assert option_letter(text) == OPTIONS[text]


@pytest.mark.parametrize("text", HEADINGS)
def test_a_heading_in_either_language_or_both(text: str) -> None:
    assert heading_role(layout(), text) == HEADINGS[text]


def test_one_unit_in_many_spellings_and_no_other_unit() -> None:
    assert [pair for pair in SAME if not same_unit(*pair)] == []
    assert [pair for pair in OTHER if same_unit(*pair)] == []


@pytest.mark.parametrize("text", NUMBERS)
def test_the_number_of_a_unit(text: str) -> None:
    assert unit_number(text) == NUMBERS[text]


@pytest.mark.parametrize("text", DAYS)
def test_a_period_is_read_where_its_order_is_sure(text: str) -> None:
    assert tuple(day.isoformat() for day in days_of(text)) == DAYS[text]


def test_totals_references_legends_and_heads_of_table_3() -> None:
    form = layout()
    assert says(form, "sums", "Total of all units")
    assert says(form, "sums", "合計")
    assert not says(form, "sums", "Totally new meter")
    assert is_reference(form, "see MPS(input_separate)")
    assert is_reference(form, "別紙参照")
    assert not is_reference(form, "seen by the TPE")
    assert is_legend("[Monitoring option]")
    assert not is_legend("[tCO2/MWh]")
    assert symbol_and_unit("EG_i,p [MWh/p]") == ("EG_i,p", "MWh/p")
    assert symbol_and_unit("EG_i,p") == ("EG_i,p", "")
    assert is_result_heading(form, "CO2排出削減量\n(tCO2/p)", is_below_title=False)
    free = "Reductions of all gases"
    assert is_result_heading(form, free, is_below_title=True)
    assert not is_result_heading(form, free, is_below_title=False)
