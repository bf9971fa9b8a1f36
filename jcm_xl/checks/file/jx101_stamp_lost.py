"""The book no longer carries the stamp of the template it was made from.

Why it matters
    The stamp tells which definition the book was made from and how many unit rows
    it has. Without it both are read from the sheets, and a changed text or formula
    can only be compared with the definition of today.

How to fix it
    Nothing has to be done. Programs that drop custom properties when saving lose
    the stamp; `jcm-xl fill` makes a fresh book with the same inputs and a stamp.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Audience, Check, Finding, OpenedBook, Severity


@Check(
    severity=Severity.NOTE,
    audience=Audience.VERIFIER,
    basis="Our own books: custom properties jcm_xl.*",
    message="The book has lost the stamp of its template; it was recognised as "
    "{actual} by the line 'Monitoring Spreadsheet' on its sheets.",
    remedy="Nothing has to be done. A fresh book with the same inputs has a stamp "
    "again.",
)
def stamp_lost(context: OpenedBook) -> Iterator[Finding]:
    """Look for the custom properties of the book."""
    if context.identity.stamp is None and context.foreign is None:
        yield Finding(actual=context.methodology.spreadsheet_id)
