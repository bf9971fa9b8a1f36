"""The monitoring period ends in the future.

Why it matters
    Amounts are monitored, not expected: a report covers days that have passed.

How to fix it
    Correct the last day, or report after the period has ended.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.model.key import PERIOD_END
from jcm_xl.text.day_readings import common_day


@Check(
    severity=Severity.ERROR,
    basis="Monitoring Report Sheet [For Verification]: values monitored ex post",
    message="The monitoring period ends on {actual} ({cell} on {sheet}); today is "
    "{expected}.",
    remedy="Correct the last day, or report after the period has ended.",
)
def period_in_future(context: OpenedBook) -> Iterator[Finding]:
    """Compare the last day with today, or with the day the check was asked for."""
    today = context.today or date.today()
    end = context.submission.get(PERIOD_END)
    if context.stage == "plan" or not isinstance(end, date) or common_day(end):
        return  # a Buddhist year is told by JX313
    if end > today:
        slot = context.plan[PERIOD_END]
        yield Finding(slot, actual=end.isoformat(), expected=today.isoformat())
