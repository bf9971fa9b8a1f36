"""The sum of the months lies outside the limits that the methodology sets.

Why it matters
    The report takes the sum, so the limits of the parameter are those of the sum: with
    credit notes it may become negative, or nothing where more than nothing is asked.

How to fix it
    Compare the months with the invoices and correct the one that is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, Judges, OpenedBook, Severity
from jcm_xl.model.limits import limits
from jcm_xl.submission.odd_months import sums_of_months


@Check(
    severity=Severity.ERROR,
    judges=Judges.AMOUNT,
    basis="Definition of the methodology, limits of the parameter",
    message="{parameter} becomes {actual} from {cell} on {sheet} on; it must be "
    "{expected}.",
    remedy="Compare the amounts of this column with the invoices and correct them.",
)
def months_out_of_range(context: OpenedBook) -> Iterator[Finding]:
    """Compare the sum of each column with the limits of its parameter."""
    for key, typed_at, total in sums_of_months(context):
        p = context.parameter(key.name)
        if not p.bounds.admit(total):
            yield Finding(
                context.plan[typed_at],
                parameter=context.subject(context.plan[key]),
                actual=f"{total:.15g}",
                expected=limits(p.bounds),
            )
