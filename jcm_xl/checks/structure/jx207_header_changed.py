"""The header of an official sheet was changed.

Why it matters
    Title band, spreadsheet id and sectoral scope tell what a printed page is. A
    draft banner that was removed makes unconfirmed numbers look official.

How to fix it
    Write the text of the template again, or carry the inputs over into a fresh book.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, MendedBy, OpenedBook, Severity, changed
from jcm_xl.submission.topics import Topic


@Check(
    guards_official=True,
    severity=Severity.ERROR,
    mended_by=MendedBy.REPAIR,
    basis="JCM Monitoring Spreadsheet, header block and title band",
    message="The header in {cell} on {sheet} reads '{actual}' in place of "
    "'{expected}'.",
    remedy="Write '{expected}' again.",
)
def header_changed(context: OpenedBook) -> Iterator[Finding]:
    """Compare the header cells of every official sheet."""
    for slot, _, actual, expected, _ in context.changes(Topic.HEADER):
        yield changed(context, slot, actual, expected)
