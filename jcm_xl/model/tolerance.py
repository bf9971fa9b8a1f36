"""When two numbers count as one: the only tolerance of all our comparisons."""

from __future__ import annotations

import math

REL_TOL = 1e-9
"""Two honest programs differ in the last digits: |a-b| <= 1e-9 max(1, |a|, |b|)."""

KNIFE_EDGE = 1e-6
"""A reduction nearer than this to a whole tonne is named with both integers."""


def same_number(first: float, second: float) -> bool:
    """Compare with the tolerance of all our comparisons."""
    return abs(first - second) <= REL_TOL * max(1.0, abs(first), abs(second))


def is_near_whole(number: float) -> bool:
    """Tell whether the next program may round a reduction down to another tonne."""
    # Programs cut after 12 to 15 digits, so the edge widens with the number.
    edge = max(KNIFE_EDGE, 1e-12 * abs(number))
    return abs(number - math.floor(number + 0.5)) <= edge
