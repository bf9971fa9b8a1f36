"""TRACE: a quantity and everything it is made of, one line each."""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.addin.ranges import spoken
from jcm_xl.engine.calculate import calculate
from jcm_xl.engine.explain import Explanation, explain
from jcm_xl.model.methodology import Methodology
from jcm_xl.model.result import Result
from jcm_xl.model.submission import StageInputs

Answer = tuple[tuple[float | str, ...], ...]

_FROM = {
    "monitored": "Table 1 (monitored)",
    "fixed": "Table 2 (fixed before)",
}


def trace(result: Result, inputs: StageInputs, name: str, row: int | None) -> Answer:
    """Return (name, value, unit, from what) of a quantity, then of its parts."""
    tree = explain(result, inputs, name, row, spell=spoken)
    return tuple(_line(part) for part in _flat(tree))


def longest(m: Methodology, name: str, rows: dict[str, int]) -> int:
    """Return how many lines a trace has at most, with this many units in use."""
    used = {index: tuple(range(1, count + 1)) for index, count in rows.items()}
    inputs = StageInputs({}, used)
    return len(trace(calculate(m, inputs), inputs, name, None))


def _flat(tree: Explanation) -> Iterator[Explanation]:
    """Yield each part once, level by level: what is nearest to the figure first."""
    seen: set[tuple[object, ...]] = set()
    level = [tree]
    while level:
        for part in level:
            key = (part.kind, part.name, part.row, part.position)
            if key not in seen:
                seen.add(key)
                yield part
        level = [child for part in level for child in part.children]


def _line(part: Explanation) -> tuple[float | str, ...]:
    unit = f" ({part.row})" if part.row else ""
    value = part.value if part.value is not None else "-"
    return (part.symbol + unit, value, part.unit, _origin(part))


def _origin(part: Explanation) -> str:
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
