"""A default value or a table of the methodology was changed.

Why it matters
    Default values belong to a version of the methodology. They are chosen so that
    the reduction is not overstated; a project may not replace them by better ones.

How to fix it
    Restore the value of the template. If your version of the methodology really has
    another value, tell us: the definition may have to be corrected.
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
    basis="Approved methodology, default values fixed ex ante (List of Default Values)",
    message="The default in {cell} on {sheet} is '{actual}'; the methodology has "
    "'{expected}' ({parameter}).",
    remedy="Restore {expected} in {cell}.",
)
def default_changed(context: OpenedBook) -> Iterator[Finding]:
    """Compare default values, keys and limits of classes."""
    for slot, _, actual, expected, _ in context.changes(Topic.DEFAULT):
        yield changed(context, slot, actual, expected)
