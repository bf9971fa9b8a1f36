"""Days as a spreadsheet stores them and as column (a) prints them."""

from __future__ import annotations

from datetime import date, timedelta

EPOCH, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
FIRST_SERIAL = 61
"""March 1900: Excel counts a 29 February 1900 that never was."""
_LAST = {EPOCH: 2_958_465, EPOCH_1904: 2_957_003}  # the end of the year 9999


def period_text(start: object, end: object) -> str:
    """Return a period as column (a) shows it: `1/Jan/2017-31/Dec/2017`."""
    if not (isinstance(start, date) and isinstance(end, date)):
        return ""
    days = (start, end)
    return "-".join(f"{d.day}/{MONTH_NAMES[d.month - 1]}/{d.year}" for d in days)


def day_of(serial: float, *, is_1904: bool = False) -> date | None:
    """Return the day by which a spreadsheet shows a number, if it is one."""
    epoch = EPOCH_1904 if is_1904 else EPOCH
    if FIRST_SERIAL <= serial < _LAST[epoch] + 1:
        return epoch + timedelta(days=int(serial))
    return None


def serial(day: date) -> float:
    """Return the number by which a spreadsheet stores a date."""
    return float((day - EPOCH).days)


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
