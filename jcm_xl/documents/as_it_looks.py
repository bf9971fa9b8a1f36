"""A sheet in its own looks: widths, fills, letters, numbers as their formats have them.

Rules of conditional formatting, borders and drawings are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from jcm_xl.model.shown import shown
from jcm_xl.text.days import day_of
from jcm_xl.text.width import width
from jcm_xl.xlsx.cell_styles import is_date_format
from jcm_xl.xlsx.colours import BLACK, WHITE
from jcm_xl.xlsx.grid import Cell, Grid, Sheet, column_letters
from jcm_xl.xlsx.looks import PLAIN, Look
from jcm_xl.xlsx.number_format import shown_number, shown_text
from jcm_xl.xlsx.sheet_look import digits, pixels

SCALE = 0.8
"""Share of the size that a spreadsheet program draws at 100 %."""
_NARROWEST = 12
_POINT = 96 / 72
_GENERAL = ("General", "@")
_STEP = 9
"""Pixels of one step of an indent."""
_SIDES = {"left": "left", "center": "center", "centerContinuous": "center",
          "right": "right", "justify": "left", "distributed": "center"}  # fmt: skip
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun",
           "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")  # fmt: skip
_DAY_PART = re.compile(r"y{4}|y{2}|m{1,3}|d{1,2}|[-/. ]|,", re.IGNORECASE)


class AsItLooks:
    """Draws the sheets of a book in the looks that the file gives them."""

    def __init__(self, grid: Grid) -> None:
        """Start with no style drawn; `css` names those that were."""
        self.grid = grid
        self._drawn: dict[int, str] = {}

    def sheet(self, sheet: Sheet) -> FileSheet:
        """Return what a sheet is drawn in."""
        return FileSheet(self, sheet)

    def name(self, style: int) -> str:
        """Return the name of a style that is drawn, nothing for a plain one."""
        if style not in self._drawn:
            self._drawn[style] = "; ".join(_rules(self.grid.styles.look(style)))
        return f"k{style}" if self._drawn[style] else ""

    def css(self) -> str:
        """Return a rule for each style that was drawn."""
        rules = sorted(self._drawn.items())
        return "\n".join(f".g .s-k{n} {{ {text} }}" for n, text in rules if text)


class FileSheet:
    """One sheet as the file has it."""

    def __init__(self, book: AsItLooks, sheet: Sheet) -> None:
        """Take the book for its styles."""
        self._book, self._sheet = book, sheet
        self._grid = book.grid

    @property
    def places(self) -> Mapping[str, str]:
        """Return none: a cell without a value is drawn where others are around it."""
        return {}

    def style(self, row: int, column: int) -> str:
        """Return the name of a cell's style."""
        cell = self._sheet.cells.get((row, column))
        return self._book.name(cell.style) if cell else ""

    def stays(self, row: int, column: int) -> bool:
        """Tell whether a text is kept within its cell."""
        look = self._look(row, column)
        return look.wraps or look.alignment not in ("", "general", "left", "right")

    def is_right(self, row: int, column: int) -> bool:
        """Tell whether a text ends at the right of its cell."""
        return self._look(row, column).alignment == "right"

    def text(self, cell: Cell, column: int) -> str:
        """Return what a cell shows of its value, as its number format has it."""
        code = self._grid.styles.number_format(cell.style)
        value = cell.value
        if isinstance(value, str):
            seen = shown_text(code, value)
            return value if seen is None else seen
        if type(value) is not float:
            return shown(value)
        if is_date_format(code):
            return _day(value, code, is_1904=self._grid.is_date1904)
        if code in _GENERAL:
            return general(value, digits(self._sheet.look.width(column)))
        known = shown_number(code, value)
        return known.text if known.is_known else shown(value)

    def columns(self, last: int) -> tuple[tuple[str, int], ...]:
        """Return letters and widths in pixels; a hidden column is narrow."""
        widths = (self._sheet.look.width(n) for n in range(1, last + 1))
        return tuple(
            (column_letters(n), max(_NARROWEST, round(pixels(size) * SCALE)))
            for n, size in enumerate(widths, 1)
        )

    def height(self, row: int) -> int:
        """Return the height of a row in pixels."""
        return round(self._sheet.look.height(row) * _POINT * SCALE)

    def _look(self, row: int, column: int) -> Look:
        cell = self._sheet.cells.get((row, column))
        return self._grid.styles.look(cell.style) if cell else PLAIN


def general(value: float, room: float) -> str:
    """Return what the format General shows of a number in so many digits.

    At most eleven signs; decimals are left out before the number is shown as 2.75E+08.
    """
    text = shown(value)
    room = min(11, int(room + 0.6))
    if width(text) <= room or room < 1:
        return text
    whole = len(f"{abs(value):.0f}")
    if whole <= room and (value == 0 or abs(value) >= 1e-4):
        fixed = f"{value:.{max(0, room - whole - 1)}f}"
        return fixed.rstrip("0").rstrip(".") if "." in fixed else fixed
    return f"{value:.{max(0, room - 6)}E}"


def _day(value: float, code: str, *, is_1904: bool) -> str:
    """Return a day in the order of its format; in another calendar as in ISO 8601."""
    day = day_of(value, is_1904=is_1904)
    if day is None:
        return shown(value)
    parts = _DAY_PART.findall(code)
    if "".join(parts) != code:
        return day.isoformat()
    said = {
        "yyyy": f"{day.year:04}", "yy": f"{day.year % 100:02}",
        "mmm": _MONTHS[day.month - 1], "mm": f"{day.month:02}", "m": str(day.month),
        "dd": f"{day.day:02}", "d": str(day.day),
    }  # fmt: skip
    return "".join(said.get(part.lower(), part) for part in parts)


def _rules(look: Look) -> Iterator[str]:
    if look.colour != BLACK:
        yield f"color: #{look.colour}"
    if look.grounds[0] != WHITE:
        yield f"background: #{look.grounds[0]}"
    if look.points != PLAIN.points:
        yield f"font-size: {min(72.0, look.points) * _POINT * SCALE:.1f}px"
    flags = (
        (look.is_bold, "font-weight: 600"), (look.is_italic, "font-style: italic"),
        (look.is_struck, "text-decoration: line-through"),
        (look.wraps, "white-space: pre-wrap"),
    )  # fmt: skip
    yield from (rule for is_set, rule in flags if is_set)
    if side := _SIDES.get(look.alignment):
        yield f"text-align: {side}"
    if 0 < look.indent < 50:
        yield f"padding-left: {look.indent * _STEP}px"
