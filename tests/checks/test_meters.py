"""The days of a period on which no certificate is valid."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from jcm_xl.checks.values.meters import Days, uncovered

FIRST = date(2021, 1, 1)
DAY = timedelta(days=1)


def span(start: int, length: int) -> Days:
    return FIRST + start * DAY, FIRST + (start + length) * DAY


def days_of(span: Days) -> set[date]:
    return {span[0] + n * DAY for n in range((span[1] - span[0]).days + 1)}


SPANS = st.builds(span, st.integers(-40, 60), st.integers(0, 50))


@given(period=SPANS, certificates=st.lists(SPANS, max_size=6))
def test_it_is_what_remains_without_the_days_of_all_certificates(
    period: Days, certificates: list[Days]
) -> None:
    covered = {day for certificate in certificates for day in days_of(certificate)}
    gaps = uncovered(period, certificates)
    found = [day for gap in gaps for day in sorted(days_of(gap))]
    assert found == sorted(days_of(period) - covered)
    apart = itertools.pairwise(gaps)
    assert all(second[0] > first[1] + DAY for first, second in apart)
