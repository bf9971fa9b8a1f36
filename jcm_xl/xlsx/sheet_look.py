"""What of a sheet is within reach: sizes of its lines, panes, what the view shows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import NamedTuple

from jcm_xl.dataclass import dataclass
from jcm_xl.xlsx import limits
from jcm_xl.xlsx.looks import LookChange
from jcm_xl.xlsx.page import USUAL_PAGE, PrintedPage

DIGIT = 7
"""The width of a digit in the usual font, in pixels of 1/96 inch."""
_PADDING = 5
_USUAL_WIDTH = 9.140625
_USUAL_HEIGHT = 15.0
_PIXELS_A_POINT = 96 / 72


class Condition(NamedTuple):
    """A rule of conditional formatting that may hide what a cell holds.

    ranges:   the ranges that it is for, as stored. formulas: without equals sign.
    change:   what it does to the look, if anything.
    is_alone: whether bars or signs stand in the place of the value.
    colours:  of bars and scales, which lie under the letters.
    """

    ranges: str
    type: str
    operator: str
    formulas: tuple[str, ...]
    priority: int
    change: LookChange = LookChange()
    is_alone: bool = False
    colours: tuple[str, ...] = ()
    text: str = ""


class Caption(NamedTuple):
    """A text of a sheet that stands in no cell.

    kind:   `prompt`, `tip` of a link, `page` for the head and foot of printed pages.
    ranges: of a prompt or tip, the cells that it is for.
    """

    kind: str
    text: str
    ranges: str = ""


SCENARIO, FILTER = "scenario", "filter"
"""Kinds of what a sheet keeps and shows when it is called up."""


class Ruler:
    """How far lines lie from the edge of a sheet, in pixels of 1/96 inch."""

    def __init__(
        self, own: Sequence[tuple[int, int, float]], usual: float, last: int
    ) -> None:
        """Take (first, last, size) of lines in order, and the size of all others."""
        self._usual, self._last = usual, last
        self._starts, self._places, self._sizes = [1], [0.0], [usual]
        line, place = 1, 0.0
        for first, end, size in own:
            if not line <= first <= end:
                continue  # stated twice: the first counts
            place += (first - line) * usual
            self._note(first, place, size)
            place += (end - first + 1) * size
            line = end + 1
            self._note(line, place, usual)

    def _note(self, line: int, place: float, size: float) -> None:
        self._starts.append(line)
        self._places.append(place)
        self._sizes.append(size)

    def before(self, line: int) -> float:
        """Return where a line begins."""
        n = bisect_right(self._starts, min(line, self._last)) - 1
        return self._places[n] + (line - self._starts[n]) * self._sizes[n]

    def at(self, place: float) -> int:
        """Return the line that lies at a place."""
        n = bisect_right(self._places, max(0.0, place)) - 1
        size = self._sizes[n]
        more = int((place - self._places[n]) / size) if size > 0 else 0
        return max(1, min(self._last, self._starts[n] + more))


@dataclass(frozen=True, slots=True)
class SheetLook:
    """Sizes and view of one sheet. Widths count digits, heights points.

    widths:  (first, last, width) of columns that have their own; 0 where hidden.
    heights: of rows that have their own.
    frozen:  how many rows and columns do not scroll.
    first:   row and column that the window begins with.
    rich:    rows and columns of cells that show a picture or a linked record.
    charts:  the cells that have a chart of their own (sparklines), as stored.
    hidden_by_views: what views hide that a person may call up, in words of the file.
    """

    widths: tuple[tuple[int, int, float], ...] = ()
    heights: Mapping[int, float] = field(default_factory=dict)
    default_width: float = _USUAL_WIDTH
    default_height: float = _USUAL_HEIGHT
    frozen: tuple[int, int] = (0, 0)
    first: tuple[int, int] = (1, 1)
    shows_zeros: bool = True
    shows_formulas: bool = False
    has_background: bool = False
    conditions: tuple[Condition, ...] = ()
    captions: tuple[Caption, ...] = ()
    rich: tuple[tuple[int, int], ...] = ()
    charts: tuple[str, ...] = ()
    page: PrintedPage = USUAL_PAGE
    hidden_by_views: tuple[str, ...] = ()
    on_call: tuple[Caption, ...] = ()
    """What other values scenarios have for cells, and filters with criteria."""
    has_runs: bool = False
    """Whether letters of some texts have a look of their own (`RunText`)."""

    def width(self, column: int) -> float:
        """Return the width of a column in digits."""
        for first, last, width in self.widths:
            if first <= column <= last:
                return width
        return self.default_width

    def height(self, row: int) -> float:
        """Return the height of a row in points."""
        return self.heights.get(row, self.default_height)

    def rulers(self) -> tuple[Ruler, Ruler]:
        """Return the rulers of rows and of columns."""
        rows = [(n, n, h * _PIXELS_A_POINT) for n, h in sorted(self.heights.items())]
        columns = [(a, b, pixels(width)) for a, b, width in sorted(self.widths)]
        return (
            Ruler(rows, self.default_height * _PIXELS_A_POINT, limits.ROWS),
            Ruler(columns, pixels(self.default_width), limits.COLUMNS),
        )


USUAL_LOOK = SheetLook()


def pixels(width: float) -> float:
    """Return the pixels of a column of so many digits, as Excel stores widths."""
    return int((256 * width + int(128 / DIGIT)) / 256 * DIGIT)


def digits(width: float) -> float:
    """Return how many digits find room in a column of a stored width."""
    return max(0.0, (pixels(width) - _PADDING) / DIGIT)
