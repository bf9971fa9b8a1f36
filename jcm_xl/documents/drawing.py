"""The sheets of a book drawn for a page: values, merged cells, widths, marked cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from jcm_xl.dataclass import dataclass
from jcm_xl.model.shown import shown
from jcm_xl.plan.layout import layout
from jcm_xl.plan.month_amounts import AmountByMonth
from jcm_xl.plan.plan import Plan
from jcm_xl.plan.slot import Slot
from jcm_xl.text.days import day_of
from jcm_xl.text.runs import runs
from jcm_xl.text.width import width
from jcm_xl.xlsx.grid import (
    Cell,
    Grid,
    Position,
    Sheet,
    address,
    column_letters,
    parse_address,
    parse_range,
)

WHOLE = 120
"""A sheet of more rows is drawn around its findings only."""
AROUND = 3
HEAD = 9
MOST = 300
"""So many rows of a sheet are drawn at the most."""
COLUMNS = 40
_MERGES = 2000
_LONGEST = 300
_WIDTH = 10.0
_BROADEST = 40.0
_SIGN = 5.6
"""The width of a sign in pixels, about."""


class Drawn(NamedTuple):
    """A book to draw: as the file has it, with the plan it was judged by.

    place: where the file has a slot of the plan, as sheet and address; no sheet and
    address where it has none.
    sheets: the names of the official sheets of a book made by hand, which has neither
    the names nor the measures of the template.
    months: the amounts that were typed by month.
    """

    grid: Grid | None = None
    plan: Plan | None = None
    place: Callable[[Slot], tuple[str, str]] | None = None
    sheets: tuple[str, ...] = ()
    months: tuple[AmountByMonth, ...] = ()


class Mark(NamedTuple):
    """A cell with a finding: the id of the finding, how grave, its number."""

    target: str
    severity: str
    number: int


Marks = Mapping[str, Mapping[Position, Mark]]
"""By sheet and position."""


@dataclass(frozen=True, slots=True)
class DrawnCell:
    """A cell of a drawing; `span` is columns and rows."""

    address: str
    lines: tuple[str, ...]
    style: str
    span: tuple[int, int]
    mark: Mark | None
    is_number: bool


@dataclass(frozen=True, slots=True)
class DrawnRow:
    """A row of a drawing; `is_after_gap`: rows before it were left out.

    height: in pixels, 0 for as high as what is in it.
    """

    number: int
    cells: tuple[DrawnCell, ...]
    is_after_gap: bool
    is_hidden: bool
    height: int = 0


@dataclass(frozen=True, slots=True)
class DrawnSheet:
    """One sheet; `cut` names the rows that were drawn where not all of them were."""

    sheet: str
    columns: tuple[tuple[str, int], ...]
    rows: tuple[DrawnRow, ...]
    cut: str
    last_row: int

    @property
    def marked(self) -> frozenset[str]:
        """Return the addresses of the marked cells that were drawn."""
        cells = (cell for row in self.rows for cell in row.cells)
        return frozenset(cell.address for cell in cells if cell.mark)


class SheetDress(Protocol):
    """What a sheet is drawn in: the template's styles, or its own."""

    @property
    def places(self) -> Mapping[str, str]:
        """Return the styles of cells that are drawn even where they are empty."""

    def style(self, row: int, column: int) -> str:
        """Return the name of a cell's style, nothing for a plain one."""

    def stays(self, row: int, column: int) -> bool:
        """Tell whether a text is kept within its cell."""

    def is_right(self, row: int, column: int) -> bool:
        """Tell whether a text ends at the right of its cell."""

    def text(self, cell: Cell, column: int) -> str:
        """Return what a cell shows."""

    def columns(self, last: int) -> tuple[tuple[str, int], ...]:
        """Return letters and widths in pixels up to a column."""

    def height(self, row: int) -> int:
        """Return the height of a row in pixels, 0 for as high as what is in it."""


class BookDress(Protocol):
    """Dresses the sheets of a book."""

    def sheet(self, sheet: Sheet) -> SheetDress:
        """Return what a sheet is drawn in."""


def drawings(
    book: Drawn, marks: Marks, *, only_marked: bool, dress: BookDress | None = None
) -> Iterator[DrawnSheet]:
    """Yield the official sheets and every other one with a finding.

    They are drawn in the styles of the template, or as `dress` has them.
    """
    if book.grid is None:
        return
    official = book.sheets or (book.plan.official if book.plan else ())
    dress = dress or _TemplateDress(book)
    for sheet in book.grid.sheets:
        marked = marks.get(sheet.name, {})
        if marked or (sheet.name in official and not only_marked):
            yield _draw(sheet, marked, dress.sheet(sheet))


def _styles(book: Drawn) -> Mapping[str, Mapping[str, str]]:
    """Return the styles of the template by the places that the file has."""
    found: dict[str, dict[str, str]] = {}
    for slot in book.plan.slots.values() if book.plan else ():
        sheet, cell = book.place(slot) if book.place else (slot.sheet, slot.address)
        found.setdefault(sheet, {})[cell] = slot.style
    return found


class _TemplateDress:
    """The styles and measures of the template, whatever the file has."""

    def __init__(self, book: Drawn) -> None:
        self._book, self._all = book, _styles(book)

    def sheet(self, sheet: Sheet) -> SheetDress:
        return _TemplateSheet(self._book, sheet, self._all.get(sheet.name, {}))


class _TemplateSheet:
    def __init__(self, book: Drawn, sheet: Sheet, styles: Mapping[str, str]) -> None:
        self._book, self._sheet, self._styles = book, sheet, styles
        self._stays = _texts_that("wrap") | _texts_that("center")
        self._right = _texts_that("right")

    @property
    def places(self) -> Mapping[str, str]:
        return self._styles

    def style(self, row: int, column: int) -> str:
        return self._styles.get(address(row, column), "")

    def stays(self, row: int, column: int) -> bool:
        return self.style(row, column) in self._stays

    def is_right(self, row: int, column: int) -> bool:
        return self.style(row, column) in self._right

    def text(self, cell: Cell, column: int) -> str:
        return _text(self._book, cell)

    def columns(self, last: int) -> tuple[tuple[str, int], ...]:
        return _columns(self._book, self._sheet, last)

    def height(self, row: int) -> int:
        return 0


def _draw(
    sheet: Sheet, marks: Mapping[Position, Mark], dress: SheetDress
) -> DrawnSheet:
    filled = [p for p, cell in sheet.cells.items() if cell.value is not None]
    places = [*filled, *marks, *map(parse_address, filter(None, dress.places))]
    last_row = max((row for row, _ in places), default=1)
    last_column = min(max((column for _, column in places), default=1), COLUMNS)
    drawn = _rows(last_row, [row for row, _ in marks])
    columns = dress.columns(last_column)
    row_cells = _RowCells(sheet, marks, dress, [w for _, w in columns])
    covered, spans = _merged(sheet, drawn, last_column)
    rows = tuple(
        DrawnRow(
            row,
            tuple(row_cells.of(row, covered, spans)),
            row > before + 1,
            row in sheet.hidden_rows,
            dress.height(row),
        )
        for row, before in zip(drawn, [0, *drawn], strict=False)
    )
    return DrawnSheet(
        sheet=sheet.name,
        columns=columns,
        rows=rows,
        cut=_runs(drawn) if len(drawn) < last_row else "",
        last_row=last_row,
    )


def _rows(last: int, marked: Sequence[int]) -> list[int]:
    """Return the rows to draw: all, or the head and those around findings."""
    if last <= WHOLE:
        return list(range(1, last + 1))
    wanted = set(range(1, HEAD + 1))
    for row in sorted(set(marked)):
        wanted |= set(range(max(1, row - AROUND), min(last, row + AROUND) + 1))
        if len(wanted) >= MOST:
            break
    return sorted(wanted)[:MOST]


def _runs(rows: Sequence[int]) -> str:
    return ", ".join(f"{a}-{b}" if a < b else f"{a}" for a, b in runs(rows))


def _merged(
    sheet: Sheet, rows: Sequence[int], last_column: int
) -> tuple[set[Position], dict[Position, tuple[int, int]]]:
    """Return the cells that a merged one covers, and the spans of merged cells."""
    covered: set[Position] = set()
    taken: set[Position] = set()
    spans: dict[Position, tuple[int, int]] = {}
    for text in sheet.merges[:_MERGES]:
        try:
            top, left, bottom, right = parse_range(text)
        except ValueError:
            continue
        inside = [row for row in rows if top <= row <= bottom]
        right = min(right, last_column)
        if not inside or inside[0] != top or left > right:
            continue
        run = 1
        while run < len(inside) and inside[run] == top + run:
            run += 1
        area = {(r, c) for r in inside[:run] for c in range(left, right + 1)}
        if area & taken:
            continue  # two merged areas that overlap: the first one counts
        spans[top, left] = (right - left + 1, run)
        covered |= area - {(top, left)}
        taken |= area
    return covered, spans


class _RowCells:
    """Lays out the cells of a row; a long text runs into empty cells beside it."""

    def __init__(
        self,
        sheet: Sheet,
        marks: Mapping[Position, Mark],
        dress: SheetDress,
        widths: Sequence[int],
    ) -> None:
        self._sheet, self._marks, self._dress = sheet, marks, dress
        self._styles, self._widths = dress.places, [0, *widths]

    def of(
        self,
        row: int,
        covered: set[Position],
        spans: Mapping[Position, tuple[int, int]],
    ) -> Iterator[DrawnCell]:
        """Yield the cells of a row from left to right."""
        there = [c for c in range(1, len(self._widths)) if (row, c) not in covered]
        free = {c for c in there if (row, c) not in spans and self._is_free(row, c)}
        column = 0
        for this in there:
            if this <= column:
                continue
            span = spans.get((row, this))
            reach, shown = this, this
            if span is None:
                shown, reach = self._reach(row, this, free)
            yield self._cell(row, shown, span or (reach - this + 1, 1))
            column = max(column, reach)

    def _reach(self, row: int, column: int, free: set[int]) -> tuple[int, int]:
        """Return which cell is shown from this column on, and up to which one."""
        if column not in free:
            rest = self._overhang(row, column, to_left=False)
            last = column
            while rest > 0 and last + 1 in free:
                last += 1
                rest -= self._widths[last]
            return column, last
        after = column
        while after in free:
            after += 1
        between = sum(self._widths[column + 1 : after])
        if after < len(self._widths) and (
            self._overhang(row, after, to_left=True) > between
        ):
            return after, after
        return column, column

    def _is_free(self, row: int, column: int) -> bool:
        cell = self._sheet.cells.get((row, column))
        is_empty = cell is None or cell.value is None
        name = address(row, column)
        return (
            is_empty and (row, column) not in self._marks and name not in self._styles
        )

    def _overhang(self, row: int, column: int, *, to_left: bool) -> float:
        """Return by how many pixels a text is wider than its cell, on this side."""
        cell = self._sheet.cells.get((row, column))
        if cell is None or not isinstance(cell.value, str) or "\n" in cell.value:
            return 0
        if self._dress.stays(row, column):
            return 0
        if self._dress.is_right(row, column) is not to_left:
            return 0
        return _SIGN * width(cell.value) - self._widths[column]

    def _cell(self, row: int, column: int, span: tuple[int, int]) -> DrawnCell:
        cell = self._sheet.cells.get((row, column))
        name = address(row, column)
        text = self._dress.text(cell, column)[:_LONGEST] if cell else ""
        return DrawnCell(
            address=name,
            lines=tuple(text.split("\n")),
            style=self._dress.style(row, column),
            span=span,
            mark=self._marks.get((row, column)),
            is_number=cell is not None and isinstance(cell.value, float),
        )


def _texts_that(flag: str) -> frozenset[str]:
    styles = layout().styles.items()
    return frozenset(name for name, entry in styles if entry.get(flag))


def _text(book: Drawn, cell: Cell) -> str:
    if book.grid and book.grid.styles.is_date(cell.style) and type(cell.value) is float:
        day = day_of(cell.value)
        if day is not None:
            return day.isoformat()
    return shown(cell.value)


def _columns(book: Drawn, sheet: Sheet, last: int) -> tuple[tuple[str, int], ...]:
    """Return letters and widths in pixels; the template's, where it is its sheet."""
    widths: list[float] = []
    rest = _WIDTH
    if book.sheets:
        widths = _by_contents(sheet, last)
    elif book.plan:
        keys = {name: key for key, name in book.plan.sheets.items()}
        if key := keys.get(sheet.name):
            widths = list(book.plan.layout.widths(key))
            rest = book.plan.layout.width(key, _WIDTH)
    padded = [*widths, *[rest] * max(0, last - len(widths))][:last]
    return tuple(
        (column_letters(number), max(16, round(5.2 * size)))
        for number, size in enumerate(padded, 1)
    )


def _by_contents(sheet: Sheet, last: int) -> list[float]:
    """Return widths, in signs, in which a sheet made by hand can be read."""
    longest = [0] * (last + 1)
    for (_, column), cell in sheet.cells.items():
        if isinstance(cell.value, str) and column <= last:
            longest[column] = max(longest[column], len(cell.value))
    return [min(_BROADEST, max(_WIDTH, size / 3)) for size in longest[1:]]
