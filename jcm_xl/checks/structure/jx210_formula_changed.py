"""A formula of an official sheet was changed.

Why it matters
    The calculation is part of the approved methodology. With another formula the
    sheet calculates something else, even where today's result is the same.

How to fix it
    `jcm-xl repair` restores the formula of the template, also in a locked cell. Paste
    values alone (Paste Special, Values) and drag no cells. If the formula itself is
    wrong, the methodology has to be revised, not the book.
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
    basis="JCM Monitoring Spreadsheet: formulas of the approved methodology",
    message="The formula in {cell} on {sheet} is {actual}; it must be {expected}.",
    remedy="Restore the formula of the template: `jcm-xl repair` does, also where "
    "{cell} is locked. Paste with Paste Special, Values, which changes no formula.",
)
def formula_changed(context: OpenedBook) -> Iterator[Finding]:
    """Compare formulas by meaning: blanks, $ and spelling are forgiven."""
    for slot, _, actual, expected, _ in context.changes(Topic.FORMULA):
        yield changed(context, slot, actual, expected)
