"""A day of the monitoring period is not a date.

Why it matters
    A date typed as text, with a blank in the year or in another country's order, is
    a text for the sheet: the days of the period cannot be counted.

How to fix it
    Type a date such as 2017-12-31, without blanks. The cell then shows it as a date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.model.key import PERIOD_END, PERIOD_START
from jcm_xl.model.shown import shown
from jcm_xl.model.submission import Value
from jcm_xl.text.phrase import Phrase
from jcm_xl.text.readings import dates_meant

_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)")
"""Day and month, or the reverse: countries write them in either order."""
_FIRST_YEAR = 2011
"""No JCM project monitored before; an earlier date is a number that looks like one."""


@Check(
    severity=Severity.ERROR,
    basis="Monitoring Report Sheet, Table 1, column Monitoring period",
    message="{cell} on {sheet} holds '{actual}', which is not a date of the "
    "monitoring period. Probably meant: {expected}.",
    remedy="Type {expected}, if that is the day, without blanks.",
)
def period_not_a_date(context: OpenedBook) -> Iterator[Finding]:
    """Report texts, odd numbers and dates before the JCM began."""
    if context.stage == "plan":
        return
    for key, which in ((PERIOD_START, 0), (PERIOD_END, -1)):
        value = context.submission.get(key)
        if value is None or (isinstance(value, date) and value.year >= _FIRST_YEAR):
            continue
        yield Finding(
            context.plan[key],
            actual=shown(value),
            expected=_meant(value, which),
        )


def _meant(value: Value, which: int) -> str | Phrase:
    """Return the day that is probably meant, or the two that it may be."""
    meant = dates_meant(value) if isinstance(value, str) else ()
    if not meant:
        return "YYYY-MM-DD"
    first = meant[which].isoformat()
    swapped = dates_meant(_NUMBERS.sub(r"\2/\1/\3", str(value)))
    if len(swapped) != len(meant) or swapped[which] == meant[which]:
        return first
    second = swapped[which].isoformat()
    return Phrase("period.either", "{first} or {second}", first=first, second=second)
