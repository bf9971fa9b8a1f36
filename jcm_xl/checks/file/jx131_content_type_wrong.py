"""The package does not say what its parts are, or says something else.

Why it matters
    A workbook is an archive of parts with a list that says what each part is. Excel
    opens no book in which the list is broken, or in which a part is another thing than
    the list says; other programs open it by guessing. A book is no submission if only
    some programs open it. What the list does not know is no part of the book.

How to fix it
    Open the book in LibreOffice or Excel and save it as .xlsx (an .xlsm with macros is
    saved as .xlsx, too, not renamed). Check the saved book.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Phase, Severity
from jcm_xl.checks.file.package_facts import findings
from jcm_xl.xlsx.grid import Odd

_KINDS = {
    Odd.OTHER_TYPE: Severity.ERROR,
    Odd.BAD_TYPE: Severity.ERROR,
    Odd.NO_PART: Severity.WARNING,
}


@Check(
    own_phase=Phase.STRUCTURE,
    needs_template=False,
    severity=Severity.ERROR,
    person_decides=True,
    basis="ECMA-376 part 2, 9.1.2 (M2.4 to M2.7) and 8.1.2 (M1.13); part 1, 12.3",
    message="The list of content types breaks a rule: {actual}.",
    remedy="Open the book in Excel or LibreOffice, save it as a new .xlsx workbook and "
    "check that one.",
)
def content_type_wrong(context: OpenedBook) -> Iterator[Finding]:
    """Report what the list of types says wrongly, or not at all."""
    yield from findings(context, _KINDS)
