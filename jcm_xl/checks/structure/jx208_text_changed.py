"""A fixed text of an official sheet was changed.

Why it matters
    Headings, symbols and descriptions are the methodology's. A changed one makes a
    number mean something else, and the verifier compares word by word.

How to fix it
    Write the text of the template again. Remarks of your own have a place under
    Other comments.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, MendedBy, OpenedBook, Severity, changed
from jcm_xl.submission.topics import Topic


@Check(
    guards_official=True,
    severity=Severity.ERROR,
    mended_by=MendedBy.REPAIR,
    basis="JCM Monitoring Spreadsheet: cells that are not for input stay as approved",
    message="The fixed text in {cell} on {sheet} reads '{actual}' in place of "
    "'{expected}'.",
    remedy="Write the text of the template again; put remarks under Other comments.",
)
def text_changed(context: OpenedBook) -> Iterator[Finding]:
    """Compare the fixed texts; blanks and line breaks are forgiven."""
    for slot, _, actual, expected, _ in context.changes(Topic.TEXT):
        yield changed(context, slot, actual, expected)
