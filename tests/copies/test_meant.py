"""What a finding expects in a cell, as one types it there."""

from __future__ import annotations

from datetime import date

import pytest

from jcm_xl import api
from jcm_xl.checks.run import judge_file
from jcm_xl.copies.meant import MeantValue, meant, readings
from jcm_xl.definition.library import definitions_in
from jcm_xl.desk.sample import faulty_book
from jcm_xl.desk.web import SETTINGS
from jcm_xl.model.key import Key
from tests.checks.cases import cases, made
from tests.support import DEFINITIONS, example_book


@pytest.mark.parametrize(
    ("rule", "expected", "wanted"),
    [
        ("number", "135", [("135", 135.0)]),
        ("number", "1234 or 1.234", [("1234", 1234.0), ("1.234", 1.234)]),
        ("number", "a number", []),
        ("date", "2023-01-02 / 2023-02-01",
         [("2023-01-02", date(2023, 1, 2)), ("2023-02-01", date(2023, 2, 1))]),
        ("date", "a day", []),
        ("option", "Option A", [("Option A", "Option A")]),
    ],
)  # fmt: skip
def test_readings(rule: str, expected: str, wanted: list[object]) -> None:
    assert list(readings(rule, expected)) == wanted


def test_what_the_sample_asks_for() -> None:
    judged = judge_file(faulty_book()[1], SETTINGS)
    assert judged.context is not None
    found = [v for d in judged.report.diagnostics for v in meant(judged.context, d)]
    formula = judged.context.plan[Key("mrs", "quantity", "ER_p")].formula
    assert sorted(found, key=lambda one: (one.sheet, one.cell)) == [
        MeantValue("MRS(calc_process)", "G19", 1.32, "1.32", None, False),
        MeantValue("MRS(calc_process)", "G6", None, f"={formula}", formula, False),
        MeantValue("MRS(input)", "G8", "MWh/p", "MWh/p", None, False),
        MeantValue("MRS(input_separate)", "C10", 135.0, "135"),
    ]


def test_a_count_that_is_expected_is_nothing_to_type() -> None:
    (case,) = (c for c in cases() if c.title.startswith("a month is missing"))
    with definitions_in(DEFINITIONS):
        judged = judge_file(made(case)[1], SETTINGS)
        assert judged.context is not None
        (found,) = (d for d in judged.report.diagnostics if d.code == "JX325")
        assert found.expected == "12"
        assert meant(judged.context, found) == ()


def test_a_clean_book_asks_for_nothing() -> None:
    plan, submission = example_book("TH_AM001@1.0")
    judged = judge_file(api.book(plan, submission), SETTINGS)
    assert judged.context is not None
    found = [v for d in judged.report.diagnostics for v in meant(judged.context, d)]
    assert found == []
