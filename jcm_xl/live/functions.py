"""The live functions: one registry, from which every host's wrapper is made.

A function takes the ranges of the sheets, so that a spreadsheet program knows on what
it depends. It gives a number or a table, or raises `FunctionError` with a sentence:
never zero and never a text in place of a number. CHECK gives that sentence as its text.
"""

from __future__ import annotations

import math

from jcm_xl.errors import JcmError
from jcm_xl.live import arguments
from jcm_xl.live import calls as calls  # which registers functions
from jcm_xl.live import questions as questions  # which registers more
from jcm_xl.live.arguments import FunctionError
from jcm_xl.live.case import Find
from jcm_xl.live.of_book import HostBook, asks_book, of_book
from jcm_xl.live.registry import (
    FUNCTIONS,
    Argument,
    ArgumentKind,
    CallResult,
    Function,
    ResultShape,
)

__all__ = ["FUNCTIONS", "REGISTRY", "Argument", "ArgumentKind", "Function",
           "ResultShape", "call"]  # fmt: skip

REGISTRY = tuple(FUNCTIONS.values())


def call(
    find: Find, name: str, *given: object, book: HostBook | None = None
) -> CallResult:
    """Run a function with what a host hands over; omitted arguments are `None`.

    book: the workbook in which the function stands, of a host that passes it: where no
    ranges are written, they are those of the book. Raises `FunctionError`, never
    anything else for whatever stands in the cells.
    """
    function = FUNCTIONS[name]
    count = len(function.arguments)
    if not function.required <= len(given) <= count:
        raise FunctionError(
            f"{name} takes {function.required} to {count} arguments, not {len(given)}."
        )
    padded = (*given, *[None] * (count - len(given)))
    read_as = {
        ArgumentKind.SCALAR: arguments.cell,
        ArgumentKind.CELL: arguments.cell,
        ArgumentKind.RANGE: arguments.line,
        ArgumentKind.TABLE: arguments.table,
        ArgumentKind.PLACE: arguments.place,
    }
    try:
        if asks_book(function, padded):
            padded = of_book(function, padded, book)
        cells = [
            read_as[a.kind](raw)
            for a, raw in zip(function.arguments, padded, strict=True)
        ]
        return _finite(function.run(find, *cells))
    except JcmError as failure:
        if function.is_verdict:
            return str(failure)
        raise FunctionError(str(failure)) from failure


def _finite(answer: CallResult) -> CallResult:
    """Return an answer; a host would show one that is no number as a blank."""
    cells = (
        [c for row in answer for c in row] if isinstance(answer, tuple) else [answer]
    )
    if any(isinstance(c, float) and not math.isfinite(c) for c in cells):
        raise FunctionError("There is no finite number to show.")
    return answer
