"""A month is about ten times, a thousand times or a tenth of the months beside it.

Why it matters
    A season moves an amount smoothly from month to month. A month that stands apart
    from both its neighbours usually has a digit too many or too few, or was typed in
    another unit, and it moves the total of the year unseen.

How to fix it
    Compare the month with its invoice, unit included. If it is right, answer what
    happened in that month, such as a shutdown.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, Judges, OpenedBook, Severity
from jcm_xl.submission.odd_months import month_name, odd_months


@Check(
    severity=Severity.WARNING,
    judges=Judges.AMOUNT,
    basis="Comparison with the months beside it (our own rule)",
    message="{parameter} in {month} is {actual} ({cell} on {sheet}), {ratio} times the "
    "months beside it, day for day.",
    remedy="Compare {cell} with the invoice, unit included; {expected} may be meant. "
    "If it is right, answer what happened in that month.",
)
def month_apart(context: OpenedBook) -> Iterator[Finding]:
    """Compare each month with those beside it."""
    for odd in odd_months(context):
        slot = context.plan[odd.key]
        yield Finding(
            slot,
            parameter=context.subject(slot),
            actual=f"{odd.value:.15g}",
            expected=f"{odd.meant:.15g}",
            facts={"month": month_name(context, odd.key), "ratio": f"{odd.ratio:.3g}"},
        )
