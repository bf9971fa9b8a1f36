"""Functions that tell what a value is, and how large a range."""

from __future__ import annotations

from jcm_xl.expr.arithmetic import NOT_AVAILABLE
from jcm_xl.formula.evaluation.cells import CellRange, Matrix, Operand, single
from jcm_xl.formula.evaluation.frame import Frame, function
from jcm_xl.formula.evaluation.functions.numbers import floor
from jcm_xl.formula.evaluation.values import failure
from jcm_xl.xlsx.grid import CellError, CellValue


@function("ISBLANK", kinds="e")
def is_blank(frame: Frame, value: CellValue) -> bool:
    """Tell whether a cell holds nothing, not even an empty text."""
    return value is None


@function("ISNUMBER", kinds="e")
def is_number(frame: Frame, value: CellValue) -> bool:
    """Tell whether it is a number; a truth is one to LibreOffice."""
    if isinstance(value, bool):
        return frame.habits.by_program(excel=False, libre=True)
    return isinstance(value, float)


@function("ISTEXT", kinds="e")
def is_text(frame: Frame, value: CellValue) -> bool:
    """Tell whether it is a text."""
    return isinstance(value, str)


@function("ISNONTEXT", kinds="e")
def is_no_text(frame: Frame, value: CellValue) -> bool:
    """Tell whether it is no text."""
    return not isinstance(value, str)


@function("ISLOGICAL", kinds="e")
def is_logical(frame: Frame, value: CellValue) -> bool:
    """Tell whether it is a truth."""
    return isinstance(value, bool)


@function("ISEVEN", kinds="n")
def is_even(frame: Frame, value: float) -> bool:
    """Tell whether the whole part is even."""
    return int(value) % 2 == 0


@function("ISODD", kinds="n")
def is_odd(frame: Frame, value: float) -> bool:
    """Tell whether the whole part is odd."""
    return int(value) % 2 == 1


@function("NA")
def na(frame: Frame) -> CellValue:
    """Return the error."""
    raise failure(NOT_AVAILABLE)


@function("N", kinds="r")
def n(frame: Frame, operand: Operand) -> CellValue:
    """Return a number or truth as a number, 0 for anything else."""
    if isinstance(operand, CellRange):
        operand = operand.at(0)
    value = single(operand, frame.row, frame.column)
    if isinstance(value, CellError):
        raise failure(value.code)
    return float(value) if isinstance(value, float | bool) else 0.0


@function("T", kinds="r")
def t(frame: Frame, operand: Operand) -> CellValue:
    """Return a text, nothing for anything else."""
    if isinstance(operand, CellRange):
        operand = operand.at(0)
    value = single(operand, frame.row, frame.column)
    if isinstance(value, CellError):
        raise failure(value.code)
    return value if isinstance(value, str) else ""


@function("ROWS", kinds="r")
def rows(frame: Frame, operand: Operand) -> float:
    """Return how many rows a range has."""
    return float(operand.height) if isinstance(operand, CellRange | Matrix) else 1.0


@function("COLUMNS", kinds="r")
def columns(frame: Frame, operand: Operand) -> float:
    """Return how many columns a range has."""
    return float(operand.width) if isinstance(operand, CellRange | Matrix) else 1.0


@function("EVEN", kinds="n")
def even(frame: Frame, value: float) -> float:
    """Round away from zero to an even number."""
    up = -floor(-abs(value), frame.habits)
    up += up % 2
    return up if value >= 0 else -up
