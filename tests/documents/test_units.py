"""The list of units names each unit that the language has."""

from __future__ import annotations

from jcm_xl.documents.units import unit_lines
from jcm_xl.expr.unit import ATOMS, PRODUCTS, Unit


def test_every_unit_is_listed_and_can_be_read() -> None:
    words = {word for line in unit_lines() for word in line.text.split()}
    assert words >= ATOMS | PRODUCTS.keys()
    assert all(str(Unit.parse(word)) == word for word in ATOMS | PRODUCTS.keys())
