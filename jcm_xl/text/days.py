"""Days as a spreadsheet stores them and as column (a) prints them."""

from __future__ import annotations

from datetime import date

_EXCEL_EPOCH = date(1899, 12, 30)


def period_text(start: object, end: object) -> str:
    """Return a period as column (a) shows it: `1/Jan/2017-31/Dec/2017`."""
    if not (isinstance(start, date) and isinstance(end, date)):
        return ""
    days = (start, end)
    return "-".join(f"{d.day}/{MONTH_NAMES[d.month - 1]}/{d.year}" for d in days)


def serial(day: date) -> float:
    """Return the number by which a spreadsheet stores a date."""
    return float((day - _EXCEL_EPOCH).days)


MONTH_NAMES = (
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
)
