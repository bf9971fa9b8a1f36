"""A value beside its siblings: what may be a slip of a unit, and what never is."""

from __future__ import annotations

from jcm_xl import api
from jcm_xl.model.key import value_key
from jcm_xl.model.submission import Stage, Submission
from jcm_xl.plan.plan import make_plan
from jcm_xl.submission.slips import sibling_slips

CHILLERS = make_plan(api.load("CR_AM002"), {"i": 5})


def slips(name: str, *values: float) -> list[tuple[str, float, str]]:
    keys = (value_key(Stage.PLAN, name, unit) for unit in range(1, 6))
    given = dict(zip(keys, values, strict=True))
    m = CHILLERS.methodology
    submission = Submission(m.id, m.version, CHILLERS.rows, given)
    found = sibling_slips(CHILLERS, submission, Stage.PLAN)
    return [(str(slip.key), slip.meant, slip.meant_unit) for slip in found]


def test_one_amount_in_a_smaller_unit_is_told() -> None:
    assert slips("EC_PJ_i_p", 410.0, 395.0, 402.0, 398_000.0, 420.0) == [
        ("mps.value:EC_PJ_i_p[4]", 398.0, "kWh/p")
    ]


def test_a_temperature_near_zero_is_no_slip() -> None:
    assert slips("T_chilled_out_i", 11.9, 12.1, 11.8, 0.0017, 12.0) == []


def test_where_the_others_differ_nobody_can_tell() -> None:
    assert slips("EC_PJ_i_p", 4.0, 395.0, 402.0, 398_000.0, 420.0) == []
