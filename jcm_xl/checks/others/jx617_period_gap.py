"""There is a gap between the monitoring period and the one before.

Why it matters
    Days that are in no report bring no credits, and the verifier asks why they were
    left out: meters that failed, or a date that slipped.

How to fix it
    Correct the first day, give the report that is missing, or say under Other comments
    why these days are not reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.model.key import PERIOD_START
from jcm_xl.submission.other_books import earlier_reports, latest_before


@Check(
    severity=Severity.WARNING,
    basis="Monitoring periods of one project follow each other",
    message="The monitoring period begins on {actual} ({cell} on {sheet}), "
    "{days} days after the earlier report {file} ended: {first} to {last} "
    "are in neither.",
    remedy="Begin on {expected}, give the report in between, or say why "
    "these days are left out.",
)
def period_gap(context: OpenedBook) -> Iterator[Finding]:
    """Compare the first day with the last one of the report before."""
    book = latest_before(context)
    if context.period is None or book is None or book.period is None:
        return
    start, day = context.period[0], timedelta(days=1)
    is_covered = any(
        b.period and b.period[0] < start <= b.period[1] + day
        for b in earlier_reports(context)
    )
    if is_covered or book.period[1] + day >= start:
        return
    yield Finding(
        context.plan[PERIOD_START],
        actual=start.isoformat(),
        expected=(book.period[1] + day).isoformat(),
        facts={
            "file": book.file,
            "days": (start - book.period[1]).days - 1,
            "first": (book.period[1] + day).isoformat(),
            "last": (start - day).isoformat(),
        },
    )
