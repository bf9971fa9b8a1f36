"""A value was typed over a formula of an official sheet.

Why it matters
    The number no longer follows from the inputs: it stays the same when they
    change, and nobody can trace it.

How to fix it
    Restore the formula of the template. Values are typed into the yellow cells only.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, MendedBy, OpenedBook, Severity, changed
from jcm_xl.submission.topics import Topic


@Check(
    needs_template=False,
    severity=Severity.ERROR,
    tonnes=True,
    mended_by=MendedBy.REPAIR,
    basis="JCM Monitoring Spreadsheet: results are linked to the inputs by formulas "
    "(CDM information and reporting checks Y2U7VPS9J5RXTHN)",
    message="{cell} on {sheet} holds the typed value '{actual}' in place of the "
    "formula {expected}.",
    remedy="Restore the formula of the template in {cell}.",
)
def formula_replaced(context: OpenedBook) -> Iterator[Finding]:
    """Report values where formulas belong."""
    for slot, _, actual, expected, topic in context.changes(Topic.VALUE, Topic.PERIOD):
        if topic is Topic.VALUE or context.is_period(actual):
            yield changed(context, slot, actual, expected)
