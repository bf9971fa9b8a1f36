"""A reading is far from all others.

Why it matters
    One wrong digit of a logger can be as much as a month. The reading is in the sum
    as it stands in the log.

How to fix it
    Correct it if it is wrong, with the record of the device; answer what happened if
    it is right. `most` in the assignment says what a meter can measure in an hour at
    most.
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
    message="{file}, line {line}: {meter} shows {actual}; nearly all others are "
    "at most {expected}. See {cell} on {sheet}.",
    remedy="Correct the reading of {parameter}, or answer what happened then.",
)
def readings_outlier(context: OpenedBook) -> Iterator[Finding]:
    """Tell which readings are far from all others."""
    yield from faults(context, "JX173")
