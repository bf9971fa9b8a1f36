"""Formulas stored once for many cells, written out for each of them.

Excel stores a column of like formulas once, at its first cell; the other cells only
name it. Written out, every relative reference moves with the cell; ``$`` holds it.
"""

import re
from typing import NamedTuple

from jcm_xl.text.late import late_pattern
from jcm_xl.xlsx import limits
from jcm_xl.xlsx.grid import column_letters, parse_address

_COLUMN, _ROW = r"(\$?)([A-Z]{1,3})", r"(\$?)([0-9]{1,7})"
_TOKEN = late_pattern(
    r"""
    (?P<text>"(?:[^"]|"")*")
    | (?P<sheet>'(?:[^']|'')*')
    | (?P<columns>\$?[A-Z]{1,3}:\$?[A-Z]{1,3}(?![\w.\\?$(!]))
    | (?P<rows>\$?[0-9]{1,7}:\$?[0-9]{1,7}(?![\w.$]))
    | (?P<word>[\w.\\$?]+)
    | (?P<bracket>\[)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_CELL = late_pattern(_COLUMN + _ROW, re.IGNORECASE | re.ASCII)
_HALF = late_pattern(r"(\$?)([A-Z]{1,3}|[0-9]{1,7})", re.IGNORECASE | re.ASCII)


class _Moving(NamedTuple):
    """A reference, or one end of it, that moves; 0 for a row or column it has not."""

    column_sign: str
    column: int
    row_sign: str
    row: int

    def at(self, down: int, right: int) -> str:
        """Return the reference as it reads in another cell."""
        row = self.row if self.row_sign or not self.row else self.row + down
        column = self.column if self.column_sign else self.column + right
        if self.row and not 0 < row <= limits.ROWS:
            return "#REF!"
        if self.column and not 0 < column <= limits.COLUMNS:
            return "#REF!"
        letters = column_letters(column) if self.column else ""
        return f"{self.column_sign}{letters}{self.row_sign}{row or ''}"


_Piece = str | _Moving


class _Filling(NamedTuple):
    """The formula in one column: a pattern, and the rows to fill in."""

    pattern: str
    rows: tuple[int, ...]
    first: int
    last: int


class SharedFormula:
    """A master formula, cut once into fixed texts and moving references."""

    __slots__ = ("_column", "_fillings", "_pieces", "_row", "master")

    def __init__(self, master: str, row: int, column: int) -> None:
        """Cut the formula that stands at this position."""
        self.master = master
        self._row = row
        self._column = column
        self._pieces = _cut(master)
        self._fillings: dict[int, _Filling] = {}

    def at(self, row: int, column: int) -> str:
        """Return the formula as it reads in another cell."""
        down, right = row - self._row, column - self._column
        if not down and not right:
            return self.master
        pattern, rows, first, last = self._fillings.get(right) or self._filling(right)
        if first + down > 0 and last + down <= limits.ROWS:
            return pattern % tuple([row + down for row in rows])
        return "".join(
            piece if isinstance(piece, str) else piece.at(down, right)
            for piece in self._pieces
        )

    def _filling(self, right: int) -> _Filling:
        """Write a column's formula once: to fill in rows is four times as fast."""
        pattern, rows = "", []
        for piece in self._pieces:
            if isinstance(piece, str):
                pattern += piece.replace("%", "%%")
                continue
            text = piece.at(0, right)
            if piece.row and not piece.row_sign and text != "#REF!":
                text = text.removesuffix(str(piece.row)) + "%d"
                rows.append(piece.row)
            pattern += text
        filling = _Filling(
            pattern, tuple(rows), min(rows, default=limits.ROWS), max(rows, default=0)
        )
        self._fillings[right] = filling
        return filling


def _cut(formula: str) -> list[_Piece]:
    pieces: list[_Piece] = []
    at = done = 0
    while match := _TOKEN.search(formula, at):
        at = match.end()
        if match.lastgroup == "bracket":
            at = _after_bracket(formula, match.start())
        elif moving := _moving(match, formula[at : at + 1]):
            pieces.append(formula[done : match.start()])
            pieces.extend(moving)
            done = at
    pieces.append(formula[done:])
    return pieces


def _moving(match: re.Match[str], following: str) -> list[_Piece]:
    """Return the moving pieces of a token, or none if it stays as it is."""
    token = match[0]
    if match.lastgroup in ("columns", "rows"):
        first, last = token.split(":")
        return [_half(first), ":", _half(last)]
    if match.lastgroup != "word" or following in ("(", "!"):
        return []
    cell = _CELL.fullmatch(token)
    if not cell or cell[4][:1] == "0" or not _is_on_sheet(token):
        return []
    return [_reference(cell[1], cell[2], cell[3], cell[4])]


def _is_on_sheet(token: str) -> bool:
    try:
        parse_address(token)
    except ValueError:
        return False
    return True


def _reference(fix1: str, letters: str, fix2: str, digits: str) -> _Piece:
    row, column = parse_address(letters + digits)
    return _Moving(fix1, column, fix2, row)


def _half(token: str) -> _Piece:
    """Return one end of a whole-column or whole-row reference."""
    match = _HALF.fullmatch(token)
    if match is None or match[1]:
        return token
    if match[2].isdecimal():
        return _Moving("", 0, "", int(match[2]))
    return _Moving("", parse_address(match[2] + "1")[1], "", 0)


def _after_bracket(formula: str, at: int) -> int:
    """Return the position after a bracket; table and file names do not move."""
    depth = 0
    while at < len(formula):
        if formula[at] == "'" and depth:  # escapes the next character
            at += 1
        elif formula[at] == "[":
            depth += 1
        elif formula[at] == "]":
            depth -= 1
            if not depth:
                return at + 1
        at += 1
    return at
