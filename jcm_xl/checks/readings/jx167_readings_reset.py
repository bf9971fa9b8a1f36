"""A meter that counts on shows less than before.

Why it matters
    It was exchanged, reset or read wrongly. What it counted between the two readings
    is not known, so the month has no amount.

How to fix it
    Say in the assignment when the meter was exchanged, with the last number of the
    old one and the first of the new one (`replaced`), or correct the reading.
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
    message="{file}, line {line}: {meter} counts on, but shows less than before "
    "({actual}). See {cell} on {sheet}.",
    remedy="Add `replaced` to {meter} in the assignment if it was exchanged, "
    "or correct the reading of {parameter}.",
)
def readings_reset(context: OpenedBook) -> Iterator[Finding]:
    """Tell where a counter fell."""
    yield from faults(context, "JX167")
