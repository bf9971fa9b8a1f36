"""Plan against report by month: what a picture of the months shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from jcm_xl.model.key import Key, value_key
from jcm_xl.model.methodology import Parameter
from jcm_xl.model.submission import Stage, Submission
from jcm_xl.plan.stage import (
    MONTHS,
    covered_days,
    days_of_month,
    month_after,
    month_factor,
    months_counted,
    months_typed,
    period,
)
from jcm_xl.text.symbols import typed_symbol

if TYPE_CHECKING:
    from jcm_xl.plan.plan import Plan


class MonthAmount(NamedTuple):
    """A month of an amount; report and plan are in the unit of the report.

    report: the sum of what was typed for it, `None` where nothing was.
    plan: the estimate for the days of the month within the period, if there is one.
    keys: of the cells that were summed.
    """

    month: date
    report: float | None
    plan: float | None
    keys: tuple[Key, ...]


class AmountByMonth(NamedTuple):
    """A monitored amount over the months of the period, all units together."""

    symbol: str
    label: str
    unit: str
    months: tuple[MonthAmount, ...]


def amounts_by_month(plan: Plan, submission: Submission) -> Iterator[AmountByMonth]:
    """Yield the amounts of which months were typed; none without a period."""
    days = period(submission)
    if not plan.monthly or days is None:
        return
    for p in plan.methodology.inputs:
        keys = [value_key(Stage.REPORT, p.name, u) for u in plan.units(p)]
        if keys[0].in_month(1) not in plan.slots:
            continue
        columns = {key: months_typed(submission, key) for key in keys}
        if any(columns.values()):
            months = tuple(_months(plan, submission, p, columns, days))
            unit = str(p.unit).removesuffix("/p")
            yield AmountByMonth(typed_symbol(p.symbol), p.label, unit, months)


def _months(
    plan: Plan,
    submission: Submission,
    p: Parameter,
    columns: Mapping[Key, Mapping[int, float]],
    days: tuple[date, date],
) -> Iterator[MonthAmount]:
    first, last = days
    daily = _daily_estimate(plan, submission, p, (last - first).days + 1)
    for k in range(1, min(MONTHS, months_counted(submission)) + 1):
        typed = {key: of[k] for key, of in columns.items() if k in of}
        report = sum_in_own_unit(plan, submission, typed) if typed else None
        inside, _ = days_of_month(first, last, k)
        yield MonthAmount(
            month_after(first, k - 1),
            report,
            None if daily is None else daily * inside,
            tuple(key.in_month(k) for key in typed),
        )


def sum_in_own_unit(
    plan: Plan, submission: Submission, typed: Mapping[Key, float]
) -> float:
    """Return a sum over units in the unit of the report; of unknown units nothing."""
    total = 0.0
    for key, value in typed.items():
        times = month_factor(plan, submission, key)
        if times is not None:
            total += value * (times.numerator / times.denominator)
    return total


def _daily_estimate(
    plan: Plan, submission: Submission, p: Parameter, days: int
) -> float | None:
    planned = [
        value
        for key in plan.values(p, Stage.PLAN)
        if type(value := submission.get(key)) is float
    ]
    if not planned or days < 1:
        return None
    return float(sum(planned)) / covered_days(submission, float(days))
