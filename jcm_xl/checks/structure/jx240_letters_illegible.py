"""What a cell holds is too small to be read, in signs for letters, or struck out.

Why it matters
    Letters of two points are a line, digits in Wingdings are pictures, and a number
    that is struck out says that it does not count. The formulas go on reading it.

How to fix it
    Give the cell a usual font (Calibri, Arial, Meiryo) of at least 6 points, not
    struck out.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, MendedBy, OpenedBook, Severity
from jcm_xl.checks.structure.seen import seen_cells
from jcm_xl.model.shown import shown
from jcm_xl.text.phrase import Phrase
from jcm_xl.xlsx.looks import LEAST_POINTS, Look

_SMALL = Phrase("looks.small", "letters that are too small")
_SIGNS = Phrase("looks.signs", "a font of signs")
_STRUCK = Phrase("looks.struck", "letters that are struck out")


@Check(
    needs_template=False,
    severity=Severity.ERROR,
    tonnes=True,
    mended_by=MendedBy.REPAIR,
    basis="JCM Monitoring Spreadsheet: the sheets are submitted to be read",
    message="{cell} on {sheet} holds '{actual}' in {how}, so that nobody reads it.",
    remedy="Give {cell} a usual font of at least 6 points, not struck out.",
)
def letters_illegible(context: OpenedBook) -> Iterator[Finding]:
    """Look for cells in such a style; what is struck out is a warning."""
    looks = enumerate(context.grid.styles.looks)
    odd = {n: how for n, look in looks if (how := _fault(look))}
    if not odd:
        return
    for seen in seen_cells(context.official_sheets, lambda cell, _: cell.style in odd):
        how = odd[seen.cell.style]
        severity = Severity.WARNING if how is _STRUCK else None
        yield seen.finding(context, shown(seen.cell.value), severity, how=how)


def _fault(look: Look) -> Phrase | None:
    if look.points < LEAST_POINTS:
        return _SMALL
    if look.is_symbolic:
        return _SIGNS
    return _STRUCK if look.is_struck else None
