"""Which parts of the sheets were not understood: told as such, never as empty cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from jcm_xl.foreign.found import NotUnderstood, Spot, Unread
from jcm_xl.foreign.rows import printed
from jcm_xl.foreign.tables import Tables
from jcm_xl.foreign.view import View
from jcm_xl.foreign.words import is_legend, says, table_number
from jcm_xl.model.methodology import Methodology
from jcm_xl.plan.layout import Layout
from jcm_xl.xlsx.grid import Grid

_APART = 2
"""Rows with numbers that are so far apart are two parts."""


def unread_tables(
    stage: str, view: View, tables: Tables, m: Methodology
) -> Iterator[Unread]:
    """Yield the tables of an input sheet of which only the title was understood."""
    for number, title in tables.titles.items():
        if number in tables.heads or (number == 3 and tables.result):
            continue
        is_asked = any(p.is_monitored == (number == 1) for p in m.inputs)
        if number != 3 and (tables.unit_rows or not is_asked):
            continue
        if _has_numbers(view, title.row):
            why = NotUnderstood.NO_FIGURE if number == 3 else NotUnderstood.NO_HEADINGS
            text = printed(title.cell.value)
            yield Unread(stage, view.name, title.address, text, why)


def unread_numbers(
    stage: str, view: View, read: Iterable[int], layout: Layout
) -> Iterator[Unread]:
    """Yield the parts of an input sheet whose numbers no table was found for.

    `read`: the rows of the tables that were found.
    """
    known, last = set(read), 0
    for row, spots in view.rows.items():
        number = next((s for s in spots if isinstance(s.cell.value, float)), None)
        if number is None or row in known or _is_counted(spots, layout):
            continue
        if row - last > _APART:
            text = printed(number.cell.value)
            yield Unread(
                stage, view.name, number.address, text, NotUnderstood.NUMBERS_OUTSIDE
            )
        last = row


def unread_sheets(grid: Grid, taken: Mapping[str, View]) -> Iterator[Unread]:
    """Yield the sheets with figures that are none of the official ones."""
    names = {view.name for view in taken.values()}
    for sheet in grid.sheets:
        if sheet.kind != "worksheet" or sheet.name in names:
            continue
        figures = [c for c in sheet.cells.values() if isinstance(c.value, float)]
        if figures:
            yield Unread("", sheet.name, "", sheet.name, NotUnderstood.OTHER_SHEET)


def _has_numbers(view: View, title: int) -> bool:
    """Tell whether a number stands between a title and the next one."""
    for row, spots in view.rows.items():
        if row <= title:
            continue
        text = str(spots[0].cell.value)
        if table_number(text) or is_legend(text):
            return False
        if any(isinstance(spot.cell.value, float) for spot in spots):
            return True
    return False


def _is_counted(spots: Iterable[Spot], layout: Layout) -> bool:
    """Tell whether a row is the total of others."""
    return any(
        isinstance(spot.cell.value, str) and says(layout, "sums", spot.cell.value)
        for spot in spots
    )
