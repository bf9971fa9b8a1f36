"""One unit is about a thousand times its neighbours.

Why it matters
    Units of one set are of like size. One value that is a thousand times the others
    usually was read in another unit, such as kWh in a column in MWh.

How to fix it
    Compare the value and its unit with your record. If the unit really is of that size,
    say so under Other comments.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, Judges, OpenedBook, Severity
from jcm_xl.submission.slips import report_slips, sibling_slips, slip_facts


@Check(
    severity=Severity.WARNING,
    basis="Comparison with the other units of the same set (our own rule)",
    message="{parameter} in {cell} on {sheet} is {amount}, about {ratio} "
    "times the {estimate} that is usual for the other units. {question}",
    judges=Judges.AMOUNT,
    remedy="Compare {cell} with your record, unit included; {advice}",
)
def sibling_slip(context: OpenedBook) -> Iterator[Finding]:
    """Compare each unit with the middle one of the others, where these agree."""
    told: set[tuple[str, int | None]] = set()
    for stage in context.stages:
        for slip in sibling_slips(context.plan, context.submission, stage):
            slot = context.plan[slip.key]
            if slip.key in report_slips(context) or (slip.name, slot.unit) in told:
                continue
            told.add((slip.name, slot.unit))
            yield Finding(
                slot,
                parameter=context.parameter(slip.name).symbol,
                actual=f"{slip.value:.15g}",
                expected=slip.expected,
                facts=slip_facts(slip),
            )
