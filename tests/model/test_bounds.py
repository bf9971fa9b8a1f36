"""A number at a limit is within it, however a double keeps it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jcm_xl.model.methodology import Bounds


@pytest.mark.parametrize("digits", ["0.3", "0.1", "0.0741", "1.5", "27000"])
def test_a_limit_admits_itself(digits: str) -> None:
    limit = Decimal(digits)
    for value in (float(digits), limit):
        assert Bounds(at_least=limit).admit(value)
        assert Bounds(at_most=limit).admit(value)
        assert not Bounds(above=limit).admit(value)
        assert not Bounds(below=limit).admit(value)
    assert not Bounds(at_least=limit).admit(float("-inf"))
