"""Calendar years: days, shares, and what is kept."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from jcm_xl import api
from jcm_xl.engine.vintages import (
    Basis,
    Vintage,
    by_days,
    calendar_years,
    yearly_estimate,
)
from jcm_xl.inputs.example import example_inputs
from jcm_xl.model.result import Result
from jcm_xl.model.submission import Stage
from jcm_xl.plan.stage import calculate_stages

days = st.dates(date(2013, 1, 1), date(2040, 12, 31))


def result_of(key: str) -> Result:
    m = api.load(key)
    _, results = calculate_stages(*api.filled(m, example_inputs(m, 1)))
    return results[Stage.REPORT]


RESULT = result_of("ID_AM003@1.0")


@given(days, st.integers(0, 2000))
def test_the_years_cover_each_day_once(first: date, more: int) -> None:
    last = first + timedelta(days=more)
    years = list(calendar_years(first, last))
    assert (years[0][0], years[-1][1]) == (first, last)
    assert sum((b - a).days + 1 for a, b in years) == more + 1
    assert all(a.year == b.year for a, b in years)
    assert all(b + timedelta(days=1) == a for (_, b), (a, _) in pairwise(years))


@given(days, st.integers(0, 2000))
def test_by_days_no_tonne_is_made_or_lost(first: date, more: int) -> None:
    found = by_days(RESULT, first, first + timedelta(days=more))
    assert found is not None
    assert found.unrounded == found.reduction
    assert found.credited - (len(found.years) - 1) <= found.total <= found.credited
    assert (found.basis is Basis.ONE_YEAR) == (len(found.years) == 1)
    assert found.claimable == found.total


def test_below_zero_is_rounded_down_too() -> None:
    first = date(2023, 1, 1)
    loss = Vintage(first, first, Fraction(0), Fraction(1, 2), Fraction(-1, 2))
    assert loss.tonnes == -1


def test_the_end_of_2020_is_told() -> None:
    across = by_days(RESULT, date(2020, 7, 1), date(2021, 6, 30))
    after = by_days(RESULT, date(2021, 1, 1), date(2021, 12, 31))
    before = by_days(RESULT, date(2020, 1, 1), date(2020, 12, 31))
    assert [x.crosses_kyoto for x in (across, after, before) if x] == [
        True, False, False,
    ]  # fmt: skip


def test_an_estimate_has_its_figure_in_each_full_year() -> None:
    found = yearly_estimate(RESULT, 365.0, date(2024, 7, 1), 2026)
    assert found is not None
    year = RESULT.credited
    assert [v.tonnes for v in found.years] == [year * 184 // 366, year, year]
    half = yearly_estimate(RESULT, 730.0, date(2025, 1, 1), 2025)
    assert half is not None
    assert half.years[0].reduction * 2 == found.years[1].reduction
