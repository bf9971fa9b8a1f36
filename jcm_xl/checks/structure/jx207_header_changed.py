"""The header of an official sheet was changed.

Why it matters
    Title band, spreadsheet id and sectoral scope tell what a printed page is. A
    draft banner that was removed makes unconfirmed numbers look official.

How to fix it
    Write the text of the template again, or carry the inputs over into a fresh book.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import (
    Audience,
    Check,
    Finding,
    MendedBy,
    OpenedBook,
    Phase,
    Severity,
    changed,
)
from jcm_xl.submission.topics import Topic


@Check(
    code="JX207",
    name="header-changed",
    phase=Phase.STRUCTURE,
    severity=Severity.ERROR,
    audience=Audience.PARTICIPANT,
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
