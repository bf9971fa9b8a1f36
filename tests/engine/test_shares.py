"""No tonne is made or lost when credits are divided."""

from __future__ import annotations

import itertools
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jcm_xl.engine.shares import allocated


@st.composite
def divisions(draw: st.DrawFn) -> tuple[int, list[Decimal], int]:
    cuts = sorted(draw(st.lists(st.integers(0, 10_000), min_size=1, max_size=4)))
    edges = [0, *cuts, 10_000]
    pairs = itertools.pairwise(edges)
    percents = [Decimal(b - a) / 100 for a, b in pairs]
    residual = draw(st.integers(0, len(percents) - 1))
    return draw(st.integers(0, 10**9)), percents, residual


@given(divisions())
def test_the_parts_make_the_whole(division: tuple[int, list[Decimal], int]) -> None:
    verified, percents, residual = division
    parts = allocated(verified, percents, residual)
    assert sum(parts) == verified
    for n, (part, percent) in enumerate(zip(parts, percents, strict=True)):
        exact = percent * verified / 100
        if n == residual:
            assert exact <= part < exact + len(parts)
        else:
            assert exact - 1 < part <= exact


@pytest.mark.parametrize(
    ("verified", "percents", "residual", "parts"),
    [
        (8947, ("20", "80"), 1, [1789, 7158]),  # MN004, first period, in the register
        (1, ("20", "80"), 0, [1, 0]),
        (0, ("50", "50"), 0, [0, 0]),
    ],
)
def test_known_divisions(
    verified: int, percents: tuple[str, ...], residual: int, parts: list[int]
) -> None:
    assert allocated(verified, [Decimal(p) for p in percents], residual) == parts


def test_what_cannot_be_divided_is_refused() -> None:
    with pytest.raises(ValueError, match="90 per cent"):
        allocated(10, [Decimal(40), Decimal(50)], 0)
    with pytest.raises(ValueError, match="cannot be divided"):
        allocated(-1, [Decimal(100)], 0)
