"""The book is linked to another workbook.

Why it matters
    A linked value changes when the other file changes, and the verifier does not
    have that file: the raw data must stand in this book or be typed from a record
    that can be shown.

How to fix it
    Copy the sheet with the raw data into this book and let the formula read it
    there, or type the value. Then break the link (Data > Edit Links in Excel).
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks import spoken
from jcm_xl.checks.base import Check, Finding, OpenedBook, Phase, Severity
from jcm_xl.xlsx.grid import Odd


@Check(
    own_phase=Phase.STRUCTURE,
    needs_template=False,
    severity=Severity.ERROR,
    person_decides=True,
    tonnes=True,
    basis="Calculations must be traceable to raw data in the workbook (CDM "
    "information and reporting checks Y2U7VPS9J5RXTHN)",
    message="The book is linked to another workbook: {actual}.",
    remedy="Bring the data into this book as a sheet of its own, or type the value, "
    "and break the link.",
)
def linked_book(context: OpenedBook) -> Iterator[Finding]:
    """Report each link that the file lists."""
    for odd in context.grid.oddities:
        if odd.kind is Odd.EXTERNAL_LINK:
            yield Finding(actual=spoken.odd(odd))
