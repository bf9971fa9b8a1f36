"""What texts in cells for numbers and dates are taken to mean."""

from __future__ import annotations

from datetime import date

import pytest

from jcm_xl.submission.outside import reads_outside
from jcm_xl.text.readings import dates_meant, nearest, number_meant, smaller_unit


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


DAY = date(2017, 12, 31)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("31/Dec/201 7", [DAY]),
        ("31 December 2017", [DAY]),
        ("Dec 31, 2017", [DAY]),
        ("December 31st, 2017", [DAY]),
        ("31-Dec-17", [DAY]),
        ("2017/12/31", [DAY]),
        ("31.12.2017", [DAY]),
        ("12/31/2017", [DAY]),
        ("20171231", [DAY]),
        ("2017年12月31日", [DAY]),
        ("２０１７－１２－３１", [DAY]),
        ("02/03/2017", [date(2017, 3, 2)]),
        ("1/Jan/2017-31/Dec/2017", [date(2017, 1, 1), DAY]),
        ("01 Jan 2017 to 31 Dec 2017", [date(2017, 1, 1), DAY]),
        ("2017-01-01 - 2017-12-31", [date(2017, 1, 1), DAY]),
        ("31/Feb/2017", []),
        ("31/Xyz/2017", []),
        ("ongoing", []),
        ("2017", []),
        ("", []),
    ],
)
def test_days_are_read(text: str, days: list[date]) -> None:
    assert list(dates_meant(text)) == days


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
