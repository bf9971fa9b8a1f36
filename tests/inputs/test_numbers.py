from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jcm_xl.inputs.numbers import date_of, plain_number, quantised


@given(st.text())
def test_guessing_never_fails(text: str) -> None:
    plain_number(text)
    date_of(text)


@pytest.mark.parametrize(
    ("number", "kept"),
    [
        (0.1 + 0.2, 0.3),
        (Decimal("123456.7890123456789"), 123456.789012346),
        (12345678901234567890, 12345678901234600000.0),
        (-0.0, 0.0),
        (Decimal("1e400"), None),
        (Decimal("1e-400"), None),
        (5e-324, None),
        (2.2e-308, None),
        (2.3e-308, 2.3e-308),
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
        ("2017/1/31", date(2017, 1, 31)),
        ("2017/01/31 0:00", date(2017, 1, 31)),
        ("2017年1月31日", date(2017, 1, 31)),
        ("2017/01/31 6:00", None),
        ("2560-01-31", None),
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
