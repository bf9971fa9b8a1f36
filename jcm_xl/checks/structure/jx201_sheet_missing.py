"""One of the official sheets is not in the book.

Why it matters
    Plan, structure and report are one spreadsheet: five sheets that read each other.
    Without one of them neither the claim nor its origin can be verified.

How to fix it
    Take the sheet from a fresh book of the same version, or better: carry the inputs
    over into a fresh book.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, Judges, MendedBy, OpenedBook, Severity


@Check(
    needs_template=False,
    severity=Severity.ERROR,
    tonnes=True,
    mended_by=MendedBy.REPAIR,
    judges=Judges.LINES,
    basis="JCM Proposed Methodology Spreadsheet: Monitoring Plan, Structure and "
    "Report Sheets",
    message="The sheet '{expected}' is missing. What stands on it and what reads it "
    "was not checked.",
    remedy="Carry the inputs over into a fresh book; a deleted sheet cannot be put "
    "back without breaking the formulas that read it.",
)
def sheet_missing(context: OpenedBook) -> Iterator[Finding]:
    """Compare the names of the sheets with the plan."""
    for name in context.plan.official:
        if name in context.alterations.missing:
            yield Finding(expected=name)
