"""When two numbers count as one: the only tolerance of all our comparisons."""

from __future__ import annotations

REL_TOL = 1e-9
"""Two honest programs differ in the last digits: |a-b| <= 1e-9 max(1, |a|, |b|)."""


def same_number(first: float, second: float) -> bool:
    """Compare with the tolerance of all our comparisons."""
    return abs(first - second) <= REL_TOL * max(1.0, abs(first), abs(second))
