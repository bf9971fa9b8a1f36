"""What a formula knows while it is evaluated, and the catalogue of functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol, TypeAlias

from jcm_xl.formula.evaluation.cells import Budget, CellRange, Operand, SheetValues
from jcm_xl.formula.evaluation.habits import Habits
from jcm_xl.formula.evaluation.tree import CellAt


class Surroundings(Protocol):
    """The book, as a formula asks for what is not on its own sheet."""

    habits: Habits
    budget: Budget
    is_1904: bool

    def sheet(self, name: str) -> SheetValues:
        """Return a sheet; raise `#REF!` where there is none."""

    def sheets(self, names: str) -> Sequence[SheetValues]:
        """Return the sheets from one to another: `Jan:Dec`."""

    def named(self, name: str, sheet: str, frame: Frame) -> Operand:
        """Return what a defined name means to a formula."""

    def table(self, text: str, frame: Frame) -> CellRange:
        """Return the range of a part of a table, such as `Meters[kWh]`."""


class Frame:
    """One formula in one cell: `cells` are those that it names, by number."""

    __slots__ = ("book", "cells", "column", "habits", "names", "row", "sheet")

    def __init__(
        self,
        book: Surroundings,
        sheet: SheetValues,
        row: int,
        column: int,
        cells: Sequence[CellAt],
        names: int = 0,
    ) -> None:
        self.book, self.habits = book, book.habits
        self.sheet, self.row, self.column = sheet, row, column
        self.cells, self.names = cells, names


FormulaStep: TypeAlias = Callable[[Frame], Any]
"""A part of a formula that is ready to be evaluated."""


class SheetFunction(NamedTuple):
    """A function of a spreadsheet.

    kinds: what it takes, a letter an argument: a number `n`, text `t`, truth `b`, any
    value but an error `v`, any value `e`, a range or array `r`, what is calculated as
    an array in every program `a`, what only some programs calculate so `m`. `optional`
    may be left out, `repeated` come again.
    """

    name: str
    run: Callable[..., Operand]
    kinds: str = ""
    optional: str = ""
    repeated: str = ""

    def kinds_of(self, count: int) -> str | None:
        """Return the kinds of so many arguments, or none if they do not fit."""
        needed = len(self.kinds)
        if count < needed:
            return None
        kinds = self.kinds + self.optional[: count - needed]
        rest = count - len(kinds)
        if not rest:
            return kinds
        if not self.repeated or rest % len(self.repeated):
            return None
        return kinds + self.repeated * (rest // len(self.repeated))


_FUNCTIONS: dict[str, SheetFunction] = {}


def function(
    *names: str, kinds: str = "", optional: str = "", repeated: str = ""
) -> Callable[[Callable[..., Operand]], Callable[..., Operand]]:
    """Enter a function under its names; it is given the frame, then its arguments."""

    def enter(run: Callable[..., Operand]) -> Callable[..., Operand]:
        for name in names:
            _FUNCTIONS[name] = SheetFunction(name, run, kinds, optional, repeated)
        return run

    return enter


def functions() -> Mapping[str, SheetFunction]:
    """Return all functions by name."""
    from jcm_xl.formula.evaluation.functions import EVERY  # noqa: F401

    return _FUNCTIONS
