"""The monitoring period overlaps that of an earlier report.

Why it matters
    Reductions of a day that is in two reports are counted twice.

How to fix it
    Begin this period on the day after the earlier one ended, and leave out the amounts
    that were reported already.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.model.key import PERIOD_START
from jcm_xl.submission.other_books import earlier_reports, period_shown


@Check(
    severity=Severity.ERROR,
    basis="Monitoring periods of one project follow each other",
    message="The monitoring period {actual}, from {cell} on {sheet} on, overlaps that "
    "of the earlier report {file} ({expected}): {days} days, {first} to {last}, are in "
    "both.",
    remedy="Begin the period after the earlier one, and leave out what was "
    "reported already.",
)
def period_overlaps(context: OpenedBook) -> Iterator[Finding]:
    """Look for days that two reports have in common."""
    if context.period is None:
        return
    for book in earlier_reports(context):
        if book.period is None:
            continue
        first = max(context.period[0], book.period[0])
        last = min(context.period[1], book.period[1])
        if first <= last:
            yield Finding(
                context.plan[PERIOD_START],
                actual=period_shown(context.period),
                expected=period_shown(book.period),
                facts={
                    "file": book.file,
                    "days": (last - first).days + 1,
                    "first": first.isoformat(),
                    "last": last.isoformat(),
                },
            )
