"""What a cell holds is too small to be read, in signs for letters, or struck out.

Why it matters
    Letters of two points are a line, digits in Wingdings are pictures, and a number
    that is struck out, or through whose cell a line runs from corner to corner, says
    that it does not count. The formulas go on reading it. Letters above or below the
    line are smaller than their size says.

How to fix it
    Give the cell a usual font (Calibri, Arial, Meiryo) of at least 6 points, not
    struck out.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, MendedBy, OpenedBook, Severity
from jcm_xl.checks.structure.seen import has_runs, run_looks, seen_cells
from jcm_xl.model.shown import shown
from jcm_xl.plan.slot import Slot
from jcm_xl.text.phrase import Phrase
from jcm_xl.xlsx.grid import Cell
from jcm_xl.xlsx.looks import LEAST_POINTS, Look
from jcm_xl.xlsx.texts import RunText

_SMALL = Phrase("looks.small", "letters that are too small")
_SIGNS = Phrase("looks.signs", "a font of signs")
_STRUCK = Phrase("looks.struck", "letters that are struck out")
_CROSSED = Phrase("looks.crossed", "a cell that is crossed out")


@Check(
    needs_template=False,
    severity=Severity.ERROR,
    tonnes=True,
    mended_by=MendedBy.REPAIR,
    basis="JCM Monitoring Spreadsheet: the sheets are submitted to be read",
    message="{cell} on {sheet} holds '{actual}' in {how}, so that nobody reads it.",
    remedy="Give {cell} a usual font of at least 6 points, not struck or crossed out.",
)
def letters_illegible(context: OpenedBook) -> Iterator[Finding]:
    """Look for cells in such a style; what is struck or crossed out is a warning."""
    styles, pages = context.grid.styles, context.official_sheets
    odd = {n: how for n, look in enumerate(styles.looks) if (how := _fault(look))}
    if not (odd or has_runs(pages)):
        return

    def is_odd(cell: Cell, _: Slot | None) -> bool:
        return cell.style in odd or type(cell.value) is RunText

    for seen in seen_cells(pages, is_odd):
        runs = map(_fault, run_looks(styles, seen.cell))
        how = odd.get(seen.cell.style) or next(filter(None, runs), None)
        if how is _CROSSED and type(seen.cell.value) is not float:
            continue
        if how:
            severity = Severity.WARNING if how in (_STRUCK, _CROSSED) else None
            yield seen.finding(context, shown(seen.cell.value), severity, how=how)


def _fault(look: Look) -> Phrase | None:
    if look.points < LEAST_POINTS:
        return _SMALL
    if look.is_symbolic:
        return _SIGNS
    if look.is_struck:
        return _STRUCK
    return _CROSSED if look.is_crossed else None
