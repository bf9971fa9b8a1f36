"""Published results that are no examples: plausible ones, and contradicting ones.

Result-only vectors say whether a factor implies the sunshine of its country; the others
say which factor did not give what was published, and why it proves nothing more.
"""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from jcm_xl import api
from jcm_xl.definition.facts import shipped

HERE = Path(__file__).parent
DATA = tomllib.loads((HERE / "plausibility.toml").read_text(encoding="utf-8"))
AGAINST = tomllib.loads((HERE / "contradicting.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("plant", DATA["plant"], ids=lambda plant: plant["name"])
def test_a_recollected_factor_implies_plausible_hours(plant: dict[str, Any]) -> None:
    m = api.load(plant["methodology"])
    rows = [row for table in m.tables.values() for row in table.rows]
    values = [float(row.value) for row in rows]
    assert plant["factor"] in values, "the definition no longer carries this factor"
    least, most = DATA["hours"]
    hours = plant["tonnes"] / plant["factor"] / plant["capacity_MW"]
    assert least <= hours <= most


@pytest.mark.parametrize("vector", AGAINST["vector"], ids=lambda vector: vector["name"])
def test_a_contradicting_result_is_what_it_is_said_to_be(
    vector: dict[str, Any],
) -> None:
    gives = int(Decimal(str(vector["MWh"])) * Decimal(str(vector["factor"])))
    assert gives == vector["gives"] != vector["tonnes"]
    assert vector["reason"].endswith(".")
    fact = shipped()[vector["fact"]]
    is_ours = str(fact.get("value")) == str(vector["factor"])
    assert is_ours or "open" in fact
