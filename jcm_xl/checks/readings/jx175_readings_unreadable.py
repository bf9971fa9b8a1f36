"""A line of a log cannot be read.

Why it matters
    Its number or time is no number or time, so it is in no sum, and its month has no
    amount.

How to fix it
    Correct the line, or say `decimal`, `thousands` or `time_format` in the
    assignment.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.checks.readings.told import faults


@Check(
    severity=Severity.WARNING,
    person_decides=True,
    basis="Monitoring Report Sheets: a monitored amount is that of every day "
    "of the period",
    message="{file}, line {line}: '{actual}' is no reading of {meter}. See "
    "{cell} on {sheet}.",
    remedy="Correct the line, or say how {parameter} is written in the assignment.",
)
def readings_unreadable(context: OpenedBook) -> Iterator[Finding]:
    """Tell which lines cannot be read."""
    yield from faults(context, "JX175")
