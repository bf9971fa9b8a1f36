"""Result-only vectors: recollected factors imply the sunshine of their country."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from jcm_xl import api

DATA = tomllib.loads(
    (Path(__file__).parent / "plausibility.toml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("plant", DATA["plant"], ids=lambda plant: plant["name"])
def test_a_recollected_factor_implies_plausible_hours(plant: dict[str, Any]) -> None:
    m = api.load(plant["methodology"])
    rows = [row for table in m.tables.values() for row in table.rows]
    values = [float(row.value) for row in rows]
    assert plant["factor"] in values, "the definition no longer carries this factor"
    least, most = DATA["hours"]
    hours = plant["tonnes"] / plant["factor"] / plant["capacity_MW"]
    assert least <= hours <= most
