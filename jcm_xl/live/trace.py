"""TRACE: a quantity and everything it is made of, one line each."""

from __future__ import annotations

from jcm_xl.engine.explain import Explanation, explain, parts
from jcm_xl.live.ranges import spoken
from jcm_xl.model.result import Result
from jcm_xl.model.submission import StageInputs

TraceTable = tuple[tuple[float | str, ...], ...]

_FROM = {
    "monitored": "Table 1 (monitored)",
    "fixed": "Table 2 (fixed before)",
    "unknown": "Table 2 (fixed before)",
}


def trace(
    result: Result, inputs: StageInputs, name: str, row: int | None
) -> TraceTable:
    """Return (name, value, unit, from what) of a quantity, then of its parts."""
    tree = explain(result, inputs, name, row, spell=spoken)
    return tuple(_line(part) for part in parts(tree))


def _line(part: Explanation) -> tuple[float | str, ...]:
    unit = f" ({part.row})" if part.row else ""
    value = part.value if part.value is not None else "-"
    return (part.symbol + unit, value, part.unit, origin(part))


def origin(part: Explanation) -> str:
    """Return from what a quantity comes, or why it has no value."""
    if part.value is None:
        return f"not used: {part.reason}"
    if part.kind == "formula":
        return part.expression
    if part.kind in _FROM:
        return _FROM[part.kind]
    if part.kind == "constant":
        return f"constant: {part.basis}"
    words = part.label if part.kind == "table" else "default value"
    return f"{words}; {part.source}" if part.source else words
