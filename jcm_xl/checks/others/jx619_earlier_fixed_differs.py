"""A value of Table 2 is not that of the report before.

Why it matters
    What is fixed ex ante is the same in every report of a project. A value that moves
    from one report to the next was changed without a decision, in one of them.

How to fix it
    Type the value of the registered plan. If the Joint Committee agreed to a change,
    compare with the plan as changed (--plan).
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.checks.compared.differences import fixed_differences
from jcm_xl.submission.other_books import blank_or, latest_before, registered_plan


@Check(
    severity=Severity.ERROR,
    basis="Monitoring Report Sheet, Table 2: project-specific parameters fixed ex ante",
    message="{parameter} in {cell} on {sheet} is {actual}; in the earlier "
    "report {file} it was {expected}.",
    remedy="Type the registered value; a fixed value is changed only by a "
    "post-registration change request.",
)
def earlier_fixed_differs(context: OpenedBook) -> Iterator[Finding]:
    """Compare Table 2; a value that the registered plan confirms is a warning."""
    book, registered = latest_before(context), registered_plan(context)
    if book is None:
        return
    changed = {slot.key for slot, _, _ in fixed_differences(context, registered)}
    for slot, own, other in fixed_differences(context, book):
        is_registered = registered is not None and slot.key not in changed
        yield Finding(
            slot,
            parameter=context.subject(slot),
            actual=blank_or(own),
            expected=blank_or(other),
            severity=Severity.WARNING if is_registered else None,
            facts={"file": book.file},
        )
