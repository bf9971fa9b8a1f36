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
from jcm_xl.submission.other_books import latest_before
from jcm_xl.submission.slips import (
    probable_days,
    report_slips,
    slip_facts,
    slips_against,
)


@Check(
    severity=Severity.WARNING,
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
                expected=slip.expected,
                facts={**slip_facts(slip), "file": book.file},
            )
