"""The live functions as Excel for Windows loads them: `UDF Modules` on xlwings.conf.

Every entry of the registry becomes a function `JCM_<name>` that xlwings knows. Ranges
arrive as rows, and error cells as their text: xlwings would else make a blank of them.
What the registry refuses stays an exception, which the macro turns into #VALUE!.
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable

import xlwings as xw

from jcm_xl.definition.library import load
from jcm_xl.live.arguments import FunctionError
from jcm_xl.live.functions import (
    REGISTRY,
    Argument,
    ArgumentKind,
    Function,
    ResultShape,
    call,
)
from jcm_xl.live.registry import CallResult
from jcm_xl.model.methodology import Methodology

PREFIX = "JCM_"
CATEGORY = "JCM"
_HELP = 255  # signs that Excel's function wizard takes

ExcelResult = float | str | list[list[float | str]]


def _find(key: str) -> Methodology:
    return load(key)


def _told(answer: CallResult) -> ExcelResult:
    """Return an answer as xlwings writes it; what it would blank out is refused."""
    if isinstance(answer, tuple):
        return [list(row) for row in answer]
    if answer is None or (isinstance(answer, float) and not math.isfinite(answer)):
        raise FunctionError("There is no finite number to show.")
    return answer


def _excel_function(entry: Function) -> Callable[..., ExcelResult]:
    def run(*given: object) -> ExcelResult:
        return _told(call(_find, entry.name, *given))

    run.__name__ = run.__qualname__ = PREFIX + entry.name
    run.__doc__ = _help(entry)
    run.__annotations__ = {}  # xlwings takes annotations for its converters
    # xlwings reads the arguments of the macro from here.
    run.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [_parameter(argument) for argument in entry.arguments]
    )
    run = xw.func(category=CATEGORY)(run)
    for argument in entry.arguments:
        rows = {} if argument.kind is ArgumentKind.SCALAR else {"ndim": 2}
        run = xw.arg(argument.name, err_to_str=True, doc=argument.help, **rows)(run)
    return xw.ret(**({"ndim": 2} if entry.shape is ResultShape.ARRAY else {}))(run)


def _parameter(argument: Argument) -> inspect.Parameter:
    default = None if argument.is_optional else inspect.Parameter.empty
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    return inspect.Parameter(argument.name, kind, default=default)


def _help(entry: Function) -> str:
    unit = f" Unit: {entry.unit}." if entry.unit else ""
    return f"{entry.help}.{unit}"[:_HELP]


globals().update({PREFIX + entry.name: _excel_function(entry) for entry in REGISTRY})
