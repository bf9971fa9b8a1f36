"""A monitoring option of the plan is not the registered one.

Why it matters
    The validated plan says how a value is monitored. Another option is a change of the
    plan, and the verifier will ask for it.

How to fix it
    Take the registered option, or explain the change under Other comments; it may need
    a post-registration change request.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.checks.compared.differences import in_both
from jcm_xl.submission.other_books import blank_or, registered_plan, same_value


@Check(
    severity=Severity.WARNING,
    basis="Monitoring Plan Sheet of the registered project, column Monitoring option",
    message="The monitoring option of {parameter} in {cell} on {sheet} is "
    "{actual}; the registered plan {file} has {expected}.",
    remedy="Take {expected}, or explain the change under Other comments.",
)
def registered_option_differs(context: OpenedBook) -> Iterator[Finding]:
    """Compare the options of the two plans; JX602 compares report and plan."""
    book = registered_plan(context)
    if book is None:
        return
    for slot in context.plan.where("option"):
        if slot.key.stage != "mps" or not in_both(context, book, slot):
            continue
        own, other = context.submission.get(slot.key), book.submission.get(slot.key)
        if not same_value(own, other):
            yield Finding(
                slot,
                parameter=context.subject(slot),
                actual=blank_or(own),
                expected=blank_or(other),
                facts={"file": book.file},
            )
