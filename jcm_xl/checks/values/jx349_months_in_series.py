"""Months follow each other in equal steps.

Why it matters
    Dragged at its corner, a cell fills the cells below with a series: 88.1, 89.1, 90.1.
    No meter measures that, and the true amounts were never typed.

How to fix it
    Type the amount of each month from its invoice. If the steps are real, answer why.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, Judges, OpenedBook, Severity
from jcm_xl.submission.odd_months import month_name, month_series


@Check(
    severity=Severity.WARNING,
    judges=Judges.AMOUNT,
    person_decides=True,
    basis="Five months or more in equal steps are no measurement (our own rule)",
    message="{parameter} has {months} months in equal steps from {month} on ({cell} on "
    "{sheet}): {actual}, each {step} more than the one before.",
    remedy="Type the amount of each month from its invoice, or answer why {parameter} "
    "grows in equal steps.",
)
def months_in_series(context: OpenedBook) -> Iterator[Finding]:
    """Look for months that a drag has filled."""
    for series in month_series(context):
        slot = context.plan[series.key]
        yield Finding(
            slot,
            parameter=context.subject(slot),
            actual=f"{series.first:.15g} ... {series.last:.15g}",
            facts={
                "months": series.months,
                "month": month_name(context, series.key),
                "step": f"{series.step:.12g}",
            },
        )
