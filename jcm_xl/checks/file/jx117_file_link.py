"""A hyperlink of the book names a file or a program of somebody's computer.

Why it matters
    A record that is named by a path on one computer cannot be looked at on another
    one; and a link that starts a program is not clicked by a careful reader.

How to fix it
    Name the record in words (title, date, page) in the column for comments, and hand
    it in together with the book. Links to web pages may stay.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks import spoken
from jcm_xl.checks.base import Check, Finding, OpenedBook, Phase, Severity
from jcm_xl.xlsx.grid import Odd


@Check(
    own_phase=Phase.STRUCTURE,
    needs_template=False,
    severity=Severity.NOTE,
    person_decides=True,
    basis="What is submitted is a plain .xlsx; our rule for a safe exchange",
    message="A hyperlink names something that is not in this book: {actual}.",
    remedy="Name the record in words and hand it in together with the book.",
)
def file_link(context: OpenedBook) -> Iterator[Finding]:
    """Report hyperlinks that are neither web pages, mail addresses nor in the book."""
    for odd in context.grid.oddities:
        if odd.kind is Odd.FILE_LINK:
            yield Finding(actual=spoken.odd(odd))
