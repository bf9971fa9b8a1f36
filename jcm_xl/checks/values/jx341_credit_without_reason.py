"""A month is negative, and nobody says why.

Why it matters
    A credit note of the supplier is a negative amount and belongs to its month. A sign
    that slipped in looks the same and makes the sum of the year smaller.

How to fix it
    Type the reason into the column of notes, beside the month, such as the number of
    the credit note and the month that it corrects. Otherwise correct the amount.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, Judges, OpenedBook, Severity
from jcm_xl.submission.odd_months import credits_typed, month_name


@Check(
    severity=Severity.ERROR,
    judges=Judges.AMOUNT,
    basis="Monthly sheet of ours: a negative month is a credit note with its reason",
    message="{parameter} in {month} is {actual} ({cell} on {sheet}), and {note} does "
    "not say why it is negative.",
    remedy="Type the reason of the credit note into {note}, or correct {cell}.",
)
def credit_without_reason(context: OpenedBook) -> Iterator[Finding]:
    """Look for the note beside each negative month."""
    for credit in credits_typed(context):
        if not credit.note:
            slot = context.plan[credit.key]
            yield Finding(
                slot,
                parameter=context.subject(slot),
                actual=f"{credit.value:.15g}",
                facts={
                    "month": month_name(context, credit.key),
                    "note": context.place(context.plan[credit.note_key])[1],
                },
            )
