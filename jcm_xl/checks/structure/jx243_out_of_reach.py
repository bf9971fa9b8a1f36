"""The window of a sheet or book keeps cells out of reach.

Why it matters
    Panes that are frozen while the sheet is scrolled cut off what lies above for good;
    frozen panes larger than a screen leave no room for the rest; without tabs, or in a
    hidden window, the other sheets are not found; a sheet that shows formulas or hides
    zeros shows other figures than it holds.

How to fix it
    View > Freeze Panes > Unfreeze in Excel, then freeze again from the first row;
    File > Options > Advanced: show sheet tabs, show a zero, show no formulas.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jcm_xl.checks.base import Check, Finding, MendedBy, OpenedBook, Severity
from jcm_xl.checks.structure.seen import file_sheet
from jcm_xl.submission.official_sheets import OfficialSheet
from jcm_xl.text.phrase import Phrase
from jcm_xl.xlsx.grid import Cell, Sheet, column_letters
from jcm_xl.xlsx.sheet_look import pixels

_TABS = "The tabs of the sheets are switched off"
_WINDOW = "The window of the book is hidden"
_FORMULAS = "{sheet} shows its formulas, not its figures"
_ZEROS = "{sheet} hides zeros, and figures of it are 0"
_CUT = "{cell} of {sheet} lie before its frozen panes and cannot be reached"
_LARGE = "The frozen panes of {sheet} are larger than a screen"
_HIGH, _BROAD = 900, 2000
"""Pixels of 1/96 inch that a usual screen shows of a sheet."""
_FALSE = ("0", "false")
_LEAST_SHARE = 10


@Check(
    needs_template=False,
    severity=Severity.WARNING,
    tonnes=True,
    mended_by=MendedBy.REPAIR,
    basis="JCM Monitoring Spreadsheet: the sheets are submitted to be read",
    message="{how}.",
    remedy="Set the view back (View, Freeze Panes; File, Options, Advanced) and save.",
)
def out_of_reach(context: OpenedBook) -> Iterator[Finding]:
    """Look at the window, and at the view of each official sheet."""
    window = context.grid.window
    if window.get("showSheetTabs") in _FALSE or _has_no_room(window):
        yield _finding("tabs", _TABS)
    if window.get("visibility") in ("hidden", "veryHidden"):
        yield _finding("window", _WINDOW)
    for page in context.official_sheets:
        yield from _faults(page, file_sheet(context, page))


def _has_no_room(window: Mapping[str, str]) -> bool:
    """Tell whether the tabs have no width: their share is counted in thousandths."""
    share = window.get("tabRatio", "600")
    return share.isdecimal() and int(share[:9]) <= _LEAST_SHARE


def _finding(key: str, text: str, sheet: str = "", cell: str = "") -> Finding:
    how = Phrase(f"reach.{key}", text, sheet=sheet, cell=cell)
    return Finding(sheet=sheet, cell=cell, facts={"how": how})


def _faults(page: OfficialSheet, sheet: Sheet) -> Iterator[Finding]:
    look, name = sheet.look, page.there
    if look.shows_formulas:
        yield _finding("formulas", _FORMULAS, name)
    if not look.shows_zeros and any(map(_is_zero, _figures(page))):
        yield _finding("zeros", _ZEROS, name)
    if look.frozen == (0, 0):
        return
    row, column = look.first
    if look.frozen[0] and row > 1 and _has(sheet, row, 1):
        yield _finding("cut", _CUT, name, f"1:{row - 1}")
    if look.frozen[1] and column > 1 and _has(sheet, 1, column):
        yield _finding("cut", _CUT, name, f"A:{column_letters(column - 1)}")
    rows = range(row, row + min(look.frozen[0], _HIGH))
    columns = range(column, column + min(look.frozen[1], _BROAD))
    if (
        sum(map(look.height, rows)) * 96 / 72 > _HIGH
        or sum(pixels(look.width(n)) for n in columns) > _BROAD
    ):
        yield _finding("large", _LARGE, name)


def _figures(page: OfficialSheet) -> Iterator[Cell]:
    cells = page.sheet.cells
    return (cells[place] for place in page.figures() if place in cells)


def _is_zero(cell: Cell) -> bool:
    return type(cell.value) is float and cell.value == 0


def _has(sheet: Sheet, row: int, column: int) -> bool:
    """Tell whether something stands above a row, or left of a column."""
    return any(
        (place[0] < row or place[1] < column) and cell.value not in (None, "")
        for place, cell in sheet.cells.items()
    )
