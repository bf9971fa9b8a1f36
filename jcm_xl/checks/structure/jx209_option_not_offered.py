"""The only monitoring option of a parameter was overwritten.

Why it matters
    Where the methodology allows one option only, monitoring by another one does not
    follow the methodology, however exact it may be.

How to fix it
    Restore the option. If the parameter is really monitored in another way, the
    monitoring has to change, or the methodology has to be revised.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, MendedBy, OpenedBook, Severity, changed
from jcm_xl.submission.topics import Topic


@Check(
    needs_template=False,
    severity=Severity.ERROR,
    mended_by=MendedBy.REPAIR,
    basis="Approved methodology, monitored parameters: the options it allows",
    message="{parameter} is monitored by '{expected}' only; {cell} on {sheet} reads "
    "'{actual}'.",
    remedy="Write '{expected}' again, and monitor {parameter} that way.",
)
def option_not_offered(context: OpenedBook) -> Iterator[Finding]:
    """Compare the fixed options."""
    for slot, _, actual, expected, _ in context.changes(Topic.OPTION):
        yield changed(context, slot, actual, expected)
