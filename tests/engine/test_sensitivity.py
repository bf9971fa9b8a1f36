"""Effects of inputs are what a calculation from nothing gives."""

from __future__ import annotations

import pytest

from jcm_xl import api
from jcm_xl.definition.library import entries
from jcm_xl.engine.calculate import calculate
from jcm_xl.engine.changed import numbers, with_input
from jcm_xl.engine.moved import Base
from jcm_xl.engine.sensitivity import combined, effects
from tests.engine.test_bridge import KEY, inputs_of, of_units


def test_the_largest_comes_first_and_reaches_the_share() -> None:
    m = api.load(KEY)
    found = effects(m, inputs_of(m), materiality=5.0)
    assert [(e.name, e.row) for e in found] == [
        ("COP_PJ_i", 1), ("COP_RE_i", 1), ("EC_PJ_i_p", 1), ("EF_elec", None),
    ]  # fmt: skip
    assert found[2].per_cent == pytest.approx(0.158984375)
    assert found[2].reach == pytest.approx(5.0)
    assert found[2].share == pytest.approx(1.0)


def test_accuracy_is_combined_and_gaps_are_named() -> None:
    m = api.load(KEY)
    found = effects(m, of_units(inputs_of(m), 2))
    known = {("EC_PJ_i_p", 1): 0.5, ("EC_PJ_i_p", 2): 0.5}
    together = combined(found, known)
    assert together is not None
    assert together.tonnes == pytest.approx(0.158984375 * 0.5 * 2**0.5)
    assert together.per_cent == pytest.approx(0.5 / 2**0.5)
    assert ("EF_elec", None) in together.without
    assert combined(found, {}) is None


def test_nothing_is_said_where_there_is_no_figure() -> None:
    m = api.load(KEY)
    assert effects(m, with_input(inputs_of(m), "EF_elec", None, None)) == ()


@pytest.mark.library
@pytest.mark.parametrize("key", [entry.key for entry in entries()])
def test_what_is_calculated_again_is_the_whole_calculation(key: str) -> None:
    m = api.load(key)
    inputs = inputs_of(m)
    for sets in (inputs, of_units(inputs, 3)):
        base = Base(m, sets)
        for name, row, value in numbers(m, sets):
            whole = calculate(m, with_input(sets, name, row, value * 1.01))
            assert base.moved(name, row, value * 1.01) == whole.unrounded
