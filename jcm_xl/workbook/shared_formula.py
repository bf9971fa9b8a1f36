"""Formulas stored once for many cells, written out for each of them.

Excel stores a column of like formulas once, at its first cell; the other cells only
name it. Written out, every relative reference moves with the cell; ``$`` holds it.
"""

import re
from collections.abc import Callable

from jcm_xl.workbook import limits
from jcm_xl.workbook.grid import column_letters, parse_address

_COLUMN, _ROW = r"(\$?)([A-Z]{1,3})", r"(\$?)([0-9]{1,7})"
_TOKEN = re.compile(
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
_CELL = re.compile(_COLUMN + _ROW, re.IGNORECASE | re.ASCII)
_HALF = re.compile(r"(\$?)([A-Z]{1,3}|[0-9]{1,7})", re.IGNORECASE | re.ASCII)

_Piece = str | Callable[[int, int], str]


class SharedFormula:
    """A master formula, cut once into fixed texts and moving references."""

    __slots__ = ("_column", "_pieces", "_row", "master")

    def __init__(self, master: str, row: int, column: int) -> None:
        """Cut the formula that stands at this position."""
        self.master = master
        self._row = row
        self._column = column
        self._pieces = _cut(master)

    def at(self, row: int, column: int) -> str:
        """Return the formula as it reads in another cell."""
        down, right = row - self._row, column - self._column
        if not down and not right:
            return self.master
        return "".join(
            piece if isinstance(piece, str) else piece(down, right)
            for piece in self._pieces
        )


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
    is_column_fixed, is_row_fixed = bool(fix1), bool(fix2)

    def moved(down: int, right: int) -> str:
        new_row = row if is_row_fixed else row + down
        new_column = column if is_column_fixed else column + right
        if not (0 < new_row <= limits.ROWS and 0 < new_column <= limits.COLUMNS):
            return "#REF!"
        return f"{fix1}{column_letters(new_column)}{fix2}{new_row}"

    return moved


def _half(token: str) -> _Piece:
    """Return one end of a whole-column or whole-row reference."""
    match = _HALF.fullmatch(token)
    if match is None or match[1]:
        return token
    if match[2].isdecimal():
        row = int(match[2])
        return lambda down, _: _shifted(row + down, limits.ROWS, str)
    column = parse_address(match[2] + "1")[1]
    return lambda _, right: _shifted(column + right, limits.COLUMNS, column_letters)


def _shifted(number: int, last: int, spelled: Callable[[int], str]) -> str:
    return spelled(number) if 0 < number <= last else "#REF!"


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
