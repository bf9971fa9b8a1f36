"""More days were monitored than the monitoring period has.

Why it matters
    An amount that is calculated by days, such as the own consumption of a plant,
    becomes wrong with days that do not exist.

How to fix it
    Count the days within the period, or correct its first or last day.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.plan.stage import effective


@Check(
    severity=Severity.ERROR,
    basis="A monitoring period of n days has at most n monitored days",
    message="{parameter} in {cell} on {sheet} counts {actual} days; the monitoring "
    "period has {expected}.",
    remedy="Correct {cell}, or the first or last day of the period.",
)
def more_days_than_period(context: OpenedBook) -> Iterator[Finding]:
    """Compare values in days per period with the days of the period."""
    if context.stage == "plan" or context.period is None:
        return
    days = (context.period[1] - context.period[0]).days + 1
    for slot in context.plan.where("value"):
        value = effective(context.plan, context.submission, slot.key)
        if slot.key.stage != "mrs" or type(value) is not float:
            continue
        p = context.parameter(slot.name)
        if str(p.unit) == "day/p" and value > days and context.applies(slot):
            yield Finding(
                slot,
                parameter=p.symbol,
                actual=f"{value:.15g}",
                expected=str(days),
            )
