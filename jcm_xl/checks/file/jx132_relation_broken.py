"""The package holds a relation that leads nowhere or breaks the rules of packages.

Why it matters
    Relations say which part of a book is what: this sheet, those styles, that drawing.
    Excel opens no book with a relation that names a part that is not there, that has no
    key, or that stands in a place of its own; other programs pass over it.

How to fix it
    Open the book in LibreOffice or Excel and save it as a new .xlsx workbook. If a
    picture or a chart was lost, put it in again.
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
    basis="ECMA-376 part 2, 8.3 (M1.25 to M1.30)",
    message="The relations of the package break a rule: {actual}.",
    remedy="Open the book in Excel or LibreOffice, save it as a new .xlsx workbook and "
    "check that one.",
)
def relation_broken(context: OpenedBook) -> Iterator[Finding]:
    """Report relations that break a rule of packages."""
    yield from findings(context, {Odd.BAD_RELATION: Severity.ERROR})
