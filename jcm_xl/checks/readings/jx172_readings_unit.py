"""Numbers of a log are about a thousand times the others.

Why it matters
    A log in Wh under a heading in kWh, or in MWh, makes an amount a thousand times
    too much or too little.

How to fix it
    Give the file a block [[log]] of its own in the assignment, with its own `unit`.
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
    message="{file}, line {line}: from here {readings} readings of {meter} are "
    "of another size than all others ({actual}; others {expected}). See "
    "{cell} on {sheet}.",
    remedy="Say the right `unit` of these readings of {parameter} in the assignment.",
)
def readings_unit(context: OpenedBook) -> Iterator[Finding]:
    """Tell which months or files are of another size."""
    yield from faults(context, "JX172")
