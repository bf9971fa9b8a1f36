"""A part of the book is broken, of another kind than stated, or in another encoding.

Why it matters
    A theme, a drawing or the properties hold no figure, but Excel opens a book in which
    one of them is broken only after a repair, or not at all. What the repair takes away
    nobody has seen.

How to fix it
    Open the book in Excel or LibreOffice, look whether pictures and charts are still
    there, and save it as a new .xlsx workbook.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Phase, Severity
from jcm_xl.checks.file.package_facts import findings
from jcm_xl.xlsx.grid import Odd

_KINDS = {Odd.BROKEN_PART: Severity.ERROR, Odd.OTHER_ENCODING: Severity.ERROR}


@Check(
    own_phase=Phase.STRUCTURE,
    needs_template=False,
    severity=Severity.ERROR,
    person_decides=True,
    basis="ECMA-376 part 2, 8.1.4 (M1.17): XML in UTF-8 or UTF-16; XML 1.0, 2.1",
    message="The package holds what Excel cannot read: {actual}.",
    remedy="Open the book in Excel or LibreOffice, save it as a new .xlsx workbook and "
    "check that one.",
)
def part_broken(context: OpenedBook) -> Iterator[Finding]:
    """Report parts that are no whole XML of their kind, or in a foreign encoding."""
    yield from findings(context, _KINDS)
