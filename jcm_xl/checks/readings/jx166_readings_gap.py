"""Readings are missing in a log.

Why it matters
    Nobody knows what was measured then, and what is missing is not zero. So a month
    with such a gap has no amount, except where a meter counts on and the gap lies
    within the month: then its sum is known.

How to fix it
    Give the log of these hours or days, or type the month from an invoice and answer
    the finding with the reason. A device that logs nothing while it rests, as an
    inverter at night, is told so in the assignment: `missing = "nothing"`.
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
    message="{file}, line {line}: {readings} readings of {meter} are missing "
    "({actual}). See {cell} on {sheet}.",
    remedy="Give the log of that time, or type the month of {parameter} from "
    "another record and answer with it.",
)
def readings_gap(context: OpenedBook) -> Iterator[Finding]:
    """Tell where readings are missing."""
    yield from faults(context, "JX166")
