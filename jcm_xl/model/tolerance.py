"""When two numbers count as one: for results, and more strictly for inputs."""

from __future__ import annotations

import math

REL_TOL = 1e-9
"""Two honest programs differ in the last digits: |a-b| <= 1e-9 max(1, |a|, |b|)."""

INPUT_FLOOR = 1e-3
"""An input below it, as a factor of tonnes per kWh, is compared as if it were it: a sum
that ends near nothing has digits of its own in each program."""

KNIFE_EDGE = 1e-6
"""A reduction nearer than this to a whole tonne is named with both integers."""


def same_number(first: float, second: float) -> bool:
    """Compare two results: RE, PE and ER in tonnes, and what leads to them."""
    return abs(first - second) <= REL_TOL * max(1.0, abs(first), abs(second))


def same_input(first: float, second: float) -> bool:
    """Compare inputs, which may be small and count many times over."""
    largest = max(INPUT_FLOOR, abs(first), abs(second))
    return abs(first - second) <= REL_TOL * largest


def is_near_whole(number: float) -> bool:
    """Tell whether the next program may round a reduction down to another tonne."""
    # Programs cut after 12 to 15 digits, so the edge widens with the number.
    edge = max(KNIFE_EDGE, 1e-12 * abs(number))
    return abs(number - math.floor(number + 0.5)) <= edge
