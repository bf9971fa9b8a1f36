"""A month of the monitoring period has no amount on the Monthly sheet.

Why it matters
    The sum goes to the report once every month is there. A missing month is not
    zero; otherwise the amount would silently be too small.

How to fix it
    Type the amount of every month of the period, 0 where it was nothing, and none
    outside the period.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.plan.stage import months_in_period
from jcm_xl.submission.incomplete import waiting_months


@Check(
    severity=Severity.ERROR,
    tonnes=True,
    basis="Monthly sheet of ours: the report takes the sum of all months",
    message="{parameter} waits for its months: {cell} on {sheet} is empty or lies "
    "outside the {expected} months of the period.",
    remedy="Type the amount of every month of the period, 0 where it was nothing.",
)
def months_incomplete(context: OpenedBook) -> Iterator[Finding]:
    """Report the first month that is missing in each column in use."""
    months = months_in_period(context.submission)
    for key, slot in waiting_months(context).items():
        is_month = slot.key.at is not None  # else the unit or the first month is wrong
        if months and is_month and key not in context.submission.values:
            yield Finding(slot, parameter=context.subject(slot), expected=str(months))
