"""One value for all units is asked for only where a unit uses it."""

from __future__ import annotations

import pytest

from jcm_xl import api
from jcm_xl.definition.library import find
from jcm_xl.definition.load import load_bytes
from jcm_xl.definition.problems import DefinitionError
from jcm_xl.engine.calculate import calculate
from jcm_xl.model.key import Key
from jcm_xl.model.submission import StageInputs
from jcm_xl.plan.plan import make_plan

KEY = "PH_AM002@1.0"
LV, _, MI, _, CAPTIVE = api.load(KEY).choices(api.load(KEY).parameters["connection_i"])


def missing(*connections: str, **factors: float) -> list[str]:
    """Return what is missing of a fill with one system a connection."""
    m = api.load(KEY)
    values = {
        "EG_i_p": tuple(1000.0 for _ in connections),
        "connection_i": connections,
        **factors,
    }
    used = {"i": tuple(range(1, len(connections) + 1))}
    return [x.name for x in calculate(m, StageInputs(values, used)).missing]


def test_no_factor_is_asked_for_that_no_unit_uses() -> None:
    assert missing(CAPTIVE) == []
    assert missing(CAPTIVE, LV) == ["EF_LV"]
    assert missing(LV, MI) == ["EF_LV", "EF_MI"]
    assert missing(LV, MI, EF_LV=0.5, EF_MI=0.5) == []


def test_the_sheet_counts_the_units() -> None:
    plan = make_plan(api.load(KEY), {"i": 3})
    (slot,) = [
        s
        for s in plan.slots.values()
        if s.name == "EF_MI" and s.key.notion == "repeat" and s.formula
    ][:1]
    copies = plan[Key("mps", "repeat", "connection_i", 1)].fixed
    assert slot.formula.count(f"COUNTIF({copies}:") == 2
    assert f'"{MI}")>0' in slot.formula


@pytest.mark.parametrize(
    "condition",
    [
        "energy_i != 'electricity'",
        "not energy_i == 'electricity'",
        "energy_i == 'electricity' and energy_i == 'fossil fuel'",
    ],
)
def test_what_a_sheet_cannot_count_is_refused(condition: str) -> None:
    path = find("VN_AM003@1.0").path
    text = path.read_text(encoding="utf-8")
    now = "any(energy_i == 'electricity') or any(l) or any(x)"
    text = text.replace(f'"{now}"', f'"{condition}"')
    with pytest.raises(DefinitionError, match="write comparisons with == alone"):
        load_bytes(text.encode(), path.name)
