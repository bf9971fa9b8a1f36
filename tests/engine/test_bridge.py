"""A bridge closes exactly, whatever changed, and does not depend on an order."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction

import pytest

from jcm_xl import api
from jcm_xl.definition.library import entries
from jcm_xl.engine.bridge import LENGTH, ROUNDING, TOGETHER, BridgeEnd, bridge
from jcm_xl.engine.calculate import calculate
from jcm_xl.engine.changed import numbers, with_input
from jcm_xl.inputs.example import example_inputs
from jcm_xl.model.methodology import Methodology
from jcm_xl.model.submission import Stage, StageInputs
from jcm_xl.plan.stage import calculate_stages

KEY = "ID_AM004@2.0"


def inputs_of(m: Methodology) -> StageInputs:
    inputs, _ = calculate_stages(*api.filled(m, example_inputs(m, 1)))
    return inputs[Stage.REPORT]


def side(m: Methodology, inputs: StageInputs, days: float = 365) -> BridgeEnd:
    return BridgeEnd(inputs, calculate(m, inputs), days)


def of_units(inputs: StageInputs, count: int) -> StageInputs:
    """Return inputs with the first unit row repeated."""
    values = {
        name: (v[0],) * count if isinstance(v, tuple) else v
        for name, v in inputs.values.items()
    }
    used = {name: tuple(range(1, count + 1)) for name in inputs.used}
    return StageInputs(values, used)


def test_two_factors_share_what_they_do_together() -> None:
    m = api.load(KEY)
    a = with_input(inputs_of(m), "EC_PJ_i_p", 1, 500.0)
    b = with_input(with_input(a, "EC_PJ_i_p", 1, 600.0), "EF_elec", None, 0.9)
    found = bridge(m, side(m, a), side(m, b))
    assert found is not None
    # ER = EC (4.2 / 3.2 - 1) EF = EC EF 0.3125
    amounts = {s.what: float(s.amount) for s in found.steps}
    rate = 0.3125
    assert amounts["EC_PJ_i_p"] == pytest.approx(100 * (0.814 + 0.9) / 2 * rate)
    assert amounts["EF_elec"] == pytest.approx(0.086 * (500 + 600) / 2 * rate)
    assert [(s.before, s.after) for s in found.steps if s.what == "EF_elec"] == [
        (0.814, 0.9)
    ]
    assert found.open == 0
    assert found.is_exact


def test_length_comes_first_and_rounding_last() -> None:
    m = api.load(KEY)
    a = inputs_of(m)
    half = with_input(a, "EC_PJ_i_p", 1, 31.25)
    found = bridge(m, side(m, a, 365), side(m, half, 182.5))
    assert found is not None
    assert [s.what for s in found.steps] == [LENGTH, ROUNDING]
    assert found.steps[0].amount == -Fraction(calculate(m, a).unrounded or 0) / 2
    assert (found.first, found.last, found.open) == (15, 7, 0)


def test_a_unit_that_comes_is_one_step() -> None:
    m = api.load(KEY)
    a, b = (of_units(inputs_of(m), count) for count in (1, 3))
    found = bridge(m, side(m, a), side(m, b))
    assert found is not None
    units = [(s.what, s.row, s.is_unit, s.after) for s in found.steps if s.is_unit]
    assert units == [("i", 2, True, "in use"), ("i", 3, True, "in use")]
    assert found.open == 0
    back = bridge(m, side(m, b), side(m, a))
    assert back is not None
    there = {(s.what, s.row): s.amount for s in found.steps}
    assert {(s.what, s.row): -s.amount for s in back.steps} == there


def test_more_than_eight_changes_close_and_return() -> None:
    m = api.load(KEY)
    a = of_units(inputs_of(m), 12)
    b = a
    for row in range(1, 13):
        b = with_input(b, "EC_PJ_i_p", row, 50.0 + row)
    b = with_input(b, "EF_elec", None, 0.7)
    there, back = bridge(m, side(m, a), side(m, b)), bridge(m, side(m, b), side(m, a))
    assert there is not None
    assert back is not None
    assert not there.is_exact
    assert there.open == back.open == 0
    assert {(s.what, s.row): s.amount for s in there.steps} == {
        (s.what, s.row): -s.amount for s in back.steps
    }


def test_what_has_no_figure_between_is_one_step() -> None:
    m = api.load(KEY)
    a = of_units(inputs_of(m), 2)
    first, second = (replace(a, used={"i": (row,)}) for row in (1, 2))
    second = with_input(second, "EC_PJ_i_p", 2, 99.0)
    found = bridge(m, side(m, first), side(m, second))
    assert found is not None
    assert TOGETHER in [s.what for s in found.steps]
    assert found.open == 0


def test_no_figure_no_bridge() -> None:
    m = api.load(KEY)
    a = inputs_of(m)
    empty = with_input(a, "EF_elec", None, None)
    assert bridge(m, side(m, a), side(m, empty)) is None


@pytest.mark.library
@pytest.mark.parametrize("key", [entry.key for entry in entries()])
def test_every_methodology_closes(key: str) -> None:
    m = api.load(key)
    a, chance = inputs_of(m), random.Random(key)
    for _ in range(4):
        b = a
        for name, row, value in numbers(m, a):
            if chance.random() < 0.7:
                b = with_input(b, name, row, value * chance.uniform(0.98, 1.02))
        ends = side(m, a), side(m, b, chance.choice([181, 365, 730]))
        found = bridge(m, *ends)
        if ends[1].result.credited is None:
            assert found is None
        else:
            assert found is not None
            assert found.open == 0
