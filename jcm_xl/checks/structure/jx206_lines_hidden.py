"""Rows or columns of an official sheet are hidden.

Why it matters
    A hidden row may hold an input, a default value or a step of the calculation
    that the verifier has to see. A row lower than letters, or sizes that make all rows
    or columns vanish, hide as well.

How to fix it
    Select the rows or columns around the gap, right-click and choose Unhide. Rows of
    units that are not used may stay hidden.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from jcm_xl.checks.base import Check, Finding, MendedBy, OpenedBook, Severity
from jcm_xl.checks.structure.seen import file_sheet
from jcm_xl.plan.slot import Slot
from jcm_xl.submission.official_sheets import OfficialSheet
from jcm_xl.xlsx.grid import Odd, Sheet, column_letters
from jcm_xl.xlsx.looks import LEAST_POINTS

_LEAST_DIGITS = 0.5


@Check(
    needs_template=False,
    severity=Severity.WARNING,
    tonnes=True,
    mended_by=MendedBy.REPAIR,
    basis="JCM Monitoring Spreadsheet: the sheets are submitted to be read",
    message="Rows or columns {cell} of {sheet} are hidden.",
    remedy="Unhide {cell}, so that everybody sees what is calculated.",
)
def lines_hidden(context: OpenedBook) -> Iterator[Finding]:
    """Look for hidden lines that hold cells of the template; spare unit rows may be.

    In a hand-made book lines count that hold a number, a formula or what was found.
    """
    for page in context.official_sheets:
        sheet, there = page.sheet, page.there
        if sheet.hidden_rows:
            for first, last in _runs(sheet.hidden_rows & _rows(context, page)):
                yield Finding(sheet=there, cell=f"{first}:{last}")
        if sheet.hidden_columns:
            for first, last in _runs(sheet.hidden_columns & _columns(page)):
                cell = f"{column_letters(first)}:{column_letters(last)}"
                yield Finding(sheet=there, cell=cell)
        if _has_no_height(sheet):
            yield Finding(sheet=there, cell="1:1048576")
        yield from _too_small(context, page)


def _too_small(context: OpenedBook, page: OfficialSheet) -> Iterator[Finding]:
    """Yield rows that are lower than letters, and columns that have no width."""
    look = file_sheet(context, page).look
    usual, least = look.default_height, LEAST_POINTS
    if usual < least or any(height < least for height in look.heights.values()):
        known = page.sheet.hidden_rows
        places = {row: page.row(row) for row in _rows(context, page) - known}
        flat = {there for there in places.values() if look.height(there) < least}
        for first, last in _runs(flat):
            yield Finding(sheet=page.there, cell=f"{first}:{last}")
    if look.default_width < _LEAST_DIGITS:
        places = {column: page.column(column) for column in _columns(page)}
        thin = {c for c in places.values() if look.width(c) < _LEAST_DIGITS}
        for first, last in _runs(thin - page.sheet.hidden_columns):
            cell = f"{column_letters(first)}:{column_letters(last)}"
            yield Finding(sheet=page.there, cell=cell)


def _rows(context: OpenedBook, page: OfficialSheet) -> set[int]:
    if not page.is_ours:
        return {row for row, _ in page.figures()}
    return {row for (row, _), slot in page.slots.items() if _counts(context, slot)}


def _columns(page: OfficialSheet) -> set[int]:
    return {column for _, column in (page.slots if page.is_ours else page.figures())}


def _counts(context: OpenedBook, slot: Slot) -> bool:
    """Tell whether a cell matters: not one of a unit row that nothing is typed in."""
    key, unit = slot.key, slot.key.unit
    if unit is None or not key.name or key.part or key.at is not None:
        return True
    if slot.unit is None and slot.role != "label":
        return True
    index = context.methodology.index_of(slot.name) or key.name
    return any(unit in given.used.get(index, ()) for given in context.inputs.values())


def _has_no_height(sheet: Sheet) -> bool:
    return any(odd.kind is Odd.ZERO_HEIGHT for odd in sheet.oddities)


def _runs(lines: frozenset[int] | set[int]) -> Iterator[tuple[int, int]]:
    """Yield first and last of each run of neighbouring lines."""
    ordered = sorted(lines)
    starts = [b for a, b in pairwise([-1, *ordered]) if b != a + 1 or a == -1]
    for start in starts:
        last = start
        while last + 1 in lines:
            last += 1
        yield start, last
