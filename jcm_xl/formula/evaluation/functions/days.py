"""Functions of days: DATE, YEAR, EDATE, ...

Before March 1900 Excel counts a day that never was, and 1904 books begin elsewhere;
so such days are no value that every program gives.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from jcm_xl.expr.arithmetic import NUMBER
from jcm_xl.formula.evaluation.frame import Frame, function
from jcm_xl.formula.evaluation.functions.numbers import floor
from jcm_xl.formula.evaluation.values import failure
from jcm_xl.formula.evaluation.why import changing
from jcm_xl.text.days import EPOCH, EPOCH_1904, FIRST_SERIAL, day_of


def _day(frame: Frame, value: float) -> date:
    """Return the day of a number, in the book's own count."""
    whole = floor(value, frame.habits)
    if whole < 0:
        raise failure(NUMBER)
    is_1904 = frame.book.is_1904
    day = day_of(whole, is_1904=is_1904)
    if day is None:
        if whole < FIRST_SERIAL:
            raise changing("early-year")
        raise failure(NUMBER)
    return day


def _number(frame: Frame, day: date) -> float:
    epoch = EPOCH_1904 if frame.book.is_1904 else EPOCH
    count = float((day - epoch).days)
    if count < FIRST_SERIAL:
        raise changing("early-year")
    return count


@function("DATE", kinds="nnn")
def date_(frame: Frame, year: float, month: float, day: float) -> float:
    """Return a day; months and days may run over."""
    years, months, days = int(year), int(month), int(day)
    if not 0 <= years <= 9999:
        raise failure(NUMBER)
    if years < 1900:
        raise changing("early-year")  # 23 is 1923 in Excel, 2023 in LibreOffice
    return _number(frame, _moved(date(years, 1, 1), months - 1, days - 1))


def _moved(day: date, months: int, days: int) -> date:
    if abs(months) > 200_000 or abs(days) > 5_000_000:
        raise failure(NUMBER)
    count = day.year * 12 + day.month - 1 + months
    try:
        return date(count // 12, count % 12 + 1, 1) + timedelta(day.day - 1 + days)
    except (ValueError, OverflowError):
        raise failure(NUMBER) from None


@function("YEAR", kinds="n")
def year(frame: Frame, value: float) -> float:
    """Return the year of a day."""
    return float(_day(frame, value).year)


@function("MONTH", kinds="n")
def month(frame: Frame, value: float) -> float:
    """Return the month of a day."""
    return float(_day(frame, value).month)


@function("DAY", kinds="n")
def day(frame: Frame, value: float) -> float:
    """Return the day of the month."""
    return float(_day(frame, value).day)


@function("WEEKDAY", kinds="n", optional="n")
def weekday(frame: Frame, value: float, first: float = 1.0) -> float:
    """Return the day of the week, from 1; `first` tells which one that is."""
    number = _day(frame, value).isoweekday()
    starts = {1: 7, 2: 1, 11: 1, 12: 2, 13: 3, 14: 4, 15: 5, 16: 6, 17: 7}
    if int(first) == 3:
        return float(number - 1)
    if int(first) not in starts:
        raise failure(NUMBER)
    return float((number - starts[int(first)]) % 7 + 1)


@function("DAYS", kinds="nn")
def days(frame: Frame, last: float, first: float) -> float:
    """Return the days between two days."""
    return floor(last, frame.habits) - floor(first, frame.habits)


@function("EDATE", kinds="nn")
def e_date(frame: Frame, value: float, months: float) -> float:
    """Return the same day some months later, or the last one of that month."""
    return _number(frame, _later(_day(frame, value), int(months)))


@function("EOMONTH", kinds="nn")
def eo_month(frame: Frame, value: float, months: float) -> float:
    """Return the last day of the month some months later."""
    found = _later(_day(frame, value), int(months))
    return _number(frame, found.replace(day=_last(found)))


def _later(start: date, months: int) -> date:
    first = _moved(start.replace(day=1), months, 0)
    return first.replace(day=min(start.day, _last(first)))


def _last(when: date) -> int:
    return calendar.monthrange(when.year, when.month)[1]


@function("HOUR", kinds="n")
def hour(frame: Frame, value: float) -> float:
    """Return the hour of a time of day."""
    return float(_seconds(value) // 3600)


@function("MINUTE", kinds="n")
def minute(frame: Frame, value: float) -> float:
    """Return the minute of a time of day."""
    return float(_seconds(value) // 60 % 60)


def _seconds(value: float) -> int:
    """Return the seconds since midnight; half a second is rounded up."""
    if value < 0:
        raise failure(NUMBER)
    seconds = value % 1 * 86_400
    if abs(seconds % 1 - 0.5) < 1e-3:
        raise changing("program")  # Excel rounds, LibreOffice cuts
    return int(seconds + 0.5) % 86_400


@function("TIME", kinds="nnn")
def time_(frame: Frame, hours: float, minutes: float, seconds: float) -> float:
    """Return a time of day as a part of a day."""
    total = int(hours) * 3600 + int(minutes) * 60 + int(seconds)
    if not 0 <= total < 32_768 * 3600:
        raise failure(NUMBER)
    return total % 86_400 / 86_400
