"""A monitored value is about a thousand times too large or too small.

Why it matters
    A meter in kWh typed into a column in MWh makes the amount a thousand times too
    large. Where it cancels in the result nobody notices: it happened in a published
    report (project ID009).

How to fix it
    Compare the value and its unit with your record and convert it. If the value is
    right, correct the estimate or say in Other comments why they differ.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, Judges, OpenedBook, Severity
from jcm_xl.submission.slips import report_slips, slip_facts


@Check(
    severity=Severity.WARNING,
    judges=Judges.AMOUNT,
    basis="Comparison with the estimate of the plan, per day (our own rule; "
    "Monitoring Report Sheet of project ID009)",
    message="{parameter} in {cell} on {sheet} is {amount}, about {ratio} times the "
    "{estimate} that the plan estimates for these days. {question}",
    remedy="Compare {cell} with your record, unit included; {advice}",
)
def unit_slip(context: OpenedBook) -> Iterator[Finding]:
    """Compare each value with its estimate, scaled by the days."""
    for slip in report_slips(context).values():
        p = context.parameter(slip.name)
        yield Finding(
            context.plan[slip.key],
            parameter=p.symbol,
            actual=f"{slip.value:.15g}",
            expected=slip.expected,
            facts=slip_facts(slip),
        )
