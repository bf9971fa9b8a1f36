"""Names of the template are gone.

Why it matters
    No formula of the sheets needs them, so every figure stays as it was. Tables and
    tools that read this book by name no longer find its inputs and results.

How to fix it
    Nothing has to be done; a fresh book has the names again.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, MendedBy, OpenedBook, Severity
from jcm_xl.checks.names import names_to_compare


@Check(
    severity=Severity.NOTE,
    mended_by=MendedBy.REPAIR,
    basis="Our own books: names of inputs and results",
    message="{actual} names of the template are gone, among them {name}.",
    remedy="Nothing has to be done; a fresh book has the names again.",
)
def names_lost(context: OpenedBook) -> Iterator[Finding]:
    """Count the names that are gone, in a book that was made with them."""
    if not context.is_own_template:
        return
    lost = [n for n, _ in names_to_compare(context) if n not in context.grid.names]
    if lost:
        yield Finding(actual=str(len(lost)), facts={"name": lost[0]})
