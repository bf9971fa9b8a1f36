"""What hands do to input cells never changes what the locked formulas mean."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from jcm_xl import api
from jcm_xl.plan.edition import Edition
from jcm_xl.plan.plan import Plan, make_plan
from jcm_xl.plan.steady import references
from tests.library.handlings import handle
from tests.library.sweep import of_every_definition
from tests.office.harness import Office
from tests.support import SHAPES, methodology

SAMPLE = 10


@of_every_definition
def test_no_formula_names_an_input_cell(key: str) -> None:
    m = methodology(key)
    for edition in (Edition(), Edition(monthly=True, meters=True)):
        plan = make_plan(m, edition=edition)
        assert list(named_inputs(plan)) == []


def named_inputs(plan: Plan) -> list[tuple[str, str]]:
    """Return the formulas that name an input cell, or end a range in one."""
    inputs = {(s.sheet, s.row, s.column + i) for s in plan.inputs if s.is_open
              for i in range(s.span)}  # fmt: skip
    return [
        (str(slot.key), slot.formula)
        for slot in plan.slots.values()
        if slot.formula
        for place in references(slot.formula, slot.sheet)
        if place in inputs
    ]


def test_the_first_shape_names_them() -> None:
    plan = make_plan(api.load("ID_AM003@1.0"), edition=Edition(shape=1))
    assert named_inputs(plan)


@pytest.mark.office
@pytest.mark.slow
@pytest.mark.parametrize("number", range(SAMPLE))
def test_table_3_is_what_the_inputs_give(
    number: int, office: Office, tmp_path: Path
) -> None:
    key = SHAPES[number % len(SHAPES)]
    found = handle(key, number % 2 == 1, random.Random(number), office, tmp_path)
    assert found.shown == found.expected, found.hands
