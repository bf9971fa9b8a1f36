"""A day of the monitoring period is not a date.

Why it matters
    A date typed as text, with a blank in the year, in another country's order or
    words, is a text for the sheet: the days of the period cannot be counted. A year of
    the Buddhist calendar is 543 years ahead, and a day before 2011 is no day of the
    JCM.

How to fix it
    Type a date such as 2017-12-31, without blanks. The cell then shows it as a date.
    Where day and month can be exchanged, take the one that your record says.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.checks.spoken import either, unclear
from jcm_xl.foreign.found import Reason
from jcm_xl.model.key import PERIOD_END, PERIOD_START
from jcm_xl.model.shown import shown
from jcm_xl.model.submission import DateNumber, Value
from jcm_xl.text.day_readings import Calendar, DayReading, common_day, days_meant
from jcm_xl.text.phrase import Phrase

_FIRST_YEAR = 2011
"""No JCM project monitored before; an earlier date is a number that looks like one."""


@Check(
    severity=Severity.ERROR,
    basis="Monitoring Report Sheet, Table 1, column Monitoring period",
    message="{cell} on {sheet} holds '{actual}' ({kind}), which is not a date of the "
    "monitoring period. Probably meant: {expected}.",
    remedy="{advice}",
)
def period_not_a_date(context: OpenedBook) -> Iterator[Finding]:
    """Report texts, odd numbers, Buddhist years and dates before the JCM began."""
    if context.stage == "plan":
        return
    yield from _by_hand(context)
    for key, which in ((PERIOD_START, 0), (PERIOD_END, -1)):
        value = context.submission.get(key)
        if value is None or (isinstance(value, date) and is_of_the_jcm(value)):
            continue
        reading = _reading(value, which)
        days = [day.isoformat() for day in reading.days] if reading else []
        expected = either(days) if days else unclear()
        yield Finding(
            context.plan[key],
            actual=shown(value),
            expected=expected,
            facts={"kind": _kind(value, reading), "advice": _advice(days, expected)},
        )


def _by_hand(context: OpenedBook) -> Iterator[Finding]:
    """Ask of a hand-made book what its days mean that read in two ways."""
    for item in context.foreign.unplaced if context.foreign else ():
        if item.reason is not Reason.UNCLEAR_DAYS:
            continue
        for reading in days_meant(item.content):
            days = [day.isoformat() for day in reading.days]
            if len(days) == 1 and reading.calendar is not Calendar.BUDDHIST:
                continue
            yield Finding(
                sheet=item.sheet,
                cell=item.cell,
                actual=item.content,
                expected=(expected := either(days)),
                facts={
                    "kind": _kind(item.content, reading),
                    "advice": _advice(days, expected),
                },
            )


def is_of_the_jcm(day: date) -> bool:
    """Tell whether a project of the JCM may have been monitored on this day."""
    return day.year >= _FIRST_YEAR and common_day(day) is None


def _reading(value: Value, which: int) -> DayReading | None:
    if isinstance(value, date):
        common = common_day(value)
        return DayReading((common,), Calendar.BUDDHIST) if common else None
    if isinstance(value, DateNumber):
        return DayReading((value.day,)) if value.day else None
    found = days_meant(value) if isinstance(value, str) else ()
    return found[which] if found else None


def _kind(value: Value, reading: DayReading | None) -> Phrase:
    if reading is None:
        is_early = isinstance(value, date)
        return _EARLY if is_early else _TEXT if isinstance(value, str) else _NUMBER
    if reading.calendar is Calendar.BUDDHIST:
        return _BUDDHIST
    if reading.calendar is Calendar.JAPANESE:
        return _JAPANESE
    if isinstance(value, DateNumber):
        return _MOMENT
    return _ORDERS if len(reading.days) > 1 else _AS_TEXT


def _advice(days: list[str], expected: str) -> Phrase:
    if not days:
        return Phrase(
            "period.type-it", "Type the day as year, month and day, as 2017-12-31 is."
        )
    if len(days) > 1:
        words = "Type {days}, whichever your record says, without blanks."
        return Phrase("period.type-either", words, days=expected)
    words = "Type {days}, if that is the day, without blanks."
    return Phrase("period.type-day", words, days=expected)


_TEXT = Phrase("period.text", "a text that names no day")
_NUMBER = Phrase("period.number", "no whole number of days")
_EARLY = Phrase("period.early", "before the JCM began")
_BUDDHIST = Phrase("period.buddhist", "a year of the Buddhist calendar, 543 ahead")
_JAPANESE = Phrase("period.japanese", "a year of a Japanese era")
_ORDERS = Phrase("period.orders", "day and month can be exchanged")
_MOMENT = Phrase("period.moment", "a day with a time of day")
_AS_TEXT = Phrase("period.as-text", "a text")
