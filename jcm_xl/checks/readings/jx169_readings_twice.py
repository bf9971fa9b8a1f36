"""A time stands twice in a log.

Why it matters
    The reading is taken once. Where the two numbers differ, nobody knows which is
    right, and the month has no amount.

How to fix it
    Take the line out that is wrong, or answer why the time stands twice.
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
    message="{file}, line {line}: {readings} times of {meter} stand there "
    "already ({actual}). See {cell} on {sheet}.",
    remedy="Take the line out that is wrong, or answer why {parameter} has two "
    "readings of one time.",
)
def readings_twice(context: OpenedBook) -> Iterator[Finding]:
    """Tell which times stand twice in one file."""
    yield from faults(context, "JX169")
