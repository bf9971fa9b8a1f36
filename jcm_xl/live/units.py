"""CONVERT: for the user's own cells, by a table; the engine converts nothing."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from jcm_xl.expr.factors import FACTORS as FACTORS
from jcm_xl.expr.factors import dimension_of
from jcm_xl.live.arguments import FunctionError


def convert(value: float, source: str, target: str) -> float:
    """Return a value in another unit of the same dimension.

    Raises `FunctionError` for a unit that is not in the table, or of another kind.
    """
    first, second = _dimension(source), _dimension(target)
    if first != second:
        raise FunctionError(
            f"{source} is {first} and {target} is {second}; they cannot be converted."
        )
    units = FACTORS[first]
    # From the shortest spelling: 0.1 kWh is 0.0001 MWh, to the last digit.
    exact = Fraction(Decimal(repr(value))) * units[source] / units[target]
    return float(exact)


def _dimension(unit: str) -> str:
    if dimension := dimension_of(unit):
        return dimension
    known = ", ".join(name for units in FACTORS.values() for name in units)
    raise FunctionError(f"'{unit}' is not in the table of units: {known}.")
