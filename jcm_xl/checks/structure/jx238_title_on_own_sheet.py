"""An own sheet carries the title band of an official sheet.

Why it matters
    The title band says that a sheet is part of the approved spreadsheet. On any other
    sheet it makes own figures look approved.

How to fix it
    Remove the title, or delete the sheet.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.checks.structure.imitations import ImitatedBy, imitations


@Check(
    severity=Severity.ERROR,
    tonnes=True,
    basis="JCM Monitoring Spreadsheet: the title bands of the five sheets",
    message="{cell} on {sheet} prints '{actual}', the title of '{expected}'.",
    remedy="Remove the title from {sheet}, or delete the sheet.",
)
def title_on_own_sheet(context: OpenedBook) -> Iterator[Finding]:
    """Report official titles in the first rows of own sheets."""
    for found in imitations(context, ImitatedBy.BAND):
        yield Finding(
            actual=found.text,
            expected=found.official,
            sheet=found.sheet,
            cell=found.cell,
        )
