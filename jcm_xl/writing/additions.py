"""What is written into a book besides its plan: remarks, formulas, sheets of its own.

Values only; `write` turns them into cells. All texts are written as texts: what begins
with `=` is no formula.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import Any, NamedTuple

from jcm_xl.dataclass import dataclass
from jcm_xl.model.key import Key
from jcm_xl.model.submission import Value
from jcm_xl.text.width import width

_LONGEST_TEXT = 32_767
_LONGEST_LINK_TEXT = 255
_AUTHOR = "jcm-xl"
_LINE, _HIGHEST = 14.0, 409.0
_SIGNS_IN_A_UNIT = 0.95


class CellComment(NamedTuple):
    """A comment at a cell that is coloured in a style of the layout."""

    text: str
    style: str


class OwnCell(NamedTuple):
    """A cell of a sheet of its own; `link` is a place in this book, `'MSS'!B2`."""

    text: str = ""
    style: str = "plain"
    link: str = ""
    is_input: bool = False
    span: int = 1


@dataclass(frozen=True, slots=True)
class OwnSheet:
    """A sheet that no plan knows; `head` is the row of headings, to be frozen."""

    name: str
    widths: tuple[float, ...]
    rows: tuple[tuple[OwnCell, ...], ...]
    head: int = 0
    colour: str = ""
    is_shown_first: bool = False


@dataclass(frozen=True, slots=True)
class Dress:
    """By key of a slot or `'Sheet'!A1`: remarks, and formulas with what they gave."""

    remarks: Mapping[Key | str, CellComment] = field(default_factory=dict)
    formulas: Mapping[Key, tuple[str, Value]] = field(default_factory=dict)
    sheets: tuple[OwnSheet, ...] = ()


UNDRESSED = Dress()


def comment(sheet: Any, row: int, column: int, text: str) -> None:
    """Add a comment large enough to be read without dragging its corner."""
    lines = sum(1 + len(line) // 48 for line in text.split("\n"))
    sheet.write_comment(
        row, column, text[:_LONGEST_TEXT],
        {"author": _AUTHOR, "width": 320, "height": min(420, 24 + 16 * lines)},
    )  # fmt: skip


def write_own_sheet(book: Any, formats: Any, own: OwnSheet) -> None:
    """Write one sheet; `formats(style, is_input)` gives the writer's formats."""
    sheet = book.add_worksheet(own.name)
    for column, size in enumerate(own.widths):
        sheet.set_column(column, column, size)
    for row, cells in enumerate(own.rows):
        sheet.set_row(row, _height(cells, own.widths))
        for column, cell in enumerate(cells):
            _write(sheet, row, column, cell, formats(cell.style, cell.is_input))
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(0.4, 0.4, 0.5, 0.5)
    sheet.hide_gridlines(2)
    sheet.set_footer("&L&A&R&P / &N")
    if own.head:
        sheet.freeze_panes(own.head, 0)
        sheet.repeat_rows(own.head - 1)
    if own.colour:
        sheet.set_tab_color(own.colour)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    if own.is_shown_first:
        sheet.activate()


def _height(cells: tuple[OwnCell, ...], widths: tuple[float, ...]) -> float:
    return row_height(
        (cell.text, sum(widths[column : column + max(1, cell.span)]))
        for column, cell in enumerate(cells)
    )


def row_height(texts: Iterable[tuple[str, float]]) -> float:
    """Return the height of a row of wrapped texts, each with the width it has.

    No program measures such rows for us when it opens a book.
    """
    lines = 1
    for text, room in texts:
        lines = max(lines, math.ceil(width(text) / (_SIGNS_IN_A_UNIT * room)))
    return min(_HIGHEST, 3 + _LINE * lines)


def _write(sheet: Any, row: int, column: int, cell: OwnCell, form: Any) -> None:
    if cell.span > 1:
        sheet.merge_range(row, column, row, column + cell.span - 1, "", form)
    text = cell.text[:_LONGEST_TEXT]
    if not text:
        sheet.write_blank(row, column, None, form)
    elif cell.link and len(text) <= _LONGEST_LINK_TEXT:
        sheet.write_url(row, column, f"internal:{cell.link}", form, text)
    else:
        sheet.write_string(row, column, text, form)
