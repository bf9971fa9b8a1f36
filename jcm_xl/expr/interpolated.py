"""A value between two points, as the sheet joins them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jcm_xl.expr.arithmetic import Arithmetic


def interpolated(by: Arithmetic, points: Sequence[tuple[Any, Any]], key: Any) -> Any:
    """Return the value at `key`; `None` outside of the first and the last point.

    points: (where, value) in order, two at the least, in the numbers of `by`.
    """
    key = by.number(key)
    if by.compare(key, points[0][0]) < 0 or by.compare(key, points[-1][0]) > 0:
        return None
    inner = points[1:-1]
    at = sum(1 for where, _ in inner if by.compare(key, where) >= 0)
    (left, low), (right, high) = points[at], points[at + 1]
    rise = by.multiply(by.subtract(key, left), by.subtract(high, low))
    return by.add(low, by.divide(rise, by.subtract(right, left)))
