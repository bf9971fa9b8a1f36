"""The book does not calculate by itself.

Why it matters
    With manual calculation the sheets show yesterday's results beside today's
    inputs, until somebody presses F9. Excel takes the setting over to every other
    book that is opened with it.

How to fix it
    Formulas > Calculation Options > Automatic in Excel, then save.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, MendedBy, OpenedBook, Severity


@Check(
    needs_template=False,
    severity=Severity.WARNING,
    mended_by=MendedBy.REPAIR,
    basis="Our own books calculate automatically",
    message="The book is set to calculate only when asked to (calculation mode "
    "'{actual}').",
    remedy="Set Formulas, Calculation Options, Automatic, and save the book.",
)
def manual_calculation(context: OpenedBook) -> Iterator[Finding]:
    """Look at the stored mode; Excel leaves it out where it is automatic."""
    mode = context.grid.calculation.get("calcMode", "auto")
    if mode != "auto":
        yield Finding(actual=mode)
