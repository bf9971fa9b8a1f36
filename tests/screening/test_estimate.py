"""The tonnes of a screening are those of the plan; nothing missing becomes a number."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from jcm_xl import api
from jcm_xl.definition.library import entries, load
from jcm_xl.documents.lines import as_text
from jcm_xl.errors import JcmError
from jcm_xl.inputs.example import example_inputs
from jcm_xl.inputs.problems import InputsError
from jcm_xl.model.submission import Stage
from jcm_xl.plan.stage import calculate_stages
from jcm_xl.screening.estimate import Estimate, estimate
from jcm_xl.screening.lines import estimate_lines

KEY = str(Path(__file__).parents[1] / "definitions" / "EX_AM901_ver01.0.toml")
START = date(2027, 4, 1)
GIVEN = {"EG_i_p": [1200.0, 850.5], "grid_i": ["Northern grid", "Southern grid"]}


def of(given: dict[str, object], key: str = KEY, **answers: bool) -> Estimate:
    return estimate(api.load(key), given, answers, START)


def test_each_year_has_its_share_of_days_and_is_rounded_down() -> None:
    found = of(GIVEN)
    assert found.a_year == pytest.approx(1151.601)
    assert [(y.year, y.days, y.tonnes) for y in found.years] == [
        (2027, 275, 867), (2028, 366, 1151), (2029, 365, 1151), (2030, 365, 1151),
    ]  # fmt: skip


def test_what_is_missing_is_asked_and_no_tonnes_are_given() -> None:
    found = of({"grid_i": "Northern grid"})
    assert (found.a_year, found.years) == (None, ())
    assert [p.name for p in found.needs] == ["EG_i_p"]


def test_criteria_are_yes_no_or_open() -> None:
    every = dict.fromkeys((c.id for c in api.load(KEY).criteria), True)
    assert of(GIVEN).fits is None
    assert of(GIVEN, **every).fits is True
    assert of(GIVEN, **{**every, "EC1": False}).fits is False


def test_numbers_answer_a_calculated_criterion_whatever_was_said() -> None:
    given = {"EC_PJ_i_p": 135.0, "type_i": "individual", "EF_elec": 0.814}
    yes = {f"EC{n}": True for n in (1, 2, 3, 4)}
    worse = of({**given, "COP_PJ_i": 1.1}, "ID_AM003@1.0", **yes)
    assert [(q.answer, q.is_calculated) for q in worse.questions] == [
        (True, False), (False, True), (True, False), (True, False),
    ]  # fmt: skip
    assert worse.fits is False
    said = as_text(estimate_lines(worse))
    assert "The project emits more than the reference." in said
    better = of({**given, "COP_PJ_i": 1.63}, "ID_AM003@1.0")
    assert [q.answer for q in better.questions] == [None, True, None, None]
    unknown = of(given, "ID_AM003@1.0", EC2=True)
    assert [q.is_calculated for q in unknown.questions] == [False] * 4


def test_the_beginning_of_a_choice_is_enough_if_it_is_the_only_one() -> None:
    given = {"EG_i_p": 100.0, "connection_i": "captive generator"}
    assert of(given, "TH_AM001@1.0").a_year == pytest.approx(53.3)
    with pytest.raises(InputsError, match="expected one of"):
        of({**given, "connection_i": "grid"}, "TH_AM001@1.0")


def test_what_is_asked_says_when_and_what_is_open() -> None:
    text = as_text(estimate_lines(of({}, "ID_AM002@2.0")))
    assert "only if supply ≠ 'grid only'" in text
    assert "COP_RE_i         -         COP of the reference chiller" in text
    assert "a value of the methodology, which is open here" in text


def test_the_grade_is_the_weakest_of_what_is_used() -> None:
    found = of(GIVEN)
    assert found.grade == "document"
    assert found.grounds[0].value == "1200.0 and 850.5 MWh/p"
    weaker = of({"EG_i_p": 1.0}, "TH_AM001")
    assert weaker.grade == "recollection"
    assert {"yours", "recollection"} <= {ground.grade for ground in weaker.grounds}


def test_only_the_row_of_a_table_that_was_chosen_counts() -> None:
    rows = [g.what for g in of({"EG_i_p": 1.0, "grid_i": "Southern grid"}).grounds]
    assert [what.rpartition(", ")[2] for what in rows if "grid" in what] == [
        "Southern grid"
    ]


def test_wrong_names_are_refused_with_those_there_are() -> None:
    with pytest.raises(JcmError, match=r"no input 'foo'\. It has: EG_i_p"):
        of({"foo": 1.0})
    with pytest.raises(JcmError, match=r"no criterion 'EC9'\. It has: EC1"):
        of({}, EC9=True)


@pytest.mark.library
@pytest.mark.parametrize("key", [entry.key for entry in entries()])
def test_every_methodology_gives_the_tonnes_of_its_plan(key: str) -> None:
    m = load(key)
    for number in range(1, len(m.examples) + 1):
        inputs = example_inputs(m, number)
        plan, submission = api.filled(m, inputs)
        _, results = calculate_stages(plan, submission)
        given = {**inputs["ex_ante"], **inputs["fixed"]}
        found = estimate(m, given, {}, date(2029, 1, 1))
        assert found.a_year == results[Stage.PLAN].unrounded
        if found.a_year is not None:
            assert found.needs == ()
            assert {y.tonnes for y in found.years} == {int(found.a_year // 1)}
