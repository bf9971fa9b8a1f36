"""A formula as a tree. Its cells are numbered: formulas of one shape share a tree."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from jcm_xl.formula.parse import FormulaMaker
from jcm_xl.xlsx import limits
from jcm_xl.xlsx.grid import CellError, CellValue, column_number

_CELL = re.compile(r"(\$?)([A-Za-z]{1,3})(\$?)([1-9][0-9]{0,6})", re.ASCII)
_COLUMN = re.compile(r"\$?([A-Za-z]{1,3})", re.ASCII)
_DEEPEST = 300
"""Of signs beside each other: each of them is a step down when it is evaluated."""


class CellAt(NamedTuple):
    """A cell as a formula names it; `is_fixed`: rows, columns that have a `$`."""

    row: int
    column: int
    is_row_fixed: bool = False
    is_column_fixed: bool = False


class ValueNode(NamedTuple):
    """A number, text, truth or error; `None` for what was left out."""

    value: CellValue


class CellNode(NamedTuple):
    """The cell with this number among the cells of the formula."""

    number: int
    sheet: str = ""


class LinesNode(NamedTuple):
    """Whole columns or rows."""

    top: int
    left: int
    bottom: int
    right: int
    sheet: str = ""


class NameNode(NamedTuple):
    """A defined name, or a table that is named whole."""

    name: str
    sheet: str = ""


class TableNode(NamedTuple):
    """A part of a table as it is written."""

    text: str


class JoinNode(NamedTuple):
    """References joined: `:` from one to the other, blank for both, comma for all."""

    sign: str
    operands: tuple[Node, ...]


class CallNode(NamedTuple):
    """A call of a function."""

    name: str
    arguments: tuple[Node, ...]


class SignsNode(NamedTuple):
    """An operand with `-`, `+` and `@` before it, or `%` behind it."""

    signs: str
    operand: Node


class PairNode(NamedTuple):
    """An operation on two operands."""

    sign: str
    first: Node
    second: Node


class LinesOfValues(NamedTuple):
    """A constant array: all its values, line by line."""

    height: int
    width: int
    values: tuple[CellValue, ...]


class OddNode(NamedTuple):
    """What is not evaluated; `why` is the key of the reason."""

    why: str


Node: TypeAlias = (
    ValueNode | CellNode | LinesNode | NameNode | TableNode | JoinNode | CallNode
    | SignsNode | PairNode | LinesOfValues | OddNode
)  # fmt: skip


def cell_at(word: str) -> CellAt | None:
    """Return the cell that a word names, if it names one."""
    match = _CELL.fullmatch(word)
    if match is None:
        return None
    row, column = int(match[4]), column_number(match[2])
    if row > limits.ROWS or column > limits.COLUMNS:
        return None
    return CellAt(row, column, bool(match[3]), bool(match[1]))


class TreeMaker(FormulaMaker[Node]):
    """Makes the tree of one formula.

    cells: those that it names, in order. is_lazy: whether not all are of its own
    sheet and needed.
    """

    def __init__(self) -> None:
        self.cells: list[CellAt] = []
        self.is_lazy = False

    def number(self, text: str) -> Node:
        """Take 15 digits, as a spreadsheet does."""
        return ValueNode(float(text))

    def text(self, quoted: str) -> Node:
        """Take the text without its marks."""
        return ValueNode(quoted[1:-1].replace('""', '"'))

    def error(self, code: str) -> Node:
        """Take the error as a value."""
        return ValueNode(CellError(code))

    def word(self, word: str) -> Node:
        """Tell cells, truths and names apart."""
        cell = cell_at(word)
        if cell is not None:
            self.cells.append(cell)
            return CellNode(len(self.cells) - 1)
        if word.upper() in ("TRUE", "FALSE"):
            return ValueNode(word.upper() == "TRUE")
        return NameNode(word)

    def rows(self, rows: str) -> Node:
        """Take whole rows."""
        first, last = sorted(int(n) for n in rows.replace("$", "").split(":"))
        if not 1 <= first <= last <= limits.ROWS:
            return OddNode("no-formula")
        return LinesNode(first, 1, last, limits.COLUMNS)

    def table(self, text: str) -> Node:
        """Leave it to who knows the tables."""
        return TableNode(text)

    def on_sheet(self, sheet: str, operand: Node) -> Node:
        """Give the reference its sheet."""
        sheet = sheet.replace("''", "'")
        self.is_lazy = True
        if "[" in sheet:
            return OddNode("elsewhere")
        if isinstance(operand, CellNode | LinesNode | NameNode):
            return operand._replace(sheet=sheet)
        return operand if isinstance(operand, ValueNode) else OddNode("no-formula")

    def missing(self) -> Node:
        """Take a blank."""
        return ValueNode(None)

    def call(self, name: str, arguments: Sequence[Node]) -> Node:
        """Take the truths, which LibreOffice calls, as values."""
        if name in ("TRUE", "FALSE") and not arguments:
            return ValueNode(name == "TRUE")
        if name == "SINGLE" and len(arguments) == 1:
            return SignsNode("@", arguments[0])
        if name == "ANCHORARRAY":
            return OddNode("spills")
        self.is_lazy = True  # ranges are not singles, and IF leaves cells alone
        return CallNode(name, tuple(arguments))

    def array(self, lines: Sequence[Sequence[tuple[str, Node]]]) -> Node:
        """Take the values of a constant array."""
        widths = {len(line) for line in lines}
        values = [_item(sign, node) for line in lines for sign, node in line]
        if len(widths) != 1 or OddNode in map(type, values):
            return OddNode("no-formula")
        return LinesOfValues(len(lines), widths.pop(), tuple(values))  # type: ignore[arg-type]

    def union(self, operands: Sequence[Node]) -> Node:
        """Join references by commas."""
        return JoinNode(",", tuple(operands))

    def intersection(self, first: Node, second: Node) -> Node:
        """Join references by a blank."""
        return JoinNode(" ", (first, second))

    def span(self, first: Node, last: Node) -> Node:
        """Join references by a colon; two names may be the letters of columns."""
        if isinstance(first, NameNode) and isinstance(last, NameNode):
            left, right = _column(first.name), _column(last.name)
            if left and right and last.sheet in ("", first.sheet):
                left, right = sorted((left, right))
                return LinesNode(1, left, limits.ROWS, right, first.sheet)
        return JoinNode(":", (first, last))

    def spilled(self, operand: Node) -> Node:
        """Give up: what another formula spills is not followed."""
        return OddNode("spills")

    def signed(self, signs: str, operand: Node) -> Node:
        """Put the signs before an operand."""
        return SignsNode(signs, operand) if len(signs) < _DEEPEST else _ODD

    def percent(self, operand: Node, count: int) -> Node:
        """Put the signs behind an operand."""
        return SignsNode("%" * count, operand) if count < _DEEPEST else _ODD

    def binary(self, sign: str, first: Node, second: Node) -> Node:
        """Make an operation."""
        return PairNode(sign, first, second)


_ODD = OddNode("no-formula")


def _item(sign: str, node: Node) -> CellValue | OddNode:
    if not isinstance(node, ValueNode):
        return _ODD
    value = node.value
    if not sign:
        return value
    return -value if isinstance(value, float) else _ODD


def _column(name: str) -> int:
    match = _COLUMN.fullmatch(name)
    number = column_number(match[1]) if match else 0
    return number if number <= limits.COLUMNS else 0
