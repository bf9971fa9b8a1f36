"""The unit beside a parameter is not the unit of the methodology.

Why it matters
    The verifier multiplies what the cell says. A meter in kWh under a heading
    in MWh turns one tonne into a thousand.

How to fix it
    Restore the printed unit. If the meter reports another unit, convert the
    value and say so under "Other comments".
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, MendedBy, OpenedBook, Severity, changed
from jcm_xl.submission.topics import Topic


@Check(
    needs_template=False,
    severity=Severity.ERROR,
    tonnes=True,
    mended_by=MendedBy.REPAIR,
    basis="Monitoring Plan and Report Sheets, column Units",
    message="The unit in {cell} on {sheet} reads '{actual}'; it must read "
    "'{expected}'.",
    remedy="Write '{expected}' again; if your meter shows another unit, convert the "
    "value and say so under Other comments.",
)
def unit_changed(context: OpenedBook) -> Iterator[Finding]:
    """Compare each printed unit with the definition, ignoring outer spaces."""
    for slot, _, actual, expected, _ in context.changes(Topic.UNIT):
        yield changed(context, slot, actual, expected)
