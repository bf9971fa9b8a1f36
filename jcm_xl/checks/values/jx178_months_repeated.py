"""Two columns of months hold the same amounts.

Why it matters
    Two meters never measure the same in every month. A column that was pasted twice
    counts one of them two times, and leaves the other out.

How to fix it
    Type the months of this unit from its own record. If both are right, answer why.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, Judges, OpenedBook, Severity
from jcm_xl.submission.odd_months import repeated_months


@Check(
    severity=Severity.WARNING,
    judges=Judges.AMOUNT,
    person_decides=True,
    basis="Comparison of the columns of the sheet Monthly (our own rule)",
    message="{parameter} has {months} months of another column: {cell} on {sheet} "
    "and cells below are the same as {expected} and below.",
    remedy="Type the months of {parameter} from its own record, or answer why two "
    "columns are the same.",
)
def months_repeated(context: OpenedBook) -> Iterator[Finding]:
    """Look for columns of months that were pasted twice."""
    for repeated in repeated_months(context):
        slot = context.plan[repeated.key]
        other = context.plan[repeated.other.in_month(repeated.key.at or 1)]
        yield Finding(
            slot,
            parameter=context.subject(slot),
            actual=f"{context.submission.get(slot.key):.15g}",
            expected=context.place(other)[1],
            facts={"months": repeated.months},
        )
