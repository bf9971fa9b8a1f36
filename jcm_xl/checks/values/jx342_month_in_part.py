"""A month lies in the period in part, and nobody says how its amount was divided.

Why it matters
    An invoice is of a whole month. Where the period begins or ends within it, only the
    part of those days belongs into the report; the whole invoice claims too much.

How to fix it
    Say in the column of notes how the amount was found: the meter was read on that day,
    the invoice is of these days, or the month was divided by days.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.model.key import month_note
from jcm_xl.submission.odd_months import months_in_part


@Check(
    severity=Severity.WARNING,
    basis="Monthly sheet of ours: amounts of the days of the period alone",
    message="{actual} of the {expected} days of {month} are in the period, and {cell} "
    "on {sheet} does not say how its amounts were divided.",
    remedy="Type into {cell} how: a reading of that day, an invoice of these days, or "
    "divided by days. If they are of the whole month, correct them.",
)
def month_in_part(context: OpenedBook) -> Iterator[Finding]:
    """Ask of the first and last month of the period, where amounts are typed."""
    for part in months_in_part(context):
        note = context.plan[month_note(part.month)]
        if context.submission.get(note.key) in (None, ""):
            yield Finding(
                note,
                actual=str(part.days),
                expected=str(part.whole),
                facts={"month": part.name},
            )
