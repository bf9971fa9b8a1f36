"""A meter began anew at zero after all nines.

Why it matters
    After 999999 follows 000000. Where the assignment says how many digits the meter
    has, what it counted is known and is in the sum. Otherwise the month has no
    amount.

How to fix it
    Say `digits` in the assignment, and answer the finding once it is sure that the
    meter was not exchanged on that day.
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
    message="{file}, line {line}: {meter} probably began anew after {expected} "
    "({actual}). See {cell} on {sheet}.",
    remedy="Say how many `digits` {meter} has in the assignment, and answer "
    "that it was not exchanged; it counts for {parameter}.",
)
def readings_rollover(context: OpenedBook) -> Iterator[Finding]:
    """Tell where a counter began anew."""
    yield from faults(context, "JX168")
