"""The times of a log do not fit their zone.

Why it matters
    A clock that was set, summer time, or lines with and without a zone move readings
    to another hour, and at the end of a month to another month.

How to fix it
    Say the `zone` in the assignment in which the device really logs, or answer when
    its clock was set.
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
    message="{file}, line {line}: the times of {meter} do not fit the zone of "
    "the assignment ({actual}). See {cell} on {sheet}.",
    remedy="Say the right `zone` in the assignment, or answer when the clock "
    "was set; {parameter} is read by these times.",
)
def readings_clock(context: OpenedBook) -> Iterator[Finding]:
    """Tell where the clock leapt."""
    yield from faults(context, "JX171")
