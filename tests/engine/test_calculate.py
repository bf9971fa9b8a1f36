from __future__ import annotations

from typing import Any

import pytest

from jcm_xl import api
from jcm_xl.definition.examples import example_inputs
from jcm_xl.definition.library import entries
from jcm_xl.engine.calculate import calculate, judge_criteria
from jcm_xl.model.methodology import Methodology
from jcm_xl.model.result import Missing, Result
from jcm_xl.model.submission import StageInputs
from tests.books import CORE
from tests.questions import of_every
from tests.support import OURS, methodology

EXAMPLES = [
    (key, n)
    for key in (*(entry.key for entry in entries()), *OURS)
    for n in range(len(methodology(key).examples))
]
SOLAR = methodology("EX_AM901")


def result_of(m: Methodology, given: dict[str, Any]) -> Result:
    return calculate(m, example_inputs(m, given))


def solar(*pairs: tuple[object, str]) -> Result:
    """Systems of EX_AM901: electricity in MWh and the grid they are connected to."""
    given = {"EG_i_p": [eg for eg, _ in pairs], "grid_i": [grid for _, grid in pairs]}
    return result_of(SOLAR, given)


@of_every(EXAMPLES)
def test_every_example_is_reproduced(case: tuple[str, int]) -> None:
    key, number = case
    m = methodology(key)
    example = m.examples[number]
    result = result_of(m, dict(example.given))
    assert result.status == "complete"
    for name, expected in example.expect.items():
        rows = list(enumerate(expected, 1)) if isinstance(expected, list) else [
            (None, expected)
        ]  # fmt: skip
        for row, value in rows:
            quantity = result.get(name, row)
            assert quantity is not None
            assert quantity.value == pytest.approx(float(value), rel=1e-9, abs=1e-12)
    if example.credited is not None:
        assert result.credited == result.sheet_credited == example.credited


def test_the_design_document_of_project_id003() -> None:
    m = api.load("ID_AM003@1.0")
    given = {"EC_PJ_i_p": [135], "type_i": ["Individual quick freezer"],
             "COP_PJ_i": [1.63], "EF_elec": 0.814}  # fmt: skip
    result = result_of(m, given)
    figures = m.results.figures
    values = {name: result.quantities[name, None].value for name in figures}
    assert values == {
        "RE_p": pytest.approx(135.6975, abs=1e-10),
        "PE_p": pytest.approx(109.89, abs=1e-10),
        "ER_p": pytest.approx(25.8075, abs=1e-10),
    }
    # 25, which neither rounding to the nearest nor rounding the parts first gives.
    assert (result.credited, result.sheet_credited) == (25, 25)


def test_the_rice_paddy_of_the_quoted_constants() -> None:
    m = api.load("PH_AM004@1.0")
    result = result_of(m, dict(m.examples[0].given))
    assert result.unrounded == pytest.approx(3.15945, abs=1e-9)
    assert result.credited == 3


def test_a_whole_number_is_no_knife_edge() -> None:
    result = solar((1000, "Northern grid"))
    assert (result.unrounded, result.credited, result.is_knife_edge) == (
        533.0,
        533,
        False,
    )


def test_on_the_knife_edge_both_readings_are_kept() -> None:
    # The product is 100.999999999999776: the sheet's 15 digits read 101.
    result = solar((189.493433395872, "Northern grid"))
    assert result.is_knife_edge
    assert (result.sheet_credited, result.credited) == (101, 100)


def test_near_the_edge_but_off_it() -> None:
    assert not solar((189.4935, "Northern grid")).is_knife_edge


def test_a_negative_reduction_is_cut_towards_zero() -> None:
    m = api.load("ID_AM003@1.0")
    given = {"EC_PJ_i_p": [135], "type_i": ["Individual quick freezer"],
             "COP_PJ_i": [1.3], "EF_elec": 0.814}  # fmt: skip
    result = result_of(m, given)
    assert result.unrounded is not None
    assert -2 < result.unrounded < -1
    assert (result.credited, result.sheet_credited) == (-1, -1)


@pytest.mark.parametrize("blank", [None, ""])
def test_a_missing_input_is_never_zero(blank: object) -> None:
    result = solar((1200, "Northern grid"), (blank, "Southern grid"))
    assert result.status == "incomplete"
    assert result.missing == (Missing("EG_i_p", 2),)
    assert (result.unrounded, result.credited, result.sheet_credited) == (None,) * 3
    total = result.get("RE_p")
    assert total is not None
    assert (total.value, total.error) == (None, "#N/A")
    assert "EG_{i,p} of row 2 is missing" in total.reason


def test_zero_is_a_value() -> None:
    result = solar((1200, "Northern grid"), (0, "Southern grid"))
    assert (result.status, result.credited) == ("complete", 639)


def test_unused_rows_change_nothing() -> None:
    values = {"EG_i_p": (None, 1000.0, None, 500.0),
              "grid_i": (None, "Northern grid", None, "Southern grid")}  # fmt: skip
    result = calculate(SOLAR, StageInputs(values, {"i": (2, 4)}))
    assert result.credited == 834
    assert result.get("RE_i_p", 1) is None
    assert result.get("RE_i_p", 3) is None


def test_without_any_unit_a_row_is_missing() -> None:
    values = {"EG_i_p": (None,), "grid_i": (None,)}
    result = calculate(SOLAR, StageInputs(values, {"i": ()}))
    assert result.missing == (Missing("i", 0),)
    assert result.credited is None


def test_a_foreign_choice_is_not_looked_up() -> None:
    result = solar((1200, "Eastern grid"))
    quantity = result.get("EF_RE_i", 1)
    assert quantity is not None
    assert quantity.error == "#N/A"
    assert result.status == "not calculable"


@pytest.mark.parametrize(
    ("supply", "missing"),
    [
        ("grid only", ["EF_grid"]),
        ("captive only", ["EF_captive"]),
        ("both", ["EF_captive", "EF_grid", "EI_grid_p", "RC_gen", "h_gen_p"]),
    ],
)
def test_what_is_required_follows_from_the_choice(
    supply: str, missing: list[str]
) -> None:
    m = api.load("ID_AM002@2.0")
    given = dict(m.examples[0].given) | {"supply": supply}
    del given["EF_grid"]
    result = result_of(m, given)
    assert sorted(item.name for item in result.missing) == missing


def test_a_division_by_zero_is_told_and_not_counted_as_missing() -> None:
    m = api.load("ID_AM002@2.0")
    given = dict(m.examples[1].given)
    given |= {"EI_grid_p": 0, "h_gen_p": 0}
    result = result_of(m, given)
    assert (result.status, result.missing) == ("not calculable", ())
    quantity = result.get("EF_elec")
    assert quantity is not None
    assert quantity.error == "#DIV/0!"


def test_criteria_are_answered_by_calculation_where_they_can() -> None:
    m = api.load("ID_AM003@1.0")
    given = {"EC_PJ_i_p": [1, 1, None], "EF_elec": 0.8, "COP_PJ_i": [1.63, 1.3, None],
             "type_i": ["Individual quick freezer"] * 3}  # fmt: skip
    answers = list(judge_criteria(m, example_inputs(m, given)))
    assert answers == [("EC2", 1, True), ("EC2", 2, False), ("EC2", 3, None)]


@pytest.mark.parametrize("key", [key for key in CORE if not key.startswith("PH")])
def test_scaling_the_activity_scales_the_emissions(key: str) -> None:
    """Twice all amounts per period, twice the reference and project emissions.

    The rice paddies have areas and days, no amounts per period.
    """
    m = api.load(key)
    given = dict(m.examples[-1].given)
    doubled = {
        p.name: _twice(given[p.name])
        for p in m.inputs
        if p.is_additive and p.name in given
    }
    once, twice = result_of(m, given), result_of(m, given | doubled)
    for name in (m.results.reference, m.results.project):
        a, b = once.get(name), twice.get(name)
        assert a is not None
        assert b is not None
        assert isinstance(a.value, float)
        assert b.value == pytest.approx(2 * a.value, rel=1e-9)


def _twice(value: Any) -> Any:
    return [2 * item for item in value] if isinstance(value, list) else 2 * value
