"""The monitoring period ends before it begins.

Why it matters
    A period without days has no amounts. The two dates were probably exchanged, or
    one of them has the wrong year.

How to fix it
    Compare the two dates with your records and correct them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.model.key import PERIOD, PERIOD_END


@Check(
    severity=Severity.ERROR,
    basis="Monitoring Report Sheet: a monitoring period has a first and a last day",
    message="The monitoring period ends on {actual} ({cell} on {sheet}), before it "
    "begins on {expected}.",
    remedy="Correct the first or the last day.",
)
def period_reversed(context: OpenedBook) -> Iterator[Finding]:
    """Compare the two dates."""
    if context.stage == "plan":
        return
    start, end = map(context.submission.get, PERIOD)
    if isinstance(start, date) and isinstance(end, date) and end < start:
        slot = context.plan[PERIOD_END]
        yield Finding(slot, actual=end.isoformat(), expected=start.isoformat())
