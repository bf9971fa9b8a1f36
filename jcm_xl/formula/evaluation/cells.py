"""Sheets, ranges and arrays as a formula sees them.

A value that is not known yet is asked for (`Wanted`): who evaluates a formula stops it,
evaluates what it wants, and begins it again. So no chain of cells is too long for us.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from jcm_xl.expr.arithmetic import VALUE, NotCalculable
from jcm_xl.formula.evaluation.values import failure
from jcm_xl.formula.evaluation.why import NotEvaluable, changing, unknown
from jcm_xl.xlsx import limits
from jcm_xl.xlsx.grid import Cell, CellError, CellValue, Position, Sheet, parse_range

_NOT_THERE = object()
_KEPT = 1_000_000
"""Values of ranges that are kept for the next formula that reads the same range."""


class Wanted(Exception):
    """Cells of a sheet must be evaluated first."""

    def __init__(self, sheet: SheetValues, cells: Sequence[Position]) -> None:
        super().__init__()
        self.sheet = sheet
        self.cells = cells


class Budget:
    """How much work may still be done for one book."""

    __slots__ = ("_left", "room")

    def __init__(self, work: int) -> None:
        self._left = work
        self.room = _KEPT

    def spend(self, work: int) -> None:
        """Take some of it; raise where nothing is left."""
        self._left -= work
        if self._left < 0:
            raise unknown("too-much-work")

    def keep(self, count: int) -> bool:
        """Tell whether so many values may be kept, and count them."""
        if self.room < count:
            return False
        self.room -= count
        return True


class SheetValues:
    """The cells of one sheet with what was evaluated of them."""

    __slots__ = (
        "_areas", "_columns", "arrays", "budget", "cells", "evaluated", "hidden_rows",
        "key", "last_row", "name",
    )  # fmt: skip

    def __init__(self, sheet: Sheet, budget: Budget) -> None:
        self.name, self.key = sheet.name, sheet.name.casefold()
        self.cells: Mapping[Position, Cell] = sheet.cells
        self.hidden_rows = sheet.hidden_rows
        self.evaluated: dict[Position, CellValue | NotEvaluable] = {}
        self.budget = budget
        self.arrays = tuple(_ranges(sheet.arrays))
        self._columns: dict[int, list[int]] | None = None
        self._areas: dict[tuple[int, int, int, int], CellRange] = {}
        self.last_row = 0

    def value(self, position: Position) -> CellValue:
        """Return the value of a cell; raise what stands in the way of it."""
        value = self.evaluated.get(position, _NOT_THERE)
        if value is _NOT_THERE:
            cell = self.cells.get(position)
            if cell is None:
                return None
            if cell.formula is None:
                return cell.value
            raise Wanted(self, (position,))
        if value.__class__ is NotEvaluable:
            raise value.with_traceback(None)
        return value  # type: ignore[return-value]

    def area(self, top: int, left: int, bottom: int, right: int) -> CellRange:
        """Return a range of this sheet, always the same one for the same corners."""
        corners = top, left, bottom, right
        area = self._areas.get(corners)
        if area is None:
            area = CellRange(self, *corners)
            if self.budget.keep(1):
                self._areas[corners] = area
        return area

    def positions(
        self, top: int, left: int, bottom: int, right: int
    ) -> Sequence[Position]:
        """Return the stored cells of a range, line by line."""
        columns = self._by_column()
        if left == right:
            rows = columns.get(left, ())
            first, last = bisect_left(rows, top), bisect_right(rows, bottom)
            return [(row, left) for row in rows[first:last]]
        found: list[Position] = []
        wide = right - left + 1
        for column in range(left, right + 1) if wide < len(columns) else columns:
            if left <= column <= right:
                rows = columns.get(column, ())
                first, last = bisect_left(rows, top), bisect_right(rows, bottom)
                found += [(row, column) for row in rows[first:last]]
        found.sort()
        return found

    def _by_column(self) -> dict[int, list[int]]:
        if self._columns is None:
            self.budget.spend(len(self.cells))
            self._columns = {}
            for row, column in self.cells:
                self._columns.setdefault(column, []).append(row)
            for rows in self._columns.values():
                rows.sort()
                self.last_row = max(self.last_row, rows[-1])
        return self._columns

    def array_at(self, position: Position) -> tuple[int, int, int, int] | None:
        """Return the range of the array formula that a cell belongs to."""
        row, column = position
        for top, left, bottom, right in self.arrays:
            if top <= row <= bottom and left <= column <= right:
                return top, left, bottom, right
        return None


def _ranges(texts: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    for text in texts:
        try:
            yield parse_range(text)
        except ValueError:
            continue


class CellRange:
    """A range of one sheet; `stored` are its values that are no blanks, by number.

    Cells are numbered line by line from 0.
    """

    __slots__ = (
        "_lookup", "_stored", "bottom", "height", "left", "matches", "right", "sheet",
        "top", "width",
    )  # fmt: skip

    def __init__(
        self, sheet: SheetValues, top: int, left: int, bottom: int, right: int
    ) -> None:
        self.sheet = sheet
        self.top, self.left, self.bottom, self.right = top, left, bottom, right
        self.height, self.width = bottom - top + 1, right - left + 1
        self._stored: dict[int, CellValue] | None = None
        self._lookup: dict[object, list[int]] | None = None
        self.matches: dict[object, Any] = {}  # what was found by a condition

    @property
    def size(self) -> int:
        """Return how many cells it has."""
        return self.height * self.width

    def stored(self) -> Mapping[int, CellValue]:
        """Return the values that are not blank, by the number of the cell."""
        if self._stored is not None:
            return self._stored
        sheet = self.sheet
        positions = sheet.positions(self.top, self.left, self.bottom, self.right)
        sheet.budget.spend(len(positions))
        found = dict(self._found(positions))
        if sheet.budget.keep(len(found)):
            self._stored = found
        return found

    def _found(self, positions: Sequence[Position]) -> Iterator[tuple[int, CellValue]]:
        cells, evaluated, width = self.sheet.cells, self.sheet.evaluated, self.width
        first = self.top * width + self.left
        wanted = [
            p for p in positions if p not in evaluated and cells[p].formula is not None
        ]
        if wanted:
            raise Wanted(self.sheet, wanted)
        for position in positions:
            value = evaluated.get(position, _NOT_THERE)
            if value is _NOT_THERE:
                value = cells[position].value
            elif value.__class__ is NotEvaluable:
                raise value.with_traceback(None)
            if value is not None:
                row, column = position
                yield row * width + column - first, value  # type: ignore[misc]

    def at(self, number: int) -> CellValue:
        """Return the value of the cell with this number."""
        row, column = divmod(number, self.width)
        return self.sheet.value((self.top + row, self.left + column))

    def lookup(self) -> Mapping[object, list[int]]:
        """Return the numbers of the cells by their value; texts without capitals."""
        if self._lookup is None:
            found: dict[object, list[int]] = {}
            for number, value in self.stored().items():
                found.setdefault(lookup_key(value), []).append(number)
            if not self.sheet.budget.keep(len(found)):
                return found
            self._lookup = found
        return self._lookup

    def matrix(self) -> Matrix:
        """Return all values of it, also the blanks."""
        self.sheet.budget.spend(self.size)
        values: list[CellValue] = [None] * self.size
        for number, value in self.stored().items():
            values[number] = value
        return Matrix(self.height, self.width, values)

    def part(self, top: int, left: int, height: int, width: int) -> CellRange:
        """Return a part of it, or a range of another size from its corner."""
        row, column = self.top + top, self.left + left
        bottom = min(row + height - 1, limits.ROWS)
        right = min(column + width - 1, limits.COLUMNS)
        return self.sheet.area(row, column, bottom, right)

    def crossing(self, row: int, column: int) -> CellValue:
        """Return the one value that a formula in this place means by a range.

        Excel calls it implicit intersection.
        """
        if self.height == self.width == 1:
            return self.sheet.value((self.top, self.left))
        if self.width == 1 and self.top <= row <= self.bottom:
            return self.sheet.value((row, self.left))
        if self.height == 1 and self.left <= column <= self.right:
            return self.sheet.value((self.top, column))
        raise failure(VALUE)


class Matrix(NamedTuple):
    """An array of values, line by line."""

    height: int
    width: int
    values: Sequence[CellValue]

    @property
    def size(self) -> int:
        """Return how many values it has."""
        return self.height * self.width

    def stored(self) -> Mapping[int, CellValue]:
        """Return the values that are not blank, by number."""
        return {n: v for n, v in enumerate(self.values) if v is not None}

    def at(self, number: int) -> CellValue:
        """Return the value with this number."""
        return self.values[number]

    def lookup(self) -> Mapping[object, list[int]]:
        """Return the numbers of the values by value; texts without capitals."""
        found: dict[object, list[int]] = {}
        for number, value in self.stored().items():
            found.setdefault(lookup_key(value), []).append(number)
        return found

    def part(self, top: int, left: int, height: int, width: int) -> Matrix:
        """Return a part of it."""
        values = [
            self.values[row * self.width + column]
            for row in range(top, top + height)
            for column in range(left, left + width)
        ]
        return Matrix(height, width, values)

    def matrix(self) -> Matrix:
        """Return it."""
        return self


class Joined(NamedTuple):
    """Several ranges side by side, as `(A1:A3,C1:C3)` or those of several sheets."""

    ranges: tuple[CellRange, ...]


Operand: TypeAlias = CellValue | CellRange | Matrix | Joined
"""What an argument can be before it is asked for its value."""


def lookup_key(value: CellValue) -> object:
    """Return what equal values share; a truth is no number, an error no text."""
    if isinstance(value, str):
        return value.lower()
    return value if value.__class__ is float else (value.__class__, value)


def single(operand: Operand, row: int, column: int) -> CellValue:
    """Return the one value that an operand means to a formula in this place."""
    if isinstance(operand, CellRange):
        return operand.crossing(row, column)
    if isinstance(operand, Matrix):
        return operand.values[0]
    if isinstance(operand, Joined):
        raise failure(VALUE)
    return operand


def plain(operand: Operand) -> CellValue | Matrix:
    """Return an operand as one value or an array of them."""
    if isinstance(operand, CellRange):
        if operand.size == 1:
            return operand.sheet.value((operand.top, operand.left))
        return operand.matrix()
    if isinstance(operand, Joined):
        raise failure(VALUE)
    return operand


def each(
    run: Callable[..., CellValue],
    operands: Sequence[CellValue | Matrix],
    budget: Budget,
) -> CellValue | Matrix:
    """Run an operation on values, or on each value of arrays.

    One line or column is repeated along the other array, as every program does; where
    two arrays do not fit, `#N/A` stands.
    """
    arrays = [one for one in operands if isinstance(one, Matrix)]
    if not arrays:
        return run(*operands)
    height = max(array.height for array in arrays)
    width = max(array.width for array in arrays)
    budget.spend(height * width * len(operands))
    columns = [_stretched(one, height, width) for one in operands]
    values = [_tried(run, one) for one in zip(*columns, strict=True)]
    return Matrix(height, width, values)


def _stretched(one: CellValue | Matrix, height: int, width: int) -> Sequence[CellValue]:
    if not isinstance(one, Matrix):
        return [one] * (height * width)
    if (one.height, one.width) == (height, width):
        return one.values
    return [_of(one, row, column) for row in range(height) for column in range(width)]


def _of(array: Matrix, row: int, column: int) -> CellValue:
    row = 0 if array.height == 1 else row
    column = 0 if array.width == 1 else column
    if row >= array.height or column >= array.width:
        return CellError("#N/A")
    return array.values[row * array.width + column]


def _tried(run: Callable[..., CellValue], values: Sequence[CellValue]) -> CellValue:
    try:
        return run(*values)
    except NotCalculable as error:
        return CellError(error.error)


def needs_array(operand: Operand) -> Operand:
    """Return an operand; raise where only some programs take it for an array."""
    if isinstance(operand, CellRange | Matrix) and operand.size > 1:
        raise changing("array-or-not")
    return operand
