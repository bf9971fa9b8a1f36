"""Days as a spreadsheet stores them."""

from datetime import date

import pytest

from jcm_xl.text.days import day_of, serial


@pytest.mark.parametrize(
    ("number", "is_1904", "day"),
    [
        (60.0, False, None),  # the 29 February 1900 of Excel alone
        (61.0, False, date(1900, 3, 1)),
        (42_736.75, False, date(2017, 1, 1)),
        (2_958_465.0, False, date(9999, 12, 31)),
        (2_958_466.0, False, None),
        (41_274.0, True, date(2017, 1, 1)),
        (2_957_003.0, True, date(9999, 12, 31)),
        (2_957_004.0, True, None),
    ],
)
def test_a_number_is_a_day_within_what_a_spreadsheet_shows(
    number: float, is_1904: bool, day: date | None
) -> None:
    assert day_of(number, is_1904=is_1904) == day
    if day and not is_1904:
        assert serial(day) == int(number)
