"""The book holds an element or a setting that the schema does not have at that place.

Why it matters
    The schema of Open XML says which elements stand where, in which order, and what
    their settings may be. Excel refuses a book that breaks it, or takes away what it
    does not understand; other programs read on. Then nobody knows whether all see the
    same book.

How to fix it
    Open the book in LibreOffice or Excel, compare it with what you know of it, and save
    it as a new .xlsx workbook.
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
    basis="ECMA-376 part 1, annex A: the schema of SpreadsheetML",
    message="The file breaks the schema of Open XML: {actual}.",
    remedy="Open the book in Excel or LibreOffice, save it as a new .xlsx workbook and "
    "check that one.",
)
def not_in_schema(context: OpenedBook) -> Iterator[Finding]:
    """Report what the schema does not have where it stands."""
    yield from findings(context, {Odd.NOT_IN_SCHEMA: Severity.ERROR})
