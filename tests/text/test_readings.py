"""What texts in cells for numbers and dates are taken to mean."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jcm_xl.submission.outside import reads_outside
from jcm_xl.text.readings import nearest, number_meant, numbers_meant, smaller_unit


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("12", "MWh/p", 12),
        (" 1 234,5 ", "MWh/p", 1234.5),
        ("1.234,5", "MWh/p", 1234.5),
        ("1,234.5", "MWh/p", 1234.5),
        ("1.234.567", "MWh/p", 1234567),
        ("12,345", "MWh/p", 12345),
        ("12.345", "MWh/p", 12.345),
        ("0,36", "tCO2/MWh", 0.36),
        (".5", "MW", 0.5),
        ("1e3", "MW", 1000),
        ("−3.5", "degC", -3.5),
        ("４２，８２６，８８０", "MWh/p", 42826880),
        ("'1200'", "MWh/p", 1200),
        ("1200 MWh", "MWh/p", 1200),
        ("1200 mwh/p", "MWh/p", 1200),
        ("1200.5 kWh", "MWh/p", 1.2005),
        ("1.2 GWh", "MWh/p", 1200),
        ("450 kW", "MW", 0.45),
        ("5.2 kg", "t/p", 0.0052),
        ("12 m3", "L/p", 12000),
        ("45%", "-", 0.45),
        ("365 days", "days", 365),
    ],
)
def test_a_number_is_read(text: str, unit: str, number: float) -> None:
    assert number_meant(text, unit) == number


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("n/a", "MWh/p"), ("", "MWh/p"), ("-", "MWh/p"), ("about 12", "MWh/p"),
        ("12 t", "MWh/p"), ("1,23,4", "MWh/p"), ("1.2.3", "MWh/p"),
        ("12 or 13", "MWh/p"), ("45%", "MWh/p"), ("12 kWh", "tCO2/MWh"),
        ("=12", "MWh/p"), ("1..2", "MWh/p"),
    ],
)  # fmt: skip
def test_what_is_no_number_stays_none(text: str, unit: str) -> None:
    assert number_meant(text, unit) is None


@pytest.mark.parametrize(
    ("text", "unit", "numbers"),
    [
        ("1,234", "", [1234, 1.234]),
        ("1.234", "", [1.234, 1234]),
        ("0,123", "", [0.123]),
        ("0.123", "", [0.123]),
        ("1,234,567", "", [1234567]),
        ("12,34,567.5", "", [1234567.5]),
        ("1.234.567,8", "", [1234567.8]),
        ("850,500 kWh", "MWh/p", [850.5, 0.8505]),
        ("(1,234.5)", "", [-1234.5]),
        ("（1,234.5） MWh", "MWh/p", [-1234.5]),
        ("▲1,234.5", "", [-1234.5]),
        ("1234.5-", "", [-1234.5]),
        ("\u20105", "", [-5]),
        ("1200\u200e", "", [1200]),
        ("\u200b1200", "", [1200]),
        ("\ufeff1200", "", [1200]),
        ("1.2×10³", "", [1200]),
        ("1.2 x 10^3", "", [1200]),
        ("5·10⁻³", "", [0.005]),
        ("10³", "", [1000]),
        ("12 m³", "L/p", [12000]),
        ("1e999", "", []),
        ("12³", "", []),
        ("1,2,3", "", []),
        ("2017-12", "", []),
        ("-5-", "", []),
    ],
)
def test_every_number_that_a_text_may_mean(
    text: str, unit: str, numbers: list[float]
) -> None:
    assert list(numbers_meant(text, unit)) == numbers


@given(st.text(), st.sampled_from(["", "MWh/p", "1"]))
def test_reading_never_fails(text: str, unit: str) -> None:
    found = numbers_meant(text, unit)
    assert len(found) <= 2
    assert all(map(math.isfinite, found))


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_spelled_out_is_among_its_readings(number: float) -> None:
    assert number in numbers_meant(repr(number))
    assert number in numbers_meant(repr(number).replace(".", ","))


def test_a_unit_below() -> None:
    assert smaller_unit("MWh/p", 3) == "kWh/p"
    assert smaller_unit("MWh/p", -3) == "GWh/p"
    assert smaller_unit("t/p", 3) == "kg/p"
    assert smaller_unit("ha", 3) == ""


def test_the_nearest_choice() -> None:
    choices = ("Northern grid", "Southern grid")
    assert nearest("northern  GRID", choices) == "Northern grid"
    assert nearest("Ｓｏｕｔｈｅｒｎ ｇｒｉｄ", choices) == "Southern grid"
    assert nearest("diesel", choices) == ""


@pytest.mark.parametrize(
    "formula",
    ["[1]Data!A1", "'[a b.xlsx]Data'!A1", "'C:\\x\\[a.xlsx]S'!B2", "WEBSERVICE(A1)",
     "Excel.Sheet|'a'!R1C1", "[1]!Rate", "SUM(T[a])+'[b.xlsx]S'!A1", "_xlfn.IMAGE(A1)",
     "cmd|' /C calc'!A0", "'https://x.org/[a.xlsx]S'!A1"],
)  # fmt: skip
def test_a_formula_that_leaves_the_book(formula: str) -> None:
    assert reads_outside(formula)


@pytest.mark.parametrize(
    "formula",
    [
        "SUM(Meter!B2:B13)/1000",
        '"[1] | http://"&A1',
        "'L''été (1)'!A1",
        "SUM(Table1[kWh])/1000",
        "Table1[[#All],[a]]+'My sheet'!A1",
        "RECALL(A1)",
    ],
)
def test_a_formula_that_stays(formula: str) -> None:
    assert not reads_outside(formula)
