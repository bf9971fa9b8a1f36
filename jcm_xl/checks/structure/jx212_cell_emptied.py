"""A formula or a fixed text of an official sheet was deleted.

Why it matters
    An empty cell counts as zero for the formulas that read it, and an empty heading
    leaves the reader guessing.

How to fix it
    Restore the content of the template. Only yellow cells may be emptied.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, MendedBy, OpenedBook, Severity, changed
from jcm_xl.submission.topics import Topic


@Check(
    guards_official=True,
    severity=Severity.ERROR,
    tonnes=True,
    mended_by=MendedBy.REPAIR,
    basis="JCM Monitoring Spreadsheet: cells that are not for input stay as approved",
    message="{cell} on {sheet} is empty; it must hold '{expected}'.",
    remedy="Restore the content of the template in {cell}.",
)
def cell_emptied(context: OpenedBook) -> Iterator[Finding]:
    """Report emptied formulas and texts."""
    for slot, _, actual, expected, _ in context.changes(Topic.EMPTIED):
        yield changed(context, slot, actual, expected)
