"""A monitored value is about a thousand times that of the report before.

Why it matters
    A project changes little from period to period. A meter read in kWh in one report
    and in MWh in the next is what usually lies behind such a step.

How to fix it
    Compare the value and its unit with your record and convert it. If the value is
    right, say in Other comments why it differs.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, Judges, OpenedBook, Severity
from jcm_xl.model.key import Key
from jcm_xl.model.methodology import Parameter
from jcm_xl.model.submission import Value
from jcm_xl.plan.stage import effective
from jcm_xl.submission.other_books import latest_before
from jcm_xl.submission.slips import (
    Slip,
    probable_days,
    report_slips,
    slip_facts,
    slips_against,
)
from jcm_xl.text.phrase import Phrase


@Check(
    severity=Severity.WARNING,
    person_decides=True,
    basis="Comparison with the report before, per day (our own rule)",
    message="{parameter} in {cell} on {sheet} is {amount}, about {ratio} "
    "times the {estimate} that the earlier report {file} lets expect for "
    "these days. {question}",
    judges=Judges.AMOUNT,
    remedy="Compare {cell} with your record, unit included; {advice}",
)
def earlier_slip(context: OpenedBook) -> Iterator[Finding]:
    """Compare each value with the report before, scaled by the days."""
    book, days = latest_before(context), probable_days(context.submission)
    if context.stage == "plan" or book is None or book.period is None or not days:
        return
    known, there = book.methodology.parameters, book

    def before(key: Key, p: Parameter) -> Value:
        same = known.get(p.name)
        return there.value(key) if same and same.unit == p.unit else None

    share = days / ((book.period[1] - book.period[0]).days + 1)
    for slip in slips_against(context.plan, context.submission, share, before):
        if slip.key not in report_slips(context):
            yield Finding(
                context.plan[slip.key],
                parameter=context.parameter(slip.name).symbol,
                actual=f"{slip.value:.15g}",
                expected="" if _fits_the_plan(context, slip) else slip.expected,
                facts={**_facts(context, slip), "file": book.file},
            )


def _facts(context: OpenedBook, slip: Slip) -> dict[str, object]:
    if not _fits_the_plan(context, slip):
        return slip_facts(slip)
    question = "This value fits the plan: was the earlier one read in another unit?"
    advice = "change nothing here if it is right."
    return slip_facts(slip) | {
        "question": Phrase("slips.earlier", question),
        "advice": Phrase("slips.leave", advice),
    }


def _fits_the_plan(context: OpenedBook, slip: Slip) -> bool:
    """Tell whether the plan has an estimate, from which this value is not far."""
    estimate = effective(context.plan, context.submission, slip.key.in_plan())
    return type(estimate) is float and estimate > 0
