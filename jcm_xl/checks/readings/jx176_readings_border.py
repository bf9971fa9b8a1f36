"""A meter was not read at the end of a month.

Why it matters
    What it counted between two readings lies in two months and was divided by days.
    The sum of the months is exact; each of them is not.

How to fix it
    Read the meter on the first of each month, or answer that the months were divided.
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
    message="{file}, line {line}: {meter} was read at {actual} and not between, "
    "so {expected} was divided among the months by time. See {cell} on "
    "{sheet}.",
    remedy="Give a reading at the end of the month, or answer that {parameter} "
    "was divided.",
)
def readings_border(context: OpenedBook) -> Iterator[Finding]:
    """Tell which readings were divided among months."""
    yield from faults(context, "JX176")
