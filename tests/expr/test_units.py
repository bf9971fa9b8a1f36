from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jcm_xl.expr.functions import FUNCTIONS, UnitRule
from jcm_xl.expr.parse import parse, parse_condition
from jcm_xl.expr.units import ATOMS, NONE, Unit, UnitError, UnitMismatch, unit_of

_BOOK: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("units.toml").read_text("utf-8")
)
CASES: list[dict[str, str]] = _BOOK["case"]

UNITS = st.dictionaries(
    st.sampled_from(sorted(ATOMS - {"text"})), st.integers(-3, 3).filter(bool)
).map(lambda exponents: Unit(tuple(sorted(exponents.items()))))


def of_name(name: str) -> Unit:
    return Unit.parse(_BOOK["names"][name])


def of_table(name: str) -> tuple[Unit | None, Unit]:
    key, value = _BOOK["tables"][name]
    return Unit.parse(key) if key else None, Unit.parse(value)


@pytest.mark.parametrize(("text", "printed"), _BOOK["spelling"].items())
def test_a_calculated_unit_has_the_shortest_spelling(text: str, printed: str) -> None:
    unit = Unit.parse(text) * NONE
    assert str(unit) == printed
    assert Unit.parse(printed) == unit


def test_a_unit_that_was_read_prints_as_it_was_written() -> None:
    assert str(Unit.parse(" kgCH4/ha/day ")) == "kgCH4/ha/day"
    assert str(Unit.parse("MW*h")) == "MW*h"
    assert str(Unit.parse("1")) == "-"


def test_a_unit_tells_the_power_of_an_atom() -> None:
    unit = Unit.parse("MWh/p")
    assert [unit.exponent(atom) for atom in ("MW", "p", "kW")] == [1, -1, 0]


@pytest.mark.parametrize(("text", "message"), _BOOK["unknown"].items())
def test_an_unknown_unit_is_named_with_the_nearest(text: str, message: str) -> None:
    with pytest.raises(UnitError) as failure:
        Unit.parse(text)
    assert str(failure.value) == message


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["expr"])
def test_the_unit_of_an_expression(case: dict[str, str]) -> None:
    tree = parse(case["expr"])
    if "says" in case:
        with pytest.raises(UnitMismatch) as failure:
            unit_of(tree, of_name, of_table)
        assert str(failure.value) == case["says"]
    else:
        expected = None if case["unit"] == "any" else Unit.parse(case["unit"])
        assert unit_of(tree, of_name, of_table) == expected


def test_a_mismatch_carries_both_units() -> None:
    with pytest.raises(UnitMismatch) as failure:
        unit_of(parse("RE - EG"), of_name, of_table)
    assert failure.value.expression == "RE - EG"
    assert failure.value.first == Unit.parse("tCO2/p")
    assert failure.value.second == Unit.parse("MWh/p")


def test_a_condition_is_checked_and_has_no_unit() -> None:
    condition = parse_condition("RE > 0 and grid == 'both'")
    assert unit_of(condition, of_name, of_table) == NONE
    with pytest.raises(UnitMismatch):
        unit_of(parse_condition("RE > EG"), of_name, of_table)


def test_units_never_convert() -> None:
    assert Unit.parse("MWh") == Unit.parse("MW") * Unit.parse("h")
    for one, other in [("MWh", "kWh"), ("t", "kg"), ("tCO2", "tCO2e"), ("h", "day")]:
        assert Unit.parse(one) != Unit.parse(other)


def test_every_function_has_a_unit_rule_in_use() -> None:
    assert {function.unit_rule for function in FUNCTIONS.values()} == set(UnitRule)


@settings(derandomize=True, deadline=None)
@given(UNITS)
def test_every_unit_can_be_read_as_it_is_printed(unit: Unit) -> None:
    assert Unit.parse(str(unit)) == unit


@settings(derandomize=True, deadline=None)
@given(UNITS, UNITS)
def test_division_undoes_multiplication(one: Unit, other: Unit) -> None:
    assert one * other == other * one
    assert one * other / other == one
    assert one / one == NONE
