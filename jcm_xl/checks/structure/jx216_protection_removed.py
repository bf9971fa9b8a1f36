"""An official sheet is no longer protected.

Why it matters
    Protection keeps a slip of the hand out of the formulas. It has no password and
    proves nothing; that the cells are unchanged is checked cell by cell.

How to fix it
    Review > Protect Sheet in Excel, with an empty password.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, MendedBy, OpenedBook, Severity


@Check(
    severity=Severity.NOTE,
    mended_by=MendedBy.REPAIR,
    basis="Our own books: official sheets are protected without a password",
    message="The sheet {actual} is no longer protected.",
    remedy="Protect it again (Review, Protect Sheet), with an empty password.",
)
def protection_removed(context: OpenedBook) -> Iterator[Finding]:
    """Look at the protection of each official sheet."""
    for name in context.official:
        if not context.sheets[name].is_protected:
            there = context.alterations.renamed.get(name, name)
            yield Finding(actual=there, sheet=there)
