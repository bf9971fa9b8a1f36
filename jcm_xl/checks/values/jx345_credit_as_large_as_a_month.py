"""A credit note is as large as the amount of a month.

Why it matters
    A credit note corrects a part of an invoice. A negative amount of the size of a
    whole month rather is a sign that slipped in, or the invoice and its credit note
    were taken for each other.

How to fix it
    Compare the month with its invoice. If the credit note is right, answer what it
    corrects.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, Judges, OpenedBook, Severity
from jcm_xl.submission.odd_months import credits_typed, month_name


@Check(
    severity=Severity.WARNING,
    judges=Judges.AMOUNT,
    basis="Half of the mean of the other months, or more (our own rule)",
    message="The credit note of {parameter} in {month} is {actual} ({cell} on "
    "{sheet}), as large as a month's amount.",
    remedy="Compare {cell} with the invoice; {expected} may be meant. If it is right, "
    "answer what it corrects.",
)
def credit_as_large_as_a_month(context: OpenedBook) -> Iterator[Finding]:
    """Compare each credit note that has a reason with the other months."""
    for credit in credits_typed(context):
        if credit.note and -credit.value >= credit.usual / 2 > 0:
            slot = context.plan[credit.key]
            yield Finding(
                slot,
                parameter=context.subject(slot),
                actual=f"{credit.value:.15g}",
                expected=f"{-credit.value:.15g}",
                facts={"month": month_name(context, credit.key)},
            )
