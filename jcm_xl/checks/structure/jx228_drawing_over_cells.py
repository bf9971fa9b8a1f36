"""A picture, shape, chart or note lies over cells of an official sheet.

Why it matters
    What lies under it is not seen on the screen and not printed, though it counts, and
    a number written in it is read in its place. Notes in boxes are often meant well
    and cover a number by accident. A line, or a frame without ground, covers nothing.

How to fix it
    Move it beside the tables, or to a sheet of your own. A note is shown only while
    the pointer rests on its cell: Review > Show/Hide Comment in Excel.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice

from jcm_xl.checks.base import Check, Finding, MendedBy, OpenedBook, Severity
from jcm_xl.checks.structure.seen import bears_tonnes, may_bear_tonnes
from jcm_xl.submission.official_sheets import OfficialSheet
from jcm_xl.xlsx import limits
from jcm_xl.xlsx.grid import Drawing, Position, address, parse_address

_MANY = 2_000
"""Of more drawings on a sheet, all over its cells, only the first are looked at."""


@Check(
    needs_template=False,
    severity=Severity.ERROR,
    tonnes=True,
    mended_by=MendedBy.REPAIR,
    basis="JCM Monitoring Spreadsheet: the sheets are submitted to be read",
    message="Something drawn ({actual}) lies over {cell} on {sheet}.",
    remedy="Move it beside the tables, or to a sheet of your own.",
)
def drawing_over_cells(context: OpenedBook) -> Iterator[Finding]:
    """Look for objects over cells; over what bears no figure they are a note."""
    for page in context.official_sheets:
        drawings = [
            d for d in context.grid.drawings if d.sheet == page.there and d.bottom
        ]
        if not drawings:
            continue
        cells = _Cells(page)
        notes = 0
        for drawing in drawings[:_MANY]:
            severity = cells.under(drawing)
            notes += severity is Severity.NOTE
            if severity is None or notes > limits.ODDITIES_OF_A_KIND:
                continue
            first = address(drawing.top, drawing.left)
            last = address(drawing.bottom, drawing.right)
            yield Finding(
                actual=drawing.kind, sheet=drawing.sheet, cell=f"{first}:{last}",
                severity=severity,
            )  # fmt: skip


class _Cells:
    """The cells of a sheet by what lies in them, where the file has them."""

    def __init__(self, page: OfficialSheet) -> None:
        self._figures: list[tuple[Position, int]] = []
        self._open: list[tuple[Position, int]] = []
        self._others: list[tuple[Position, int]] = []
        for place in page.figures():
            slot, cell = page.slots.get(place), page.sheet.cells.get(place)
            there = parse_address(page.place(place)[1]) if page.is_moved else place
            reach = there[1] + (slot.span - 1 if slot else 0)
            is_filled = cell is not None and cell.value not in (None, "")
            if is_filled and cell and bears_tonnes(page, cell, slot):
                self._figures.append((there, reach))
            elif slot and may_bear_tonnes(slot):
                self._open.append((there, reach))
            elif is_filled or (slot and slot.is_input):
                self._others.append((there, reach))
        for cells in (self._figures, self._open, self._others):
            cells.sort()

    def under(self, drawing: Drawing) -> Severity | None:
        """Return how grave it is that something lies there, None where nothing is."""
        has_number = any(sign.isnumeric() for sign in drawing.text)
        if drawing.covers and _is_over(drawing, self._figures):
            return Severity.ERROR
        if has_number and _is_over(drawing, self._open):
            return Severity.ERROR
        cells = (self._figures, self._open, self._others)
        return Severity.NOTE if any(_is_over(drawing, c) for c in cells) else None


def _is_over(drawing: Drawing, cells: list[tuple[Position, int]]) -> bool:
    """Tell whether a drawing lies over one of the cells, which are in order."""
    first = bisect_left(cells, ((drawing.top, 0), 0))
    for (row, column), reach in islice(cells, first, None):
        if row > drawing.bottom:
            return False
        if drawing.left <= reach and column <= drawing.right:
            return True
    return False
