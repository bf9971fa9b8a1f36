"""A custom view of an official sheet hides rows, columns or figures.

Why it matters
    Excel keeps views beside the sheet (View > Custom Views). Who calls one up sees
    other rows than who does not, and prints another page.

How to fix it
    View > Custom Views > Delete in Excel.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, MendedBy, OpenedBook, Severity
from jcm_xl.checks.structure.seen import file_sheet


@Check(
    needs_template=False,
    severity=Severity.WARNING,
    mended_by=MendedBy.REPAIR,
    basis="JCM Monitoring Spreadsheet: the sheets are submitted to be read",
    message="A custom view of {sheet} hides something ({actual}).",
    remedy="Delete the custom views (View, Custom Views).",
)
def view_hides(context: OpenedBook) -> Iterator[Finding]:
    """Look at the views that a person may call up; one that hides nothing is quiet."""
    for page in context.official_sheets:
        if hidden := file_sheet(context, page).look.hidden_by_views:
            yield Finding(sheet=page.there, actual=", ".join(hidden))
