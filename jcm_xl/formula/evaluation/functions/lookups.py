"""Functions that look something up: INDEX, MATCH, VLOOKUP, XLOOKUP, LOOKUP, ..."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TypeAlias

from jcm_xl.expr.arithmetic import NOT_AVAILABLE, VALUE
from jcm_xl.expr.sheet import approx_equal
from jcm_xl.formula.evaluation.cells import (
    CellRange,
    Joined,
    Matrix,
    Operand,
    lookup_key,
    plain,
)
from jcm_xl.formula.evaluation.frame import Frame, function
from jcm_xl.formula.evaluation.functions.conditions import is_wild, wildcards
from jcm_xl.formula.evaluation.values import compare, failure
from jcm_xl.formula.evaluation.why import changing
from jcm_xl.xlsx.grid import CellError, CellValue

_NOT_FOUND = CellError(NOT_AVAILABLE)
CellBlock: TypeAlias = CellRange | Matrix


def _block(operand: Operand) -> CellBlock:
    if isinstance(operand, CellRange | Matrix):
        return operand
    if isinstance(operand, Joined):
        raise failure(VALUE)
    return Matrix(1, 1, [operand])


def _line(block: CellBlock) -> CellBlock:
    """Return a block of one row or one column; raise for any other."""
    if block.height > 1 and block.width > 1:
        raise failure(NOT_AVAILABLE)
    return block


# -- finding -----------------------------------------------------------------------


def exactly(
    frame: Frame, block: CellBlock, wanted: CellValue, *, is_last: bool = False,
    has_wildcards: bool = True,
) -> int | None:  # fmt: skip
    """Return the number of the first (or last) cell with a value."""
    if isinstance(wanted, str) and has_wildcards and is_wild(wanted):
        return _by_wildcards(frame, block, wanted, is_last)
    if wanted is None:
        wanted = 0.0
    lookup = block.lookup()
    found: Sequence[int] | None = lookup.get(lookup_key(wanted))
    if found is None and isinstance(wanted, float):
        found = _nearly(frame, block, wanted)
    if isinstance(wanted, bool | float) and wanted in (0.0, 1.0):
        is_truth = isinstance(wanted, bool)
        other = float(wanted) if is_truth else (bool, bool(wanted))
        if other in lookup:
            frame.habits.meet("program")
            if frame.habits.is_libre:
                found = sorted([*(found or ()), *lookup[other]])
    return (found[-1] if is_last else found[0]) if found else None


def _by_wildcards(
    frame: Frame, block: CellBlock, wanted: str, is_last: bool
) -> int | None:
    pattern, stored = wildcards(wanted), block.stored()
    frame.book.budget.spend(len(stored) * (1 + wanted.count("*")))
    hits = (
        at
        for at, value in stored.items()
        if isinstance(value, str) and pattern.fullmatch(value)
    )
    return max(hits, default=None) if is_last else min(hits, default=None)


def _nearly(frame: Frame, block: CellBlock, wanted: float) -> Sequence[int] | None:
    """Return the cells that only LibreOffice takes for the same number."""
    frame.book.budget.spend(block.size if isinstance(block, Matrix) else 1)
    lookup = block.lookup()
    values = sorted(v for v in lookup if v.__class__ is float)
    frame.book.budget.spend(len(values))
    at = bisect_left(values, wanted)
    for value in values[max(0, at - 1) : at + 1]:
        if approx_equal(value, wanted):
            frame.habits.meet("program")
            return lookup[value] if frame.habits.is_libre else None
    return None


def nearest(
    frame: Frame, block: CellBlock, wanted: CellValue, *, is_above: bool, name: str,
    needs_order: bool = True,
) -> int | None:  # fmt: skip
    """Return the last cell that is not above a value, or the last not below it.

    The list must be sorted up, or down: programs find different cells in any other.
    """
    if wanted is None:
        wanted = 0.0
    kind = str if isinstance(wanted, str) else type(wanted)
    stored = [(n, v) for n, v in sorted(block.stored().items()) if type(v) is kind]
    frame.book.budget.spend(len(stored))
    sign = -1 if is_above else 1
    best: int | None = None
    for place, (at, value) in enumerate(stored):
        if place and needs_order:
            before = stored[place - 1][1]
            if sign * compare(before, value, frame.habits) > 0:
                raise changing("not-sorted", function=name)
        if sign * compare(value, wanted, frame.habits) <= 0:
            best = at
    return best


@function("MATCH", kinds="vm", optional="n")
def match(
    frame: Frame, wanted: CellValue, operand: Operand, way: float = 1.0
) -> CellValue:
    """Return the place of a value in a row or column."""
    block = _line(_block(operand))
    if way == 0:
        at = exactly(frame, block, wanted)
    else:
        at = nearest(frame, block, wanted, is_above=way < 0, name="MATCH")
    if at is None:
        raise failure(NOT_AVAILABLE)
    return float(at + 1)


@function("VLOOKUP", kinds="vmn", optional="b")
def v_lookup(
    frame: Frame, wanted: CellValue, operand: Operand, column: float,
    is_near: bool = True,
) -> Operand:  # fmt: skip
    """Look a value up in the first column; return what stands in its row."""
    block, at = _block(operand), int(column)
    if at < 1:
        raise failure(VALUE)
    if at > block.width:
        raise failure("#REF!")
    first = block.part(0, 0, block.height, 1)
    row = _found(frame, first, wanted, is_near, "VLOOKUP")
    return _cell(block, row, at - 1)


@function("HLOOKUP", kinds="vmn", optional="b")
def h_lookup(
    frame: Frame, wanted: CellValue, operand: Operand, row: float,
    is_near: bool = True,
) -> Operand:  # fmt: skip
    """Look a value up in the first row; return what stands in its column."""
    block, at = _block(operand), int(row)
    if at < 1:
        raise failure(VALUE)
    if at > block.height:
        raise failure("#REF!")
    first = block.part(0, 0, 1, block.width)
    column = _found(frame, first, wanted, is_near, "HLOOKUP")
    return _cell(block, at - 1, column)


def _found(
    frame: Frame, line: CellBlock, wanted: CellValue, is_near: bool, name: str
) -> int:
    at = (
        nearest(frame, line, wanted, is_above=False, name=name)
        if is_near
        else exactly(frame, line, wanted)
    )
    if at is None:
        raise failure(NOT_AVAILABLE)
    return at


def _cell(block: CellBlock, row: int, column: int) -> CellValue:
    value = block.at(row * block.width + column)
    if isinstance(value, CellError):
        raise failure(value.code)
    return value


@function("LOOKUP", kinds="va", optional="a")
def lookup(
    frame: Frame, wanted: CellValue, operand: Operand, result: Operand = None
) -> CellValue:
    """Look a value up in a sorted line; return what stands beside it."""
    block = _block(operand)
    if result is not None:
        line, other = _line(block), _line(_block(result))
    elif block.width > block.height:
        line = block.part(0, 0, 1, block.width)
        other = block.part(block.height - 1, 0, 1, block.width)
    else:
        line = block.part(0, 0, block.height, 1)
        other = block.part(0, block.width - 1, block.height, 1)
    # LOOKUP(2,1/(...),...) finds the last: errors are no numbers, and all are below 2.
    above = isinstance(wanted, float) and all(
        not isinstance(v, float) or v < wanted for v in line.stored().values()
    )
    at = nearest(
        frame, line, wanted, is_above=False, name="LOOKUP", needs_order=not above
    )
    if at is None or at >= other.size:
        raise failure(NOT_AVAILABLE)
    return _cell(other, *divmod(at, other.width))


@function("XLOOKUP", kinds="vmm", optional="enn")
def x_lookup(
    frame: Frame, wanted: CellValue, operand: Operand, result: Operand,
    other: CellValue = _NOT_FOUND, way: float = 0.0, order: float = 1.0,
) -> Operand:  # fmt: skip
    """Look a value up; return the row or column that stands beside it."""
    line, block = _line(_block(operand)), _block(result)
    at = _x_found(frame, line, wanted, int(way), int(order), "XLOOKUP")
    if at is None:
        if isinstance(other, CellError):
            raise failure(other.code)
        return other
    is_column = line.width == 1
    if (block.height if is_column else block.width) != line.size:
        raise failure(VALUE)
    if is_column:
        return block.part(at, 0, 1, block.width)
    return block.part(0, at, block.height, 1)


@function("XMATCH", kinds="vm", optional="nn")
def x_match(
    frame: Frame, wanted: CellValue, operand: Operand, way: float = 0.0,
    order: float = 1.0,
) -> CellValue:  # fmt: skip
    """Return the place of a value in a row or column."""
    line = _line(_block(operand))
    at = _x_found(frame, line, wanted, int(way), int(order), "XMATCH")
    if at is None:
        raise failure(NOT_AVAILABLE)
    return float(at + 1)


def _x_found(
    frame: Frame, line: CellBlock, wanted: CellValue, way: int, order: int, name: str
) -> int | None:
    if way not in (-1, 0, 1, 2) or order not in (-2, -1, 1, 2):
        raise failure(VALUE)
    found = exactly(frame, line, wanted, is_last=order == -1, has_wildcards=way == 2)
    if found is not None or way in (0, 2):
        return found
    # The next smaller (-1) or larger (1) one, wherever it stands.
    frame.book.budget.spend(line.size)
    kind, best = type(wanted), None
    for at, value in sorted(line.stored().items()):
        if type(value) is not kind or way * compare(value, wanted, frame.habits) < 0:
            continue
        if best is None or way * compare(value, best[1], frame.habits) < 0:
            best = at, value
    if best is not None and order in (-2, 2):
        raise changing("not-sorted", function=name)
    return best[0] if best else None


@function("INDEX", kinds="m", optional="nnn")
def index(
    frame: Frame, operand: Operand, row: float = 0.0, column: float = 0.0,
    area: float = 1.0,
) -> Operand:  # fmt: skip
    """Return a cell of a range by its row and column; 0 means the whole line."""
    if isinstance(operand, Joined):
        if not 1 <= int(area) <= len(operand.ranges):
            raise failure("#REF!")
        operand = operand.ranges[int(area) - 1]
    block = _block(operand)
    at, across = int(row), int(column)
    if at < 0 or across < 0:
        raise failure(VALUE)
    if block.height == 1 and across == 0 and block.width > 1:
        at, across = 0, at  # INDEX of a row counts along it
    if at > block.height or across > block.width:
        raise failure("#REF!")
    height, width = (1 if at else block.height), (1 if across else block.width)
    part = block.part(max(at - 1, 0), max(across - 1, 0), height, width)
    return part.values[0] if isinstance(part, Matrix) and part.size == 1 else part


@function("TRANSPOSE", kinds="a")
def transpose(frame: Frame, operand: Operand) -> Operand:
    """Exchange rows and columns."""
    block = plain(operand)
    if not isinstance(block, Matrix):
        return block
    height, width = block.height, block.width
    frame.book.budget.spend(block.size)
    values = [block.values[r * width + c] for c in range(width) for r in range(height)]
    return Matrix(width, height, values)
