"""An official sheet is printed so small, or with such margins, that nobody reads it.

Why it matters
    The sheets are read on paper and as PDF, too. At a tenth of their size digits are
    dots, and margins that meet leave no room at all.

How to fix it
    Page Layout > Scale to Fit in Excel: one page wide, automatic height; Page Layout >
    Margins > Normal.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, MendedBy, OpenedBook, Severity
from jcm_xl.checks.structure.jx244_not_printed import print_area
from jcm_xl.checks.structure.seen import file_sheet
from jcm_xl.xlsx.grid import Sheet
from jcm_xl.xlsx.looks import PLAIN

_LEAST_ON_PAPER = 2.0
"""Points: a third of the least on the screen, which nobody reads with a glass."""
_LEAST_ROOM = 36.0


@Check(
    needs_template=False,
    severity=Severity.WARNING,
    mended_by=MendedBy.REPAIR,
    basis="JCM Monitoring Spreadsheet: the sheets are submitted to be read",
    message="{sheet} is printed at {actual} of its size, so that nobody reads it.",
    remedy="Let it be printed one page wide, as many pages high as it takes, with "
    "usual margins (Page Layout, Scale to Fit and Margins).",
)
def page_illegible(context: OpenedBook) -> Iterator[Finding]:
    """Look at the scale, the number of pages and the margins of each official sheet."""
    for page in context.official_sheets:
        sheet = file_sheet(context, page)
        paper = sheet.look.page
        if min(paper.width, paper.height) < _LEAST_ROOM:
            yield Finding(sheet=page.there, actual="0 %")
            continue
        if paper.fit is None and paper.scale * PLAIN.points >= 100 * _LEAST_ON_PAPER:
            continue
        scale = paper.printed_at(*_extent(context, sheet))
        if scale * PLAIN.points < 100 * _LEAST_ON_PAPER:
            yield Finding(sheet=page.there, actual=f"{scale:.0f} %")


def _extent(context: OpenedBook, sheet: Sheet) -> tuple[float, float]:
    """Return width and height, in points, of the print area or of what is filled."""
    area = print_area(context, sheet.name)
    rows, columns = sheet.look.rulers()
    if area:
        top, left, bottom, right = area
    else:
        filled = [
            at for at, cell in sheet.cells.items() if cell.value not in (None, "")
        ]
        top, left = 1, 1
        bottom = max((row for row, _ in filled), default=1)
        right = max((column for _, column in filled), default=1)
    across = columns.before(right + 1) - columns.before(left)
    down = rows.before(bottom + 1) - rows.before(top)
    return across * 72 / 96, down * 72 / 96
