"""Emission reductions by calendar year: vintages of a period, years of an estimate.

Verified amounts and credits are stated by calendar year, while Table 3 holds one figure
for the period. Each year is rounded down for itself, so the years can have a tonne or
two less than Table 3, never more. Source: the tables by year of the verification report
form and of the project design document form (C.3); that each year is rounded down for
itself is our reading of published issuances (Mongolia MN006: 30,312 t, share 6,063).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from jcm_xl.dataclass import dataclass
from jcm_xl.engine.calculate import calculate
from jcm_xl.model.result import Result
from jcm_xl.model.submission import StageInputs
from jcm_xl.model.tolerance import same_number

KYOTO_ENDS = date(2020, 12, 31)
"""A period that goes on after this day lies under the Kyoto Protocol and after it."""


class Basis(StrEnum):
    """What a year's share rests on."""

    ONE_YEAR = "one year"
    MONTHS = "months"
    DAYS = "days"


@dataclass(frozen=True, slots=True)
class Vintage:
    """What falls into one calendar year, in tCO2.

    first, last: the days of the year that are counted.
    tonnes:      `reduction` rounded down, below zero too.
    """

    first: date
    last: date
    reference: Fraction
    project: Fraction
    reduction: Fraction

    @property
    def year(self) -> int:
        """Return the calendar year."""
        return self.first.year

    @property
    def tonnes(self) -> int:
        """Return the whole tonnes of the year."""
        return self.reduction.numerator // self.reduction.denominator


@dataclass(frozen=True, slots=True)
class Vintages:
    """A period by calendar years.

    credited:  Table 3 of the period, whole tonnes.
    reduction: of the period before rounding.
    why_days:  why months were not used, where there could have been some.
    """

    basis: Basis
    years: tuple[Vintage, ...]
    credited: int
    reduction: Fraction
    why_days: str = ""

    @property
    def total(self) -> int:
        """Return the sum of the years' whole tonnes."""
        return sum(v.tonnes for v in self.years)

    @property
    def unrounded(self) -> Fraction:
        """Return the sum of the years before rounding."""
        return sum((v.reduction for v in self.years), Fraction())

    @property
    def is_additive(self) -> bool:
        """Tell whether the years make the period, but for rounding."""
        return same_number(float(self.unrounded), float(self.reduction))

    @property
    def claimable(self) -> int:
        """Return the lower of the years' sum and Table 3."""
        return min(self.total, self.credited)

    @property
    def crosses_kyoto(self) -> bool:
        """Tell whether the period lies on both sides of the end of 2020."""
        return self.years[0].first <= KYOTO_ENDS < self.years[-1].last


def calendar_years(first: date, last: date) -> Iterator[tuple[date, date]]:
    """Yield first and last day of each calendar year, both ends counted."""
    for year in range(first.year, last.year + 1):
        yield max(first, date(year, 1, 1)), min(last, date(year, 12, 31))


def by_days(result: Result, first: date, last: date, why: str = "") -> Vintages | None:
    """Divide the figures of a period among its years by days.

    Sums are kept exactly. `None` where the figures cannot be calculated.
    """
    whole = _figures(result)
    if whole is None:
        return None
    days = _days(first, last)
    years = tuple(
        Vintage(a, b, *(figure * _days(a, b) / days for figure in whole))
        for a, b in calendar_years(first, last)
    )
    basis = Basis.ONE_YEAR if len(years) == 1 else Basis.DAYS
    return _vintages(result, years, basis, why)


def by_months(
    result: Result, inputs: Mapping[int, StageInputs], first: date, last: date
) -> Vintages | int:
    """Calculate each year from its own months.

    Returns a year that cannot be calculated instead, as one without any amount.
    `inputs` are the inputs of the report by year, of months that lie in it.
    """
    years: list[Vintage] = []
    for a, b in calendar_years(first, last):
        figures = _figures(calculate(result.methodology, inputs[a.year]))
        if figures is None:
            return a.year
        years.append(Vintage(a, b, *figures))
    return _vintages(result, tuple(years), Basis.MONTHS)


def yearly_estimate(
    result: Result, plan_days: float, start: date, until: int | date
) -> Vintages | None:
    """Return the table of section C.3: the plan's figure, year by year from `start`.

    A full year has the figure of a plan of 365 or 366 days, else that of 365 of its
    days; a first or last year in part has its share by days. `None` without a figure.
    until: the last year, or the last day.
    """
    whole = _figures(result)
    if whole is None:
        return None
    last = until if isinstance(until, date) else date(until, 12, 31)
    is_year = plan_days in (365.0, 366.0)
    scale = Fraction(1) if is_year else Fraction(365) / Fraction(plan_days)
    years = tuple(
        Vintage(a, b, *(figure * scale * _share(a, b) for figure in whole))
        for a, b in calendar_years(start, last)
    )
    made = _vintages(result, years, Basis.DAYS)
    total = made.unrounded
    return replace(made, reduction=total, credited=total.numerator // total.denominator)


def _share(first: date, last: date) -> Fraction:
    whole = _days(date(first.year, 1, 1), date(first.year, 12, 31))
    return Fraction(_days(first, last), whole)


def _days(first: date, last: date) -> int:
    return (last - first + timedelta(days=1)).days


def _figures(result: Result) -> tuple[Fraction, Fraction, Fraction] | None:
    """Return reference, project and reductions in exact arithmetic."""
    if result.missing:
        return None
    names = result.methodology.results
    found = [
        quantity.exact if (quantity := result.get(name)) else None
        for name in (names.reference, names.project, names.reduction)
    ]
    reference, project, reduction = (
        None if x is None else Fraction(Decimal(x)) for x in found
    )
    if reference is None or project is None or reduction is None:
        return None
    return reference, project, reduction


def _vintages(
    result: Result, years: tuple[Vintage, ...], basis: Basis, why: str = ""
) -> Vintages:
    whole = _figures(result)
    assert whole is not None
    assert result.sheet_credited is not None
    return Vintages(basis, years, result.sheet_credited, whole[2], why)
