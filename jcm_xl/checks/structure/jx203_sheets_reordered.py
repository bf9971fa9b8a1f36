"""The official sheets do not stand in their official order.

Why it matters
    A verifier reads plan, structure and report in this order, as every approved
    spreadsheet has them. The numbers do not depend on it.

How to fix it
    Drag the tabs into the official order. Sheets of your own may follow.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, MendedBy, OpenedBook, Severity


@Check(
    severity=Severity.WARNING,
    mended_by=MendedBy.REPAIR,
    basis="JCM Monitoring Spreadsheet: order of the sheets",
    message="The official sheets stand in the order {actual}; the official order is "
    "{expected}.",
    remedy="Drag the tabs into this order: {expected}.",
)
def sheets_reordered(context: OpenedBook) -> Iterator[Finding]:
    """Compare the order of the official sheets that are there."""
    official = context.official
    there = [s.name for s in context.grid.sheets if s.name in official]
    if there != list(official):
        yield Finding(actual=", ".join(there), expected=", ".join(official))
