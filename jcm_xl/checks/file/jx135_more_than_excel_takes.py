"""A name, a text or a size is longer or larger than Excel takes.

Why it matters
    A sheet name of 32 letters, a text of more than 32,767 characters or merged ranges
    that overlap are written by no Excel. It opens such a book only after a repair,
    which cuts or takes away what is too long. Other programs show it whole: two readers
    then see two books.

How to fix it
    Shorten what is named, or make it smaller, and save the book.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Phase, Severity
from jcm_xl.checks.file.package_facts import findings
from jcm_xl.xlsx.grid import Odd


@Check(
    own_phase=Phase.STRUCTURE,
    needs_template=False,
    severity=Severity.ERROR,
    person_decides=True,
    basis="ECMA-376 part 1, 18.2.5, 18.2.19 and 18.3.1; Microsoft, Excel "
    "specifications and limits",
    message="Excel does not take this: {actual}.",
    remedy="Shorten it or make it smaller, save the book and check it again.",
)
def more_than_excel_takes(context: OpenedBook) -> Iterator[Finding]:
    """Report what is beyond the limits of Excel."""
    yield from findings(context, {Odd.TOO_MUCH: Severity.ERROR})
