"""One total is typed in place of the months, and months are typed, too.

Why it matters
    The report takes one of the two, never both. While both stand there the sheet takes
    neither, as nobody can tell which is right.

How to fix it
    Empty the cell of the total, or the months of this column.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.model.shown import shown
from jcm_xl.plan.stage import months_typed
from jcm_xl.submission.incomplete import waiting_months


@Check(
    severity=Severity.ERROR,
    tonnes=True,
    basis="Monthly sheet of ours: the report takes all months, or one total",
    message="{parameter} has one total, {actual} ({cell} on {sheet}), and months that "
    "add up to {expected}; the report takes neither.",
    remedy="Empty {cell}, or the months of this column.",
)
def total_and_months(context: OpenedBook) -> Iterator[Finding]:
    """Report each column with both."""
    for key, slot in waiting_months(context).items():
        months = months_typed(context.submission, key)
        if slot.key == key.month_total and months:
            yield Finding(
                slot,
                parameter=context.subject(slot),
                actual=shown(context.submission.get(slot.key)),
                expected=f"{sum(months.values()):.15g}",
            )
