"""Something is stored in a way that programs read differently.

Why it matters
    A cell stored twice, a value with a hidden remark inside, or a package that names
    one sheet in two ways shows one number in one program and another number in the
    next. Office programs do not write such files; a faulty converter or a hand does.

How to fix it
    Open the book in Excel or LibreOffice, check the named cells and save it. If that
    is not possible, carry the inputs over into a fresh book.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks import spoken
from jcm_xl.checks.base import Check, Finding, OpenedBook, Phase, Severity
from jcm_xl.xlsx.grid import Odd

_SEVERITIES = {
    Odd.COMMENT: Severity.ERROR,
    Odd.CDATA: Severity.ERROR,
    Odd.INSTRUCTION: Severity.ERROR,
    Odd.DUPLICATE_CELL: Severity.ERROR,
    Odd.ODD_ADDRESS: Severity.ERROR,
    Odd.MISPLACED_CELL: Severity.ERROR,
    Odd.SECOND_VALUE: Severity.ERROR,
    Odd.BAD_VALUE: Severity.ERROR,
    Odd.SHARED_FORMULA: Severity.ERROR,
    Odd.SAME_SHEET_NAME: Severity.ERROR,
    Odd.ALTERNATIVE: Severity.ERROR,
    Odd.FOREIGN_NAME: Severity.ERROR,
    Odd.TWICE: Severity.ERROR,
    Odd.BAD_SETTING: Severity.ERROR,
    Odd.OTHER_ARITHMETIC: Severity.ERROR,
    Odd.UNLISTED_SHEET: Severity.ERROR,
    Odd.ESCAPED_NAME: Severity.ERROR,
    Odd.OTHER_CAPITALS: Severity.ERROR,
    Odd.OTHER_KIND: Severity.ERROR,
    Odd.UNDECLARED: Severity.WARNING,
    Odd.FOREIGN_ELEMENT: Severity.WARNING,
    Odd.DATA_TABLE: Severity.WARNING,
    Odd.UNLISTED_BYTES: Severity.WARNING,
    Odd.MORE: Severity.WARNING,
    Odd.BAD_STYLE: Severity.WARNING,
    Odd.ESCAPED_TEXT: Severity.WARNING,
    Odd.OTHER_READING: Severity.WARNING,
}


@Check(
    own_phase=Phase.STRUCTURE,
    needs_template=False,
    severity=Severity.ERROR,
    tonnes=True,
    basis="ECMA-376 part 1, 18.3: one cell, one value",
    message="Programs may read this file differently: {actual}.",
    remedy="Open the book in Excel or LibreOffice, check what it shows there and save "
    "it; or carry the inputs over into a fresh book.",
)
def ambiguous_storage(context: OpenedBook) -> Iterator[Finding]:
    """Report what the reader found odd; on a sheet of one's own it is milder."""
    ours = {"", *context.plan.sheets.values(), *context.alterations.renamed.values()}
    for odd in context.grid.oddities:
        severity = _SEVERITIES.get(odd.kind)
        if severity is None:
            continue
        if odd.sheet not in ours:
            severity = min(severity, Severity.WARNING)
        yield Finding(
            actual=spoken.odd(odd), severity=severity, sheet=odd.sheet, cell=odd.cell
        )
