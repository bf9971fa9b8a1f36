"""Number formats that do not show the number, for each number and unit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jcm_xl.checks.structure.disguises import (
    Disguise,
    disguise_of_day,
    disguise_of_number,
    disguise_of_text,
    may_disguise,
)

LIES = [
    (";;;", 1.0, ""), (";;;", -1.0, ""), ('"25"', 1.0, ""), ("0,", 1.0, ""),
    ("#,##0.0,", 1.0, ""), ('""', 1.0, ""), ('"1"0', 1.0, ""), ("\\2", 1.0, ""),
    ('0;"0"', -7.0, ""), ("0;;0", -1.0, ""), ("0;0", -7.0, ""), ('"-"0', 7.0, ""),
    ('[>1000]"900";0', 1200.0, ""), ('[<5]0;"5"', 7.0, ""), ('0;-0;"12"', 0.0, ""),
    ("[$€-407] 0.00", 1.0, "t/p"), ("$#,##0", 1.0, "t/p"), ("0%", 0.5, "MWh/p"),
    ("0%", 0.5, "%"), ('0"%"', 0.5, ""), ("0%%", 0.5, "-"),
    ('0.0" MWh"', 1.0, "kWh/p"), ('0" kW"', 1.0, "kWh/p"), ('0"²"', 343.0, "t/p"),
    ('0 "kg"', 1.0, "t/p"), ('0" tCO2"', 1.0, "kgCO2/p"),
    ("0", 0.319, "t/MWh"), ("0E+0", 343.0, "t/p"), ('0.0"e1"', 343.0, "t/p"),
    ("yyyy-mm-dd", 343.0, "t/p"), ('0_)"²"', 343.0, "t/p"),
]  # fmt: skip
DOUBTS = [
    ("0*0", 343.0, "t/p"), ('0"O"', 343.0, "t/p"), ('General"l"', 343.0, "t/p"),
    ('0"x"00"12"', 1.0, ""), ('0" k"', 343.0, "kWh/p"), ('0" thousand"', 343.0, "t/p"),
    ("0\\.000", 343.0, "t/p"), ('0" per year"', 1.0, "MWh/p"), ("# ?/?", 1.5, ""),
    ("[DBNum1]0", 343.0, "t/p"), ("#,###", 0.0, "t/p"), ("0;-0;", 0.0, "t/p"),
    ("0.0", 0.814, "t/MWh"), ("000-00", 34300.0, ""), ("0x", 1.0, "t/p"),
    ("[<0]0;0", -3.0, ""), ("0 0", 343.0, "t/p"), ("0.0.0", 3.0, ""),
]  # fmt: skip
LONG = ("0." + "0" * 300, "0%" + "%" * 400, "0" * 900 + "E+0", '"' * 99, "[" * 99)
"""Codes that nobody writes, which must not stop the program."""
TRUTHS = [
    ("General", 1.0, ""), ("0", 1.0, ""), ("#,##0.000###", 1.0, ""), ("0", -0.0, ""),
    ("0.00E+00", 1.0, ""), ("@", 1.0, ""), ("0.000E+00", 1200.0, "MWh/p"),
    ("0%", 0.5, ""), ("0.0%", 0.125, "-"), ("#,##0_ ;[Red]\\-#,##0\\ ", -343.0, "t/p"),
    ("[Red]0.0;-0.0", -1.0, ""), ("#,##0;▲#,##0", -3.0, "t/p"),
    ('0" MWh"', 1.0, "MWh/p"), ('0" MWh"', 1.0, ""), ("#,##0_);(#,##0)", -1.0, ""),
    ('0.0" t"', 1.0, "tCO2/p"), ('0" t-CO₂"', 1.0, "tCO2/p"),
    ('0"tCO2e"', 1.0, "tCO2/p"),
    ('0" tCO2"', 1.0, "tCO2/p"), ('0" tCO2/p"', 1.0, "tCO2/p"), ("#,###", 7.0, ""),
    ('[>1000]"900";0', 12.0, ""), ('0;"0"', 7.0, ""), ('0;-0;"-"', 0.0, "t/p"),
    ('_-* #,##0.00_-;\\-* #,##0.00_-;_-* "-"??_-;_-@_-', 1234.5, "t/p"),
    ('_-* #,##0.00_-;\\-* #,##0.00_-;_-* "-"??_-;_-@_-', 0.0, "t/p"),
    ("[$-409]#,##0.0", 12.5, "t/p"), ("0000", 12.0, ""), ("+0;-0;0", 7.0, ""),
]  # fmt: skip
ROUNDED = [
    ("0", 343.7, "t/p"),
    ("#,##0.00", 1499.0963, "t/p"),
    ("0.00", 0.814, "t/MWh"),
]


@pytest.mark.parametrize(("code", "value", "unit"), LIES)
def test_a_format_that_shows_something_else(code: str, value: float, unit: str) -> None:
    assert disguise_of_number(code, value, unit)[0] is Disguise.OTHER


@pytest.mark.parametrize(("code", "value", "unit"), DOUBTS)
def test_a_format_that_nobody_can_read(code: str, value: float, unit: str) -> None:
    assert disguise_of_number(code, value, unit)[0] is Disguise.DOUBTFUL


@pytest.mark.parametrize(("code", "value", "unit"), TRUTHS)
def test_a_format_that_shows_the_number(code: str, value: float, unit: str) -> None:
    assert disguise_of_number(code, value, unit)[0] is Disguise.NONE


@pytest.mark.parametrize(("code", "value", "unit"), ROUNDED)
def test_digits_that_hardly_matter(code: str, value: float, unit: str) -> None:
    assert disguise_of_number(code, value, unit)[0] is Disguise.ROUNDED


def test_nearly_every_format_is_told_from_plain_digits() -> None:
    plain = {code for code, *_ in TRUTHS + ROUNDED if not may_disguise(code)}
    assert plain == {
        "General",
        "0",
        "#,##0.000###",
        "#,###",
        "0000",
        "#,##0.00",
        "0.00",
    }
    odd = {code for code, *_ in LIES if not may_disguise(code)}
    assert odd <= {"0", "0;0"}


TEXTS = [
    ("General", "MWh/p", Disguise.NONE),
    ("@", "MWh/p", Disguise.NONE),
    ("0.00", "MWh/p", Disguise.NONE),
    ('0;-0;0;"kWh/p"', "MWh/p", Disguise.OTHER),
    (";;;", "MWh/p", Disguise.OTHER),
    ('"k"@', "Wh", Disguise.OTHER),
    ('0;"ID009"@', "ID001", Disguise.OTHER),
    ("0;0;0;_ @_ ", "MWh/p", Disguise.NONE),
    ("0;0;0;@*.", "MWh/p", Disguise.DOUBTFUL),
    (";;", "MWh/p", Disguise.NONE),
]


@pytest.mark.parametrize(("code", "text", "grave"), TEXTS)
def test_a_text_under_a_format(code: str, text: str, grave: Disguise) -> None:
    assert disguise_of_text(code, text)[0] is grave


DAYS = (
    "yyyy-mm-dd", "mm-dd-yy", "d-mmm-yy", "dd/mm/yyyy", "[$-409]d mmm yyyy",
    "[$-F800]dddd, mmmm dd, yyyy", 'yyyy"年"m"月"d"日"', '[$-411]ggge"年"m"月"d"日"',
    "[$-D07041E]d mmm yyyy", "dd.mm.yyyy", "d/m/yyyy h:mm",
    '[$-409]dddd, d "de" mmmm "de" yyyy', "yyyy/m/d;@", "m/d/yy h:mm",
    '"ngày" dd "tháng" mm "năm" yyyy', "[$-411]ge.m.d", "General", "0",
)  # fmt: skip
NOT_DAYS = (
    "mmm yyyy", "yyyy", "d-mmm", "h:mm", "mmmmm d yyyy", "[$-1060000]d/m/yyyy",
    "e-m-d", "[$-41E]d/m/bbbb", "d/m/bb", '"ca." d/m/yyyy', "[$-1060409]B2d/m/yyyy",
)  # fmt: skip


@pytest.mark.parametrize("code", DAYS)
def test_a_day_that_is_shown(code: str) -> None:
    assert disguise_of_day(code) is Disguise.NONE


@pytest.mark.parametrize("code", NOT_DAYS)
def test_a_day_that_is_not_shown_whole(code: str) -> None:
    assert disguise_of_day(code) is Disguise.DOUBTFUL


@pytest.mark.parametrize(
    "code", ['yyyy-"07"-dd', '"2022"-mm-dd', "0%", ";;;", "d-m-yyyy\\1"]
)
def test_another_day_is_shown(code: str) -> None:
    assert disguise_of_day(code) is Disguise.OTHER


@pytest.mark.parametrize("code", LONG)
@pytest.mark.parametrize("value", [1e308, -5e-324, 0.0, 343.5])
def test_no_code_stops_the_program(code: str, value: float) -> None:
    assert disguise_of_number(code, value, "t/p")[0] in Disguise
    assert disguise_of_day(code) in Disguise


@given(
    st.text('0#?.,%@;E+-"\\_*[$]/ymdhsgeb GeneralRd<>=1千', max_size=12),
    st.floats(allow_nan=False, allow_infinity=False),
)
def test_any_code_is_judged(code: str, value: float) -> None:
    assert disguise_of_number(code, value, "t/p")[0] in Disguise
    assert disguise_of_text(code, "MWh/p")[0] in Disguise
    assert disguise_of_day(code) in Disguise
