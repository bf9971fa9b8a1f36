"""How a sheet is first seen and printed: widths, zoom, panes, cursor, print area."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from xlsxwriter.utility import quote_sheetname, xl_range_abs

from jcm_xl.model.submission import Submission
from jcm_xl.plan.plan import Plan
from jcm_xl.plan.slot import Slot
from jcm_xl.plan.tables import FIRST_COLUMN
from jcm_xl.writing.live_cells import last_row

_PAGE_WIDTH = 230
"""Characters that are still legible on the width of an A4 page in landscape."""
_SCREEN = 1150
"""Pixels for cells on a screen 1,366 wide, beside row numbers, scroll bar and margins.

LibreOffice draws columns a tenth wider than Excel and has a bar at the right.
"""
_SMALLEST_ZOOM = 70
_A4 = 9
_Area: TypeAlias = tuple[int, int, int, int]
"""First row, first column, last row, last column."""
_OWN_ROLES = frozenset({"source_note"})
_OWN_NOTIONS = ("missing", "complete.", "texts.", "period.", "steps.")
"""What stands on official sheets and is ours: nothing of it is printed."""


def set_page(plan: Plan, key: str, sheet: Any, submission: Submission) -> None:
    """Give a sheet its widths, first view, protection and printed area."""
    name = plan.sheets[key]
    widths = list(_widths(plan, key, name))
    for i, width in enumerate(widths):
        sheet.set_column(i, i, width)
    for (place, row), height in plan.heights.items():
        if place == name:
            sheet.set_row(row - 1, height)
    sheet.set_zoom(zoom(widths))
    sheet.hide_gridlines(2)
    if name in plan.freeze:
        sheet.freeze_panes(*plan.freeze[name])
    # Objects stay free, or Excel would let nobody write a note at a cell.
    free = {"format_columns": True, "format_rows": True, "objects": True}
    sheet.protect("", free)
    if cursor := _cursor(plan, name, submission):
        row, column = cursor.row - 1, cursor.column - 1
        sheet.set_selection(row, column, row, column)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(max(1, round(sum(widths) / _PAGE_WIDTH)), 0)
    sheet.set_margins(0.4, 0.4, 0.5, 0.5)
    areas = list(_printed(plan, key, name))
    sheet.print_area(*areas[0])
    if len(areas) > 1:  # XlsxWriter's own method takes one
        sheet.print_area_range = ",".join(
            f"{quote_sheetname(name)}!{xl_range_abs(*area)}" for area in areas
        )
    sheet.repeat_rows(0, plan.layout.header_rows - 1)
    sheet.set_footer("&L&A&R&P / &N")


def _widths(plan: Plan, key: str, name: str) -> Iterator[float]:
    given, other = plan.layout.widths(key), plan.layout.width(key, 14)
    for i in range(max(plan.last_columns[name], len(given))):
        yield given[i] if i < len(given) else other


def pixels(width: float) -> int:
    """Return the pixels of a column of so many digits, as Excel draws it at 100 %."""
    return int(width * 7 + 5)


def zoom(widths: list[float]) -> int:
    """Return the zoom, in per cent, by which columns fit on a small laptop's screen."""
    fits = int(_SCREEN * 100 / sum(map(pixels, widths)))
    return max(_SMALLEST_ZOOM, min(100, fits))


def _cursor(plan: Plan, name: str, submission: Submission) -> Slot | None:
    """Return the first input of a sheet that is empty, or else its first input."""
    inputs = [slot for slot in plan.inputs if slot.sheet == name and slot.is_open]
    inputs.sort(key=lambda slot: (slot.row, slot.column))
    empty = (slot for slot in inputs if submission.get(slot.key) is None)
    return next(empty, inputs[0] if inputs else None)


def _printed(plan: Plan, key: str, name: str) -> Iterator[_Area]:
    """Yield the printed areas, counted from 0: of an official sheet what is official.

    The header is repeated on every page, so that the areas begin below it. Our notes
    beside the calculation stand in columns that the table by unit below it needs: these
    are two areas.
    """
    slots = list(plan.by_place[name].values())
    if key not in plan.layout.official:
        yield _area(slots, 1)
        return
    top = plan.layout.header_rows + 1
    slots = [slot for slot in slots if slot.row >= top and not _is_own(slot)]
    below = [slot.row for slot in slots if slot.key.notion == "by_unit"]
    second = min(below, default=0)
    parts = (
        [slot for slot in slots if slot.row < second],
        [slot for slot in slots if slot.row >= second],
    )
    yield from (_area(part, min(slot.row for slot in part)) for part in parts if part)


def _area(slots: list[Slot], top: int) -> _Area:
    right = max(slot.column + slot.span - 1 for slot in slots)
    return top - 1, FIRST_COLUMN - 1, max(map(last_row, slots)) - 1, right - 1


def _is_own(slot: Slot) -> bool:
    notion = slot.key.notion
    is_own = slot.role in _OWN_ROLES or slot.key.stage == "period"
    return is_own or notion.startswith(_OWN_NOTIONS)
