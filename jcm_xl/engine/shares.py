"""Who receives how many of the credits of a calendar year.

Each holder's part of a year's verified reductions is rounded down; one of them, which
the project names, takes what is left. The published allocations of 16 monitoring
periods of Mongolia, Bangladesh and Indonesia can all be reached by this rule, by no
rounding of all parts alike. Source: the public register of issued credits, read in
2026; that it is the rule is inferred, no procedure that says so was read.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor

_WHOLE = 100


def allocated(verified: int, percents: Sequence[Decimal], residual: int) -> list[int]:
    """Divide the whole tonnes of a year; the parts sum exactly to them.

    percents: of 100, together exactly 100. residual: which part takes the rest.
    Raises `ValueError` for less than nothing, or where the per cents are no whole.
    """
    if verified < 0:
        raise ValueError(f"{verified} tonnes cannot be divided")
    if sum(percents) != _WHOLE:
        raise ValueError(f"the shares make {sum(percents)} per cent, not 100")
    parts = [floor(Fraction(percent) * verified / _WHOLE) for percent in percents]
    parts[residual] += verified - sum(parts)
    return parts
