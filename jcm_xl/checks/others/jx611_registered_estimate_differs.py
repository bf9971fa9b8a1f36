"""An estimate of the plan is not the registered one.

Why it matters
    The estimates are what the report is compared with: a plan whose estimates were
    raised afterwards hides an excess, and is not the one that was validated.

How to fix it
    Type the registered estimate again: the plan stays as it was, only the report
    changes.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.checks.compared.differences import estimate_differences
from jcm_xl.submission.other_books import blank_or, registered_plan


@Check(
    severity=Severity.WARNING,
    basis="Monitoring Plan Sheet of the registered project, Table 1, Estimated Values",
    message="The estimate of {parameter} in {cell} on {sheet} is {actual}; "
    "the registered plan {file} has {expected}.",
    remedy="Put {expected} back; what was monitored belongs on the report sheets.",
)
def registered_estimate_differs(context: OpenedBook) -> Iterator[Finding]:
    """Compare the estimated values and the days that they cover."""
    book = registered_plan(context)
    for slot, own, other in estimate_differences(context, book) if book else ():
        yield Finding(
            slot,
            parameter=context.subject(slot) or "days",
            actual=blank_or(own),
            expected=blank_or(other),
            facts={"file": book.file if book else ""},
        )
