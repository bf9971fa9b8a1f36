"""A sheet is a copy of a sheet of the template.

Why it matters
    A copy shows the figures of the day on which it was made, and reads like the sheet
    it was copied from.

How to fix it
    Delete the copy. What is to be kept belongs on a sheet of your own, with a name of
    its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.checks.structure.imitations import ImitatedBy, imitations


@Check(
    needs_template=False,
    severity=Severity.WARNING,
    basis="JCM Monitoring Spreadsheet: each sheet stands in the book once",
    message="The sheet '{actual}' is a copy of '{expected}'.",
    remedy="Delete it, or keep what you need of it on a sheet with a name of its own.",
)
def sheet_copied(context: OpenedBook) -> Iterator[Finding]:
    """Report the names that programs give to copies."""
    for found in imitations(context, ImitatedBy.COPY):
        yield Finding(actual=found.sheet, expected=found.official, sheet=found.sheet)
