"""Formulas of one shape share their steps: a column of 35,040 formulas is one shape."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from jcm_xl.formula.evaluation.compiled import Mode, Steps
from jcm_xl.formula.evaluation.frame import FormulaStep
from jcm_xl.formula.evaluation.tree import CellAt, OddNode, TreeMaker, cell_at
from jcm_xl.formula.parse import NotParsed, made
from jcm_xl.xlsx import limits

# Texts and names of sheets are stepped over: in them nothing is a cell.
_PARTS = re.compile(
    r"""
    ("(?:[^"]|"")*" | '(?:[^']|'')*'
    | (?<![\w.\\$?])\$?[A-Za-z]{1,3}\$?[1-9][0-9]{0,6}(?![\w.\\$?(!]))
    """,
    re.VERBOSE,
)
_KEPT = 50_000


class FormulaShape(NamedTuple):
    """What formulas of one shape share.

    is_lazy: whether some of the cells that they name may not be needed.
    """

    run: FormulaStep
    is_lazy: bool


class ReadyFormula(NamedTuple):
    """A formula that can be evaluated: its shape, and the cells that it names."""

    shape: FormulaShape
    cells: Sequence[CellAt]


class Shapes:
    """The shapes of a book, made when a formula of one is met first."""

    def __init__(self) -> None:
        self._shapes: dict[object, FormulaShape] = {}

    def ready(self, formula: str, mode: Mode) -> ReadyFormula:
        """Return a formula (without `=`) ready to be evaluated."""
        if len(formula) > limits.FORMULA_CHARACTERS:
            return ReadyFormula(_unreadable(mode), ())
        parts = _PARTS.split(formula) if "[" not in formula else [formula]
        cells: list[CellAt] = []
        for number in range(1, len(parts), 2):
            cell = cell_at(parts[number])
            if cell is not None:
                cells.append(cell)
                parts[number] = ""
        key = (mode, *parts)
        shape = self._shapes.get(key)
        if shape is None:
            shape, found = _shape(formula, mode)
            if found != cells:
                return ReadyFormula(shape, found)
            if len(self._shapes) < _KEPT:
                self._shapes[key] = shape
        return ReadyFormula(shape, cells)


def _shape(formula: str, mode: Mode) -> tuple[FormulaShape, list[CellAt]]:
    maker = TreeMaker()
    try:
        tree = made(formula, maker)
        run = Steps(mode).whole(tree)
    except (NotParsed, RecursionError, OverflowError):
        return _unreadable(mode), []
    return FormulaShape(run, maker.is_lazy), maker.cells


def _unreadable(mode: Mode) -> FormulaShape:
    return FormulaShape(Steps(mode).operand(OddNode("no-formula")), is_lazy=True)
