"""The inputs of a report by calendar year, and the law that no tonne is made of it."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest

from jcm_xl.definition.library import entries
from jcm_xl.engine.vintages import Vintages, by_days, by_months
from jcm_xl.model.key import PERIOD_END, PERIOD_START
from jcm_xl.model.submission import Stage, Submission
from jcm_xl.plan.plan import Plan
from jcm_xl.plan.stage import calculate_stages
from jcm_xl.plan.years import inputs_by_year, without_months
from tests.support import example_book

FIRST, LAST = date(2022, 11, 1), date(2024, 2, 29)
MONTHS = 16
SHARES = [1 / MONTHS] * MONTHS


def by_month(
    plan: Plan, submission: Submission, shares: list[float]
) -> tuple[Plan, Submission]:
    """Return the example with each amount typed by month."""
    values = {**submission.values, PERIOD_START: FIRST, PERIOD_END: LAST}
    for slot in plan.where("value"):
        key = slot.key
        value = values.get(key)
        if (
            key.stage == Stage.REPORT
            and key.in_month(1) in plan.slots
            and type(value) is float
        ):
            del values[key]
            months = enumerate(shares, 1)
            values |= {key.in_month(k): value * share for k, share in months}
    return plan, replace(submission, values=values)


def years_of(plan: Plan, submission: Submission) -> Vintages | int:
    _, results = calculate_stages(plan, submission)
    inputs = inputs_by_year(plan, submission, FIRST, LAST)
    return by_months(results[Stage.REPORT], inputs, FIRST, LAST)


def test_each_year_has_its_own_months() -> None:
    book = by_month(*example_book("ID_AM003@1.0", monthly=True), SHARES)
    assert without_months(*book) == ""
    found = years_of(*book)
    assert isinstance(found, Vintages)
    whole = found.reduction
    assert [v.year for v in found.years] == [2022, 2023, 2024]
    assert [(v.first, v.last) for v in found.years] == [
        (date(2022, 11, 1), date(2022, 12, 31)),
        (date(2023, 1, 1), date(2023, 12, 31)),
        (date(2024, 1, 1), date(2024, 2, 29)),
    ]
    shares = [float(v.reduction / whole) for v in found.years]
    assert shares == pytest.approx([2 / 16, 12 / 16, 2 / 16])
    assert found.is_additive
    assert found.total <= found.credited
    assert not found.crosses_kyoto


def test_a_month_that_is_missing_is_named() -> None:
    plan, submission = by_month(*example_book("TH_AM001@3.0", monthly=True), SHARES)
    key = next(k for k in submission.values if k.stage == "monthly" and k.at == 3)
    values = {k: v for k, v in submission.values.items() if k != key}
    assert without_months(plan, replace(submission, values=values)) == (
        "EG_i,p of row 1 has not an amount for each of the 16 months"
    )
    plain, given = example_book("TH_AM001@3.0")
    assert without_months(plain, given) == "the book has no sheet for monthly amounts"
    monthly, typed = example_book("TH_AM001@3.0", monthly=True)
    assert "of row 1 was typed as one figure (MRS(input_separate)!C10)" in (
        without_months(monthly, typed)
    )


def test_a_year_without_an_amount_of_a_unit_is_named_where_it_divides() -> None:
    shares = [0.0] * 2 + [1 / 14] * 14
    plan, submission = by_month(*example_book("ID_AM003@1.0", monthly=True), shares)
    found = years_of(plan, submission)
    assert isinstance(found, Vintages)
    assert found.years[0].tonnes == 0
    assert found.is_additive


@pytest.mark.library
@pytest.mark.parametrize("key", [entry.key for entry in entries()])
def test_no_tonne_is_made_by_years(key: str) -> None:
    chance = random.Random(key)
    weights = [chance.uniform(0.2, 2.0) for _ in range(MONTHS)]
    shares = [w / sum(weights) for w in weights]
    plan, submission = by_month(*example_book(key, monthly=True), shares)
    _, results = calculate_stages(plan, submission)
    divided = by_days(results[Stage.REPORT], FIRST, LAST)
    assert divided is not None
    assert divided.unrounded == divided.reduction
    assert divided.credited - 2 <= divided.total <= divided.credited
    assert without_months(plan, submission) == ""
    found = years_of(plan, submission)
    assert isinstance(found, Vintages)
    if found.is_additive:
        assert found.credited - 2 <= found.total <= found.credited
    assert found.claimable <= found.credited
