"""A sheet has another name than the official one.

Why it matters
    Sheets are found by name, by people and by programs. A Japanese keyboard easily
    turns the brackets of MPS(input) into full-width ones, which look the same and
    are not.

How to fix it
    Rename the sheet (double click on its tab); formulas follow by themselves. Type
    half-width brackets and no blanks.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, MendedBy, OpenedBook, Severity


@Check(
    severity=Severity.ERROR,
    mended_by=MendedBy.REPAIR,
    basis="JCM Monitoring Spreadsheet: the five sheets and their names",
    message="The sheet '{actual}' must be called '{expected}'; everything else was "
    "checked as if it were.",
    remedy="Rename it to '{expected}', with half-width brackets and without blanks.",
)
def sheet_renamed(context: OpenedBook) -> Iterator[Finding]:
    """Report the sheets that were recognised under another name."""
    for name, there in context.alterations.renamed.items():
        severity = None if name in context.plan.official else Severity.NOTE
        yield Finding(actual=there, expected=name, severity=severity, sheet=there)
