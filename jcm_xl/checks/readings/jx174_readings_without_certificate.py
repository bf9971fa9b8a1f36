"""Readings of days on which no certificate is valid.

Why it matters
    Monitoring guidelines ask for calibrated meters. A verifier may take no reading of
    a meter whose certificate has run out.

How to fix it
    Add the certificate to the assignment, or answer how the readings of these days
    are proved.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.checks.readings.told import faults


@Check(
    severity=Severity.WARNING,
    person_decides=True,
    basis="Calibration of measuring equipment; Monitoring Report Sheet of "
    "project ID009: certificate or calibration",
    message="{file}, line {line}: from here {readings} readings of {meter} are "
    "of days without a valid certificate ({actual}). See {cell} on "
    "{sheet}.",
    remedy="Add the certificate of these days to the assignment, or answer how "
    "{parameter} is proved.",
)
def readings_without_certificate(context: OpenedBook) -> Iterator[Finding]:
    """Tell which days no certificate covers."""
    yield from faults(context, "JX174")
