"""Two logs hold the same time.

Why it matters
    Added up, the time would count twice, so it is taken once. Where the two logs
    differ, the month has no amount.

How to fix it
    Leave one of the files out, or answer why both hold this time.
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
    message="{file}, line {line}: {readings} times of {meter} stand in "
    "{expected}, too ({actual}). See {cell} on {sheet}.",
    remedy="Leave out what is doubled, or answer why two logs of {parameter} hold it.",
)
def readings_overlap(context: OpenedBook) -> Iterator[Finding]:
    """Tell which times stand in two files."""
    yield from faults(context, "JX170")
