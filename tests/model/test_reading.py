"""What stands in a cell is judged once: its kind, its value, whether it counts."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jcm_xl.model.reading import CellKind, Takes, read
from jcm_xl.model.submission import CellError, DateNumber

DAY = date(2024, 1, 2)


@pytest.mark.parametrize(
    ("raw", "takes", "kind", "is_plain"),
    [
        (12.5, Takes.NUMBER, CellKind.NUMBER, True),
        (Decimal("12.5"), Takes.NUMBER, CellKind.NUMBER, True),
        (None, Takes.NUMBER, CellKind.BLANK, True),
        ("", Takes.DAY, CellKind.BLANK, True),
        (" \u200b", Takes.NUMBER, CellKind.EMPTY, False),
        ("n/a", Takes.NUMBER, CellKind.TEXT, False),
        (True, Takes.NUMBER, CellKind.TRUTH, False),
        (CellError("#N/A"), Takes.NUMBER, CellKind.ERROR, False),
        (float("inf"), Takes.NUMBER, CellKind.ERROR, False),
        (DAY, Takes.NUMBER, CellKind.DATE_NUMBER, False),
        (45293.0, Takes.DAY, CellKind.DAY, True),
        (45293.5, Takes.DAY, CellKind.DATE_NUMBER, False),
        (5.0, Takes.DAY, CellKind.NUMBER, False),
        (DAY, Takes.DAY, CellKind.DAY, True),
        (datetime(2024, 1, 2, 12), Takes.DAY, CellKind.DATE_NUMBER, False),
        ("00123", Takes.TEXT, CellKind.TEXT, True),
        (123.0, Takes.TEXT, CellKind.NUMBER, False),
    ],
)
def test_a_kind(raw: object, takes: Takes, kind: CellKind, is_plain: bool) -> None:
    reading = read(raw, takes)
    assert (reading.kind, reading.is_plain) == (kind, is_plain)


@pytest.mark.parametrize("takes", [Takes.NUMBER, Takes.TEXT])
def test_a_number_that_shows_as_a_date_is_none(takes: Takes) -> None:
    reading = read(45293.0, takes, shows_date=True)
    assert reading.kind is CellKind.DATE_NUMBER
    assert reading.value == DateNumber(45293.0, DAY)
    assert (reading.number, reading.is_plain, reading.typed) == (None, False, None)


def test_a_number_far_from_our_days_was_probably_typed() -> None:
    assert read(480.0, shows_date=True).typed == 480.0
    assert read(36_526.0, shows_date=True).typed is None


@pytest.mark.parametrize(
    ("number", "day", "text"),
    [
        (45293.0, DAY, "2024-01-02"),
        (45293.5, DAY, "2024-01-02 12:00"),
        (0.25, None, "06:00"),
        (12.0, None, "12"),
        (45293.9999999, DAY, "2024-01-02 23:59"),
    ],
)
def test_a_date_number_reads_as_its_cell_shows_it(
    number: float, day: date | None, text: str
) -> None:
    assert str(DateNumber(number, day)) == text


def test_a_book_that_counts_from_1904() -> None:
    reading = read(43831.0, Takes.DAY, is_date1904=True)
    assert reading.day == DAY


@given(
    st.floats() | st.text() | st.booleans() | st.none() | st.dates() | st.datetimes(),
    st.sampled_from(Takes),
    st.booleans(),
)
def test_what_is_judged_stays_what_it_is(
    raw: object, takes: Takes, shows_date: bool
) -> None:
    once = read(raw, takes, shows_date=shows_date)
    assert read(once.value, takes).kind in (once.kind, CellKind.BLANK)
    str(once.value)
