"""What units of one dimension are of each other, by an explicit table.

Every factor is a definition: SI prefixes, 1 h = 3600 s, 1 L = 1 dm3. What has
several values in use (calorie, toe, ton of refrigeration, heating values) is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

FACTORS: Mapping[str, Mapping[str, Fraction]] = MappingProxyType(
    {
        dimension: {
            word.split("=")[0]: Fraction(Decimal(word.split("=")[1]))
            for word in words.split()
        }
        for dimension, words in {
            "energy in J": "J=1 kJ=1e3 MJ=1e6 GJ=1e9 TJ=1e12 PJ=1e15 "
            "Wh=3600 kWh=3.6e6 MWh=3.6e9 GWh=3.6e12",
            "power in W": "W=1 kW=1e3 MW=1e6 GW=1e9",
            "mass in g": "mg=1e-3 g=1 kg=1e3 t=1e6 kt=1e9",
            "CO2 in g": "gCO2=1 kgCO2=1e3 tCO2=1e6 ktCO2=1e9",
            "CO2 equivalent in g": "gCO2e=1 kgCO2e=1e3 tCO2e=1e6 ktCO2e=1e9",
            "CH4 in g": "gCH4=1 kgCH4=1e3 tCH4=1e6",
            "N2O in g": "gN2O=1 kgN2O=1e3 tN2O=1e6",
            "volume in L": "L=1 kL=1e3 m3=1e3",
            "length in m": "mm=1e-3 cm=1e-2 m=1 km=1e3",
            "area in m2": "m2=1 ha=1e4 km2=1e6",
            "time in s": "second=1 minute=60 h=3600 day=86400 week=604800",
            "pressure in Pa": "Pa=1 kPa=1e3 bar=1e5 MPa=1e6",
            "share": "ppm=1e-6 %=1e-2 1=1",
        }.items()
    }
)
"""Dimension -> unit -> how many of the base unit it is; spelt as in definitions."""


def dimension_of(unit: str) -> str:
    """Return the dimension of a unit, nothing where the table has no such unit."""
    return next((name for name, units in FACTORS.items() if unit in units), "")


def factor(source: str, target: str) -> Fraction | None:
    """Return by what an amount in one unit is multiplied to be in another one.

    `None` for units of two dimensions. A unit that is not in the table is itself.
    """
    if source == target:
        return Fraction(1)
    dimension = dimension_of(source)
    if not dimension or target not in FACTORS[dimension]:
        return None
    return FACTORS[dimension][source] / FACTORS[dimension][target]


def units_like(unit: str) -> tuple[str, ...]:
    """Return the units of the same dimension, the smallest first; the unit alone."""
    dimension = dimension_of(unit)
    if not dimension:
        return (unit,)
    units = FACTORS[dimension]
    return tuple(sorted(units, key=units.__getitem__))
