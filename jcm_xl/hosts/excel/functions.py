"""The live functions as Excel for Windows loads them: `UDF Modules` on xlwings.conf.

Every entry of the registry becomes a function `JCM_<name>` that xlwings knows. Ranges
arrive as rows, and error cells as their text: xlwings would else make a blank of them.
What the registry refuses stays an exception, which the macro turns into #VALUE!.
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

import xlwings as xw
from xlwings.conversion.standard import ReadValueFromRangeStage, ValueAccessor

from jcm_xl.definition.library import load
from jcm_xl.hosts.excel.book_of_caller import BookOfCaller
from jcm_xl.hosts.excel.vba.wizard import CATEGORY, description
from jcm_xl.live.arguments import FunctionError, PlacedCell
from jcm_xl.live.functions import (
    REGISTRY,
    Argument,
    ArgumentKind,
    Function,
    ResultShape,
    call,
)
from jcm_xl.live.of_book import Raw
from jcm_xl.live.registry import CallResult
from jcm_xl.model.methodology import Methodology

PREFIX = "JCM_"

ExcelResult = float | str | list[list[float | str]]


def _find(key: str) -> Methodology:
    return load(key)


class AsStored:
    """Reads a range as xlwings does, but currency amounts whole.

    Excel's `Value` cuts them to four decimals, `Value2` does not; it knows no dates,
    which are to stay dates.
    """

    @staticmethod
    def reader(options: Mapping[str, object]) -> list[Any]:
        """Return the steps from a range to its values, a list of xlwings' own kind."""
        of_xlwings: Any = ValueAccessor
        steps: list[Any] = of_xlwings.reader(options)
        for at, step in enumerate(steps):
            if isinstance(step, ReadValueFromRangeStage):
                steps[at] = _Whole(step)
        return steps


class _Whole:
    """The step that takes the values of a range."""

    def __init__(self, usual: Callable[[Any], None]) -> None:
        self._usual = usual

    def __call__(self, context: Any) -> None:
        self._usual(context)
        if context.range is not None:
            stored = partial(getattr, context.range.impl.xl, "Value2")
            context.value = _uncut(context.value, stored)


def _uncut(value: Any, stored: Callable[[], Any]) -> Any:
    """Return values with the whole number in the place of each currency amount."""
    if isinstance(value, Decimal):
        return stored()
    is_cut = isinstance(value, tuple) and any(
        isinstance(one, Decimal) for row in value for one in row
    )
    if not is_cut:
        return value
    pairs = zip(value, stored(), strict=True)
    return tuple(
        tuple(
            whole if isinstance(one, Decimal) else one
            for one, whole in zip(row, wholes, strict=True)
        )
        for row, wholes in pairs
    )


def _told(answer: CallResult) -> ExcelResult:
    """Return an answer as xlwings writes it; what it would blank out is refused."""
    if isinstance(answer, tuple):
        return [list(row) for row in answer]
    if answer is None or (isinstance(answer, float) and not math.isfinite(answer)):
        raise FunctionError("There is no finite number to show.")
    return answer


class AtPlace:
    """Reads a cell that is pointed at with the rows of its sheet down to it."""

    @staticmethod
    def reader(options: Mapping[str, object]) -> list[Any]:
        """Return the steps from a range to its values, and then to its place."""
        steps = AsStored.reader(options)
        steps.append(AtPlace._placed)
        return steps

    @staticmethod
    def _placed(context: Any) -> None:
        area = context.range
        if area is None or area.count != 1:
            return
        used = area.sheet.used_range
        last = max(used.column + used.shape[1] - 1, area.column)
        rows = _rows(area.sheet.range((1, 1), (area.row, last)))
        context.value = PlacedCell(tuple(map(tuple, rows)), area.column)


def _rows(area: Any) -> Raw:
    """Return the values of a range, errors as their text."""
    found: Raw = area.options(convert=AsStored, ndim=2, err_to_str=True).value
    return found


def _excel_function(entry: Function) -> Callable[..., ExcelResult]:
    has_book = any(a.name == "names1" for a in entry.arguments)

    def run(*given: object) -> ExcelResult:
        book = None
        if has_book and len(given) > len(entry.arguments):
            *given, caller = given  # type: ignore[assignment]
            book = None if caller is None else BookOfCaller(caller, _rows)
        return _told(call(_find, entry.name, *given, book=book))

    run.__name__ = run.__qualname__ = PREFIX + entry.name
    run.__doc__ = description(entry)
    run.__annotations__ = {}  # xlwings takes annotations for its converters
    # xlwings reads the arguments of the macro from here.
    run.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [*map(_parameter, entry.arguments), *([_CALLER] if has_book else [])]
    )
    run = xw.func(category=CATEGORY)(run)
    for argument in entry.arguments:
        rows = {} if argument.kind is ArgumentKind.SCALAR else {"ndim": 2}
        convert = AtPlace if argument.kind is ArgumentKind.PLACE else AsStored
        run = xw.arg(
            argument.name, convert=convert, err_to_str=True, doc=argument.help, **rows
        )(run)
    return xw.ret(**({"ndim": 2} if entry.shape is ResultShape.ARRAY else {}))(run)


_CALLER = inspect.Parameter(
    "caller", inspect.Parameter.POSITIONAL_OR_KEYWORD, default=None
)
"""xlwings passes the calling cell by this name; it is no argument in Excel."""


def _parameter(argument: Argument) -> inspect.Parameter:
    default = None if argument.is_optional else inspect.Parameter.empty
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    return inspect.Parameter(argument.name, kind, default=default)


globals().update({PREFIX + entry.name: _excel_function(entry) for entry in REGISTRY})
