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
from jcm_xl.foreign.found import Reason
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
    if context.period is None:
        return
    expected, told = period_text(*context.period), set()
    for slot, _, actual, _, _ in context.changes(Topic.PERIOD):
        if not context.is_period(actual):
            told.add(context.place(slot))
            yield changed(context, slot, actual, expected)
    for item in context.foreign.unplaced if context.foreign else ():
        place = item.sheet, item.cell
        if item.reason is Reason.PERIODS_DIFFER and place not in told:
            told.add(place)
            yield Finding(
                sheet=item.sheet, cell=item.cell, actual=item.content,
                expected=expected,
            )  # fmt: skip
