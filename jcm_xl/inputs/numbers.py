"""Numbers and dates as people write them."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal

from jcm_xl.model.submission import DateNumber
from jcm_xl.text.day_readings import days_meant
from jcm_xl.text.days import day_of

LARGEST = Decimal("9.99999999999999e307")
"""The largest number a spreadsheet's cell takes."""
SMALLEST = Decimal("2.2251e-308")
"""The smallest one above zero: a spreadsheet stores nothing below."""

_PLAIN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,4})?", re.ASCII)
_YEAR_FIRST = re.compile(
    r"\d{4}([-/.])\d{1,2}\1\d{1,2}( 0:00(:00)?)?|\d{4}年\d{1,2}月\d{1,2}日", re.ASCII
)
"""Days that no country reads in another order."""


def plain_number(text: str) -> Decimal | None:
    """Return the number of a text that spells one, with a decimal point."""
    text = text.strip()
    return Decimal(text) if _PLAIN.fullmatch(text) else None


def quantised(number: Decimal | float | int) -> float | None:
    """Return a number at 15 significant digits, as Excel keeps a typed one.

    `None` for what no cell can hold: infinite, no number, too large or too small.
    """
    exact = Decimal(repr(number)) if isinstance(number, float) else Decimal(number)
    if not exact.is_finite() or abs(exact) > LARGEST:
        return None
    if exact and abs(exact) < SMALLEST:
        return None
    return float(f"{exact:.15g}") + 0.0  # no minus zero


def date_of(value: object) -> date | None:
    """Return the day of a date, of a text with its year first or of a cell's number."""
    if isinstance(value, datetime):
        is_midnight = (value.hour, value.minute, value.second) == (0, 0, 0)
        return value.date() if is_midnight else None
    if isinstance(value, date):
        return value
    if isinstance(value, DateNumber):
        return value.day if value.number == int(value.number) else None
    if isinstance(value, float):
        day = day_of(value)
        return day if day and value == int(value) else None
    if isinstance(value, str) and _YEAR_FIRST.fullmatch(value.strip()):
        found = days_meant(value)
        return found[0].days[0] if found and found[0].is_plain else None
    return None
