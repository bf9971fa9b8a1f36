"""The live functions: one registry, from which every host's wrapper is made.

A function takes the ranges of the sheets, so that a spreadsheet program knows on what
it depends. It gives a number or a table, or raises `FunctionError` with a sentence:
never zero and never a text in place of a number. CHECK gives that sentence as its text.
"""

from __future__ import annotations

from jcm_xl.errors import JcmError
from jcm_xl.live import arguments
from jcm_xl.live.arguments import FunctionError
from jcm_xl.live.calls import Find  # which registers the functions
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


def call(find: Find, name: str, *given: object) -> CallResult:
    """Run a function with what a host hands over; omitted arguments are `None`.

    Raises `FunctionError`, never anything else for whatever stands in the cells.
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
    }
    try:
        cells = [
            read_as[a.kind](raw)
            for a, raw in zip(function.arguments, padded, strict=True)
        ]
        return function.run(find, *cells)
    except JcmError as failure:
        if function.is_verdict:
            return str(failure)
        raise FunctionError(str(failure)) from failure
