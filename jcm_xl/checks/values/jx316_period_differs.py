"""A row carries another monitoring period than the report.

Why it matters
    One report has one period. An amount of another period in one row makes the sum a
    mixture that can be counted twice.

How to fix it
    Restore the formula of the cell: it repeats the two dates at the top. Another
    period needs another report.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity, changed
from jcm_xl.submission.topics import Topic
from jcm_xl.text.days import period_text


@Check(
    severity=Severity.ERROR,
    basis="Monitoring Report Sheet, column (a): one report, one monitoring period",
    message="The monitoring period in {cell} on {sheet} reads '{actual}'; that of the "
    "report is {expected}.",
    remedy="Restore the formula in {cell}; report another period in another book.",
)
def period_differs(context: OpenedBook) -> Iterator[Finding]:
    """Read what was typed over column (a), leniently, and compare."""
    for slot, _, actual, _, _ in context.changes(Topic.PERIOD):
        if context.period and not context.is_period(actual):
            yield changed(context, slot, actual, period_text(*context.period))
