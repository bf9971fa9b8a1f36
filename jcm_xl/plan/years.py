"""The inputs of a report by calendar year, where its amounts were typed by month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from jcm_xl.model.submission import Stage, StageInputs, Submission
from jcm_xl.plan.plan import Plan
from jcm_xl.plan.slot import Slot
from jcm_xl.plan.stage import (
    month_factor,
    months_counted,
    months_typed,
    stage_inputs,
)
from jcm_xl.text.symbols import typed_symbol


def without_months(plan: Plan, submission: Submission) -> str:
    """Return why the amounts of a report are not known by month; empty if they are."""
    if not plan.monthly:
        return "the book has no sheet for monthly amounts"
    count = months_counted(submission)
    for slot in _amounts(plan, submission):
        name = typed_symbol(plan.methodology.parameters[slot.name].symbol)
        what = f"{name} of row {slot.unit}" if slot.unit else name
        if slot.key in submission.values:
            return f"{what} was typed as one figure ({slot.sheet}!{slot.address})"
        total = slot.key.month_total
        if total in submission.values:
            there = plan[total]
            return f"{what} was typed as one total ({there.sheet}!{there.address})"
        if month_factor(plan, submission, slot.key) is None:
            return f"the months of {what} have an unknown unit"
        if len(months_typed(submission, slot.key)) != count:
            return f"{what} has not an amount for each of the {count} months"
    return ""


def inputs_by_year(
    plan: Plan, submission: Submission, first: date, last: date
) -> Mapping[int, StageInputs]:
    """Return the report's inputs of each calendar year, its own months summed.

    What is no amount of a period (a factor, a choice, a size) is the same in each. For
    reports of which `without_months` has nothing to say.
    """
    amounts = [slot.key for slot in _amounts(plan, submission)]
    found: dict[int, StageInputs] = {}
    for year in range(first.year, last.year + 1):
        values = dict(submission.values)
        for key in amounts:
            of_year = [
                value
                for k, value in months_typed(submission, key).items()
                if first.year + (first.month + k - 2) // 12 == year
            ]
            times = month_factor(plan, submission, key)
            assert times is not None, "a report without a sum has no years"
            values[key] = float(sum(of_year)) * times.numerator / times.denominator
        of_this = replace(submission, values=values)
        found[year] = stage_inputs(plan, of_this, Stage.REPORT)
    return found


def _amounts(plan: Plan, submission: Submission) -> Iterator[Slot]:
    """Yield the monitored amounts that have something in the report."""
    for slot in plan.where("value"):
        key = slot.key
        if key.stage != Stage.REPORT or key.in_month(1) not in plan.slots:
            continue
        keys = (key, key.month_total)
        if any(k in submission.values for k in keys) or months_typed(submission, key):
            yield slot
