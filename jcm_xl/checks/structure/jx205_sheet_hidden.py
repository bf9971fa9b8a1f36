"""An official sheet is hidden.

Why it matters
    Whoever reads the book must see plan, structure, report and their calculation.
    What is hidden cannot be verified, and looks as if it should not be.

How to fix it
    Right-click on any tab, choose Unhide and pick the sheet.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, MendedBy, OpenedBook, Severity


@Check(
    needs_template=False,
    severity=Severity.ERROR,
    tonnes=True,
    mended_by=MendedBy.REPAIR,
    basis="JCM Monitoring Spreadsheet: the five sheets are submitted to be read",
    message="The sheet {actual} is hidden.",
    remedy="Unhide it: right-click on any tab, Unhide.",
)
def sheet_hidden(context: OpenedBook) -> Iterator[Finding]:
    """Look at the state of each official sheet."""
    for page in context.official_sheets:
        if page.sheet.state != "visible":
            yield Finding(actual=page.there, sheet=page.there)
