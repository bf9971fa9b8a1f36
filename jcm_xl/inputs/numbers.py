"""Numbers and dates as people write them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal

from jcm_xl.text.days import day_of

LARGEST = Decimal("9.99999999999999e307")
"""The largest number a spreadsheet's cell takes."""

_PLAIN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,4})?", re.ASCII)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_DATE_WITH_MONTH_BETWEEN = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})", re.ASCII)
_GROUPS = re.compile(r"[\s'’]")
_COMMA_GROUPS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", re.ASCII)
_POINT_GROUPS = re.compile(r"[+-]?\d{1,3}(\.\d{3})+(,\d+)?", re.ASCII)
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+", re.ASCII)


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
    result = float(f"{exact:.15g}") + 0.0  # no minus zero
    return result if result or not exact else None


def meant(text: str, unit: str = "") -> tuple[Decimal, ...]:
    """Return the numbers a text may mean: one if it is clear, two if it is not."""
    folded = _GROUPS.sub("", unicodedata.normalize("NFKC", text)).replace("−", "-")
    for name in (unit, unit.partition("/p")[0]):
        if name not in ("", "-") and folded.casefold().endswith(name.casefold()):
            folded = folded[: -len(name)]
            break
    number = plain_number(folded)
    if number is not None:
        return (number,)
    is_grouped = _COMMA_GROUPS.fullmatch(folded)
    grouped = Decimal(folded.replace(",", "")) if is_grouped else None
    if grouped is not None and (folded.count(",") > 1 or "." in folded):
        return (grouped,)
    if _POINT_GROUPS.fullmatch(folded):  # 1.234,5 and 1.234.567
        return (Decimal(folded.replace(".", "").replace(",", ".")),)
    if _DECIMAL_COMMA.fullmatch(folded):
        fraction = Decimal(folded.replace(",", "."))
        is_clear = grouped is None or folded.lstrip("+-").startswith("0,")
        return (fraction,) if is_clear or grouped is None else (grouped, fraction)
    return ()


def date_of(value: object) -> date | None:
    """Return the day that is meant by a date, `2017-01-31` or a cell's number."""
    if isinstance(value, datetime):
        is_midnight = (value.hour, value.minute, value.second) == (0, 0, 0)
        return value.date() if is_midnight else None
    if isinstance(value, date):
        return value
    if isinstance(value, float):
        day = day_of(value)
        return day if day and value == int(value) else None
    if isinstance(value, str) and _ISO.fullmatch(value.strip()):
        try:
            return date.fromisoformat(value.strip())
        except ValueError:
            return None
    return None


def meant_date(text: str) -> date | None:
    """Return the day a text clearly means, whichever of day and month comes first."""
    match = _DATE_WITH_MONTH_BETWEEN.fullmatch(text.strip())
    if not match:
        return None
    first, second, year = (int(part) for part in match.groups())
    days = set()
    for day, month in ((first, second), (second, first)):
        try:
            days.add(date(year, month, day))
        except ValueError:
            continue
    return days.pop() if len(days) == 1 else None
