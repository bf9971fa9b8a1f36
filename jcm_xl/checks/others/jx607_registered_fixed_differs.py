"""A value of Table 2 is not the registered one.

Why it matters
    Table 2 was validated and registered. A value that is changed in the plan sheet
    changes the report with it, and nothing within the book disagrees: only the
    comparison with the registered book shows it.

How to fix it
    Type the registered value again. A change of a fixed value is requested from the
    Joint Committee (post-registration change).
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.checks.compared.differences import fixed_differences
from jcm_xl.submission.other_books import blank_or, registered_plan


@Check(
    severity=Severity.ERROR,
    basis="Monitoring Plan Sheet of the registered project, Table 2",
    message="{parameter} in {cell} on {sheet} is {actual}; the registered "
    "plan {file} has {expected}.",
    remedy="Put {expected} back; a fixed value is changed only by a "
    "post-registration change request.",
)
def registered_fixed_differs(context: OpenedBook) -> Iterator[Finding]:
    """Compare the values fixed ex ante, unit by unit; the report repeats them."""
    book = registered_plan(context)
    for slot, own, other in fixed_differences(context, book) if book else ():
        yield Finding(
            slot,
            parameter=context.subject(slot),
            actual=blank_or(own),
            expected=blank_or(other),
            facts={"file": book.file if book else ""},
        )
