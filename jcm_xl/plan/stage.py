"""From the participant's cells to what the engine takes: plan or report."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from jcm_xl.engine.calculate import calculate
from jcm_xl.expr.factors import factor, units_like
from jcm_xl.model.key import FIRST_MONTH, PERIOD, PLAN_DAYS, Key
from jcm_xl.model.methodology import Parameter
from jcm_xl.model.result import Result
from jcm_xl.model.submission import (
    DAYS_OF_A_YEAR,
    DateNumber,
    Stage,
    StageInputs,
    Submission,
    Value,
)

if TYPE_CHECKING:
    from jcm_xl.plan.plan import Plan

MONTHS = 24
"""Rows of the sheet Monthly."""
_SMALLEST = Fraction(1, 10**6)


def stage_inputs(plan: Plan, submission: Submission, stage: Stage) -> StageInputs:
    """Return usable numbers and choices; whatever cannot be used is `None`.

    Table 2 is typed once, in the plan. A unit row is in use as soon as any of its
    cells holds something; one in use in the plan is in use in the report too.
    """
    m = plan.methodology
    values: dict[str, float | str | tuple[float | str | None, ...] | None] = {}
    for p in m.inputs:
        keys = plan.values(p, stage if p.is_monitored else Stage.PLAN)
        found = tuple(usable(plan, submission, p, key) for key in keys)
        values[p.name] = found[0] if p.index is None else found
    used = {
        name: tuple(
            u
            for u in range(1, plan.rows[name] + 1)
            if is_used(plan, submission, stage, name, u)
        )
        for name in m.sets
    }
    return StageInputs(values, used)


def calculate_stages(
    plan: Plan, submission: Submission
) -> tuple[dict[Stage, StageInputs], dict[Stage, Result]]:
    """Calculate plan and report of a submission."""
    inputs = {stage: stage_inputs(plan, submission, stage) for stage in Stage}
    m = plan.methodology
    return inputs, {stage: calculate(m, given) for stage, given in inputs.items()}


def as_sheets_count(submission: Submission) -> Submission:
    """Return the inputs as a sheet's formulas take them: they see no format.

    A number that is shown as a date counts there; the same submission without any.
    """
    values = submission.values
    if not any(isinstance(value, DateNumber) for value in values.values()):
        return submission
    counted = {
        key: value.number if isinstance(value, DateNumber) else value
        for key, value in values.items()
    }
    return replace(submission, values=counted)


def usable(
    plan: Plan, submission: Submission, p: Parameter, key: Key
) -> float | str | None:
    """Return the number or choice in a slot, or `None` where it cannot be used."""
    value = effective(plan, submission, key)
    if p.is_choice:
        return plan.choice(p, value)
    return value if type(value) is float else None


def effective(plan: Plan, submission: Submission, key: Key) -> Value:
    """Return what a slot shows: what was typed, or the sum of its months."""
    typed = submission.get(key)
    if typed is None and plan.monthly and key.is_in(Stage.REPORT, "value"):
        return monthly_sum(plan, submission, key)
    return typed


def monthly_sum(plan: Plan, submission: Submission, key: Key) -> float | None:
    """Return the sum over the months, once every month of the period is typed.

    Where one total is typed in their place it is that; where both are, nothing.
    """
    times = month_factor(plan, submission, key)
    if plan.get(key.in_month(1)) is None or times is None:
        return None
    typed = months_typed(submission, key)
    amount = submission.get(key.month_total)
    if amount in (None, ""):
        months = months_counted(submission)
        amount = float(sum(typed.values())) if 0 < months == len(typed) else None
    elif typed:
        return None
    if type(amount) is not float:
        return None
    # In the order of the sheet's formula, so that both round alike.
    return amount * times.numerator / times.denominator


def months_typed(submission: Submission, key: Key) -> dict[int, float]:
    """Return the numbers typed for the months of a value, by month from 1."""
    found = ((k, submission.get(key.in_month(k))) for k in range(1, MONTHS + 1))
    return {k: value for k, value in found if type(value) is float}


def is_refused_below_zero(p: Parameter) -> bool:
    """Tell whether an amount may not be negative, so that a month asks for a reason."""
    limits = (p.bounds.at_least, p.bounds.above)
    return any(limit is not None and limit >= 0 for limit in limits)


def days_of_month(first: date, last: date, k: int) -> tuple[int, int]:
    """Return (days within the period, all its days) of the k-th month of a period."""
    return days_within(first, last, month_after(first, k - 1))


def month_after(day: date, months: int) -> date:
    """Return the first day of the month so many months after that of a day."""
    month = day.year * 12 + day.month - 1 + months
    return date(month // 12, month % 12 + 1, 1)


def month_named(submission: Submission, k: int) -> date | None:
    """Return the first day of the month beside the k-th row of the sheet Monthly."""
    first = submission.get(FIRST_MONTH)
    start = first if isinstance(first, date) else submission.get(PERIOD[0])
    if not isinstance(start, date) or k > months_in_period(submission):
        return None
    return month_after(start, k - 1)


def days_within(first: date, last: date, start: date) -> tuple[int, int]:
    """Return (days within the period, all its days) of the month that begins then.

    Within are 0 where the month lies outside.
    """
    of_month = monthrange(start.year, start.month)[1]
    end = start + timedelta(days=of_month - 1)
    return max(0, (min(end, last) - max(start, first)).days + 1), of_month


def month_units(unit: str) -> tuple[str, ...]:
    """Return the units in which the months of an amount may be typed, its own among.

    Those of the table of exact units within a million times of it.
    """
    own = unit.removesuffix("/p")
    return tuple(
        other
        for other in units_like(own)
        if (times := factor(other, own)) and _SMALLEST <= times <= 1 / _SMALLEST
    )


def month_factor(plan: Plan, submission: Submission, key: Key) -> Fraction | None:
    """Return by what the months of a value are multiplied; `None`: no unit of it."""
    typed = submission.get(key.month_unit)
    if typed in (None, ""):
        return Fraction(1)
    own = str(plan.methodology.parameters[key.name].unit)
    for unit in month_units(own):
        if unit.casefold() == str(typed).casefold():
            return factor(unit, own.removesuffix("/p"))
    return None


def begins_elsewhere(submission: Submission) -> bool:
    """Tell whether the first month of the sheet Monthly is not that of the period."""
    first, start = submission.get(FIRST_MONTH), submission.get(PERIOD[0])
    if first in (None, ""):
        return False
    return not (
        isinstance(first, date)
        and isinstance(start, date)
        and (first.year, first.month) == (start.year, start.month)
    )


def months_counted(submission: Submission) -> int:
    """Return how many months the sheet Monthly waits for; 0: it begins elsewhere."""
    return 0 if begins_elsewhere(submission) else months_in_period(submission)


def period(submission: Submission) -> tuple[date, date] | None:
    """Return first and last day of the period, once both are dates in order."""
    start, end = map(submission.get, PERIOD)
    if isinstance(start, date) and isinstance(end, date) and start <= end:
        return start, end
    return None


def months_in_period(submission: Submission) -> int:
    """Return how many calendar months the period touches, 0 without two dates."""
    start, end = map(submission.get, PERIOD)
    if not (isinstance(start, date) and isinstance(end, date)):
        return 0
    return (end.year - start.year) * 12 + end.month - start.month + 1


def is_used(
    plan: Plan, submission: Submission, stage: Stage, index: str, u: int
) -> bool:
    """Tell whether a unit row holds anything; of a set that is fixed each is asked."""
    if plan.methodology.sets[index].is_fixed:
        return True
    for key in unit_cells(plan, stage, index, u):
        value = effective(plan, submission, key)
        if value is not None and value != "":
            return True
    return stage is Stage.REPORT and is_used(plan, submission, Stage.PLAN, index, u)


def begun(submission: Submission) -> str:
    """Return `report` as soon as anything stands in the report's own cells."""
    is_report = any(
        key.stage in ("period", "monthly") or key.is_in(Stage.REPORT, "value")
        for key in submission.values
    )
    return "report" if is_report else "plan"


def unit_cells(plan: Plan, stage: Stage, index: str, u: int) -> tuple[Key, ...]:
    """Return the keys of a unit row's input cells."""
    rows = plan.unit_cells[stage, index]
    return rows[u - 1] if u <= len(rows) else ()


def plan_days(submission: Submission) -> float:
    """Return the days that the estimates of the plan cover."""
    days = submission.get(PLAN_DAYS)
    return days if type(days) is float and days > 0 else DAYS_OF_A_YEAR


def covered_days(submission: Submission, days: float) -> float:
    """Return the days by which the plan's estimates are compared with a report of days.

    Whoever writes the plan says how many days its estimates cover; they are never
    taken for more than a report of those days, or of a year, can have.
    """
    return max(plan_days(submission), min(days, DAYS_OF_A_YEAR))


def period_days(submission: Submission) -> int | None:
    """Return the days of the monitoring period, both ends counted."""
    start, end = map(submission.get, PERIOD)
    if isinstance(start, date) and isinstance(end, date):
        return (end - start).days + 1
    return None
