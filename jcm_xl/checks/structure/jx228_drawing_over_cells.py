"""A picture, shape or chart lies over cells of an official sheet.

Why it matters
    What lies under it is not seen on the screen and not printed, though it counts.
    Notes in boxes are often meant well and cover a number by accident.

How to fix it
    Move it beside the tables, or to a sheet of your own.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, MendedBy, OpenedBook, Severity
from jcm_xl.plan.slot import Slot
from jcm_xl.submission.official_sheets import OfficialSheet
from jcm_xl.xlsx import limits
from jcm_xl.xlsx.grid import Drawing, address


@Check(
    needs_template=False,
    severity=Severity.NOTE,
    tonnes=True,
    mended_by=MendedBy.REPAIR,
    basis="JCM Monitoring Spreadsheet: the sheets are submitted to be read",
    message="Something drawn ({actual}) lies over {cell} on {sheet}.",
    remedy="Move it beside the tables, or to a sheet of your own.",
)
def drawing_over_cells(context: OpenedBook) -> Iterator[Finding]:
    """Look for objects over cells that hold something or wait for an input."""
    pages = {page.there: page for page in context.official_sheets}
    for drawing in context.grid.drawings[: limits.ODDITIES_OF_A_KIND]:
        page = pages.get(drawing.sheet)
        if page is None or page.is_moved:
            continue
        if _covers_any(drawing, page):
            first = address(drawing.top, drawing.left)
            last = address(drawing.bottom, drawing.right)
            yield Finding(
                actual=drawing.kind, sheet=drawing.sheet, cell=f"{first}:{last}"
            )


def _covers_any(drawing: Drawing, page: OfficialSheet) -> bool:
    if page.is_ours:
        return any(_covers(drawing, slot) for slot in page.slots.values())
    return any(
        drawing.top <= row <= drawing.bottom and drawing.left <= column <= drawing.right
        for row, column in page.figures()
    )


def _covers(drawing: Drawing, slot: Slot) -> bool:
    return (
        drawing.top <= slot.row <= drawing.bottom
        and drawing.left <= slot.column + slot.span - 1
        and slot.column <= drawing.right
        and bool(slot.is_input or slot.formula or slot.content is not None)
    )
