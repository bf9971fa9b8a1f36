from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jcm_xl.inputs.numbers import date_of, meant, meant_date, plain_number, quantised


@pytest.mark.parametrize(
    ("text", "unit", "numbers"),
    [
        ("1234.5", "", ["1234.5"]),
        (" 1 234.5 ", "", ["1234.5"]),
        ("1\u202f234,5", "", ["1234.5"]),
        ("1'234.5", "", ["1234.5"]),
        ("1,234.5", "", ["1234.5"]),
        ("1.234,5", "", ["1234.5"]),
        ("1,234,567", "", ["1234567"]),
        ("1.234.567", "", ["1234567"]),
        ("12,5", "", ["12.5"]),
        ("0,123", "", ["0.123"]),
        ("1,234", "", ["1234", "1.234"]),
        ("１３５", "", ["135"]),
        ("−5", "", ["-5"]),
        ("135 MWh/p", "MWh/p", ["135"]),
        ("135MWh", "MWh/p", ["135"]),
        ("135 kWh", "MWh/p", []),
        ("1e3", "", ["1E+3"]),
        ("12%", "", []),
        ("about 12", "", []),
        ("1,23,4", "", []),
        ("1_000", "", []),
        ("nan", "", []),
        ("", "", []),
    ],
)
def test_what_a_text_may_mean(text: str, unit: str, numbers: list[str]) -> None:
    assert meant(text, unit) == tuple(map(Decimal, numbers))


@given(st.text())
def test_guessing_never_fails(text: str) -> None:
    assert len(meant(text, "MWh/p")) <= 2
    meant_date(text)
    plain_number(text)


@pytest.mark.parametrize(
    ("number", "kept"),
    [
        (0.1 + 0.2, 0.3),
        (Decimal("123456.7890123456789"), 123456.789012346),
        (12345678901234567890, 12345678901234600000.0),
        (-0.0, 0.0),
        (Decimal("1e400"), None),
        (Decimal("1e-400"), None),
        (float("inf"), None),
        (float("nan"), None),
        (Decimal("NaN"), None),
        (10**400, None),
    ],
)
def test_numbers_are_kept_at_fifteen_digits(
    number: Decimal | float, kept: float | None
) -> None:
    assert quantised(number) == kept


@given(st.floats(allow_nan=False, allow_infinity=False, allow_subnormal=False))
def test_a_kept_number_is_kept_again(number: float) -> None:
    once = quantised(number)
    assert once is None or quantised(once) == once


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (date(2017, 1, 31), date(2017, 1, 31)),
        (datetime(2017, 1, 31), date(2017, 1, 31)),
        (datetime(2017, 1, 31, 12), None),
        ("2017-01-31", date(2017, 1, 31)),
        ("2017-02-31", None),
        ("31/01/2017", None),
        (42766.0, date(2017, 1, 31)),
        (42766.5, None),
        (1e12, None),
        (True, None),
        (None, None),
    ],
)
def test_days(value: object, day: date | None) -> None:
    assert date_of(value) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31/01/2017", date(2017, 1, 31)),
        ("01/31/2017", date(2017, 1, 31)),
        ("31.1.2017", date(2017, 1, 31)),
        ("05/05/2017", date(2017, 5, 5)),
        ("04/05/2017", None),
        ("41/05/2017", None),
        ("last May", None),
    ],
)
def test_the_day_a_text_clearly_means(text: str, day: date | None) -> None:
    assert meant_date(text) == day
