"""How much room a text takes in a cell: no program measures it for us.

Widths are those of Calibri at 11 points, in pixels.
"""

from __future__ import annotations

import unicodedata

_WIDTHS = {
    3: " \u00a0'", 4: ",.:;I`ijl", 5: "!()-J[]frt{}", 6: '"/L\\csz',
    8: "BCKPRXbdehnopqu", 9: "ADGHUV", 10: "&NOQ", 11: "%w", 12: "Mm", 13: "@W",
}  # fmt: skip
_OF = {sign: width for width, signs in _WIDTHS.items() for sign in signs}
_USUAL, _OF_ANOTHER, _OF_A_SQUARE = 7, 8, 15
_MARGIN = 6
"""Pixels of a cell that stay empty beside its text."""
POINTS = 11
"""Size of letters for which the widths are given."""
LINE = 15.0
"""Points that a line of this size is high."""


def pixels(text: str, size: float = POINTS) -> float:
    """Return the width of a text in one line."""
    return sum(map(_of, text)) * size / POINTS


def _of(sign: str) -> int:
    if sign in _OF or sign.isascii():
        return _OF.get(sign, _USUAL)
    if unicodedata.combining(sign):
        return 0
    is_square = unicodedata.east_asian_width(sign) in "WF"
    base = unicodedata.normalize("NFD", sign)[0]
    other = _USUAL if base.isascii() else _OF_ANOTHER
    return _OF_A_SQUARE if is_square else _OF.get(base, other)


def lines(text: str, columns: float, size: float = POINTS) -> int:
    """Return the lines of a text in a cell so many digits wide, words kept together."""
    room = max(columns * 7 + 5 - _MARGIN, 1)
    return sum(_lines(part, room, size) for part in text.split("\n"))


def _lines(text: str, room: float, size: float) -> int:
    count, used, blank = 1, 0.0, pixels(" ", size)
    for word in text.split(" "):
        wide = pixels(word, size)
        if used and used + blank + wide > room:
            count, used = count + 1, 0.0
        if not used and wide > room:  # a word longer than a line is parted
            more = int(wide // room)
            count, wide = count + more, wide - more * room
        used += wide + (blank if used else 0.0)
    return count


BOLD = 1.06
"""How much wider bold letters are."""


def height(text: str, columns: float, size: float = POINTS) -> float:
    """Return the points that a text needs in a cell so many digits wide."""
    return lines(text, columns, size) * LINE * size / POINTS
