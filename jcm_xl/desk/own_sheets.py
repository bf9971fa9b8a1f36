"""Sheets and notes that we add to an open workbook, and take away again.

Everything of ours is marked, and only what carries the mark is ever replaced or
removed: a participant's own sheet of the same name stays. Input cells are not written.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from typing import TYPE_CHECKING

from jcm_xl.copies.marks import MARK, NAMES
from jcm_xl.dataclass import dataclass
from jcm_xl.text.width import width as signs

if TYPE_CHECKING:
    from xlwings import Book, Range, Sheet

NOTE_MARK = "jcm_xl: "

_LONGEST_TEXT = 32_000  # Excel's cell holds 32,767 signs
_LONGEST_NOTE = 900
_HEAD = (31, 78, 121)
_WHITE = (255, 255, 255)
COLOURS = {
    "error": (248, 203, 173),
    "warning": (255, 230, 153),
    "good": (198, 224, 180),
}
_FIRST_ROW = 3
_LINE, _HIGHEST = 15.0, 409.0

PageValue = str | float | None


@dataclass(frozen=True, slots=True)
class PageRow:
    """A line of one of our sheets; `style` is a word of COLOURS or `head`."""

    cells: Sequence[PageValue]
    style: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet of ours before it is written.

    links: row (from 0) -> column and place, for cells that lead to a cell.
    """

    name: str
    title: str
    widths: Sequence[float]
    rows: Sequence[PageRow]
    links: dict[int, tuple[int, str]] = field(default_factory=dict)


def write_page(book: Book, page: Page) -> Sheet:
    """Write a page at the end of the book in place of our earlier one."""
    for old in ours(book):
        if old.name.startswith(page.name):
            old.delete()
    taken = {sheet.name.lower() for sheet in book.sheets}
    name = next(n for n in _names(page.name) if n.lower() not in taken)
    sheet = book.sheets.add(name, after=book.sheets[len(book.sheets) - 1])
    sheet.range((1, 1)).value = as_text(page.title)
    sheet.range((1, 1)).font.bold = True
    sheet.range((2, 1)).value = as_text(MARK)
    _write_rows(sheet, page)
    for column, width in enumerate(page.widths, 1):
        cells = sheet.range((1, column))
        cells.column_width = width
    for row, (column, place) in page.links.items():
        cell = sheet.range((_FIRST_ROW + row, column))
        cell.formula = _link(place, str(page.rows[row].cells[column - 1]))
    # xlwings' own activate fails where another Excel is in front.
    sheet.api.Activate()
    return sheet


def _write_rows(sheet: Sheet, page: Page) -> None:
    if not page.rows:
        return
    width = len(page.widths)
    block = [
        [_stored(row.cells[i] if i < len(row.cells) else None) for i in range(width)]
        for row in page.rows
    ]
    last = _FIRST_ROW + len(block) - 1
    area = sheet.range((_FIRST_ROW, 1), (last, width))
    area.value = block
    area.vertical_alignment = "top"
    for number, row in enumerate(page.rows, _FIRST_ROW):
        _look(sheet.range((number, 1), (number, width)), row, page.widths)


def _look(cells: Range, row: PageRow, widths: Sequence[float]) -> None:
    """Colour a line, and give wrapped texts the height that they need."""
    if len(row.cells) == len(widths):  # other lines run on over the empty cells
        cells.wrap_text = True
        lines = max(map(_lines, row.cells, widths))
        if lines > 1:
            cells.row_height = min(_HIGHEST, _LINE * lines)
    if row.style == "head":
        cells.color, cells.font.color, cells.font.bold = _HEAD, _WHITE, True
    elif row.style:
        cells.color = COLOURS[row.style]


def _lines(value: PageValue, width: float) -> int:
    """Return the lines of a wrapped text in a column of this width."""
    return math.ceil(signs(str(value or "")) / (0.95 * width))


def _names(name: str) -> Iterator[str]:
    """Yield the name, then `JCM Findings (2)` ... where a sheet has it already."""
    yield name
    yield from (f"{name} ({number})" for number in range(2, 1000))


def _stored(value: PageValue) -> PageValue:
    return as_text(value) if isinstance(value, str) and value else value


def as_text(text: str) -> str:
    """Return a text as it is typed, so that Excel takes no part of it for a formula.

    The apostrophe is Excel's own sign for "this is text" and is not shown.
    """
    return f"'{text[:_LONGEST_TEXT]}"


def _link(place: str, text: str) -> str:
    target, shown = (part.replace('"', '""') for part in (f"#{place}", text))
    return f'=HYPERLINK("{target}","{shown}")'


def ours(book: Book) -> list[Sheet]:
    """Return the sheets of the book that carry our mark."""
    return [
        sheet
        for sheet in book.sheets
        if sheet.name.startswith(NAMES) and sheet.range((2, 1)).value == MARK
    ]


# -- notes -----------------------------------------------------------------------------


def write_notes(book: Book, texts: Iterable[tuple[str, str, str]]) -> int:
    """Put notes at cells (sheet, cell, text); return how many could not be written.

    A cell that has a note or comment of its own keeps it; a sheet that is protected
    against it stays so. The findings sheet has every text anyway.
    """
    remove_notes(book)
    together: dict[tuple[str, str], list[str]] = {}
    for sheet, cell, text in texts:
        together.setdefault((sheet, cell), []).append(text)
    there = {sheet.name for sheet in book.sheets}
    failed = 0
    for (name, cell), found in together.items():
        if name not in there or not _annotate(book.sheets[name], cell, found):
            failed += 1
    return failed


def _annotate(sheet: Sheet, cell: str, texts: Sequence[str]) -> bool:
    target = sheet.range(cell)
    text = NOTE_MARK + "\n".join(texts)
    try:
        if target.note is not None:
            return False
        target.add_note(text[:_LONGEST_NOTE])
    except Exception:  # whatever Excel answers: a protected sheet, a threaded comment
        return False
    return True


def remove_notes(book: Book) -> int:
    """Delete our notes and return how many there were."""
    count = 0
    for sheet in book.sheets:
        for note in list(sheet.notes):
            if note.text.startswith(NOTE_MARK):
                note.delete()
                count += 1
    return count
