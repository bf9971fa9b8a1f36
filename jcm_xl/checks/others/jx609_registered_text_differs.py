"""Source, procedure or frequency of the plan is not the registered one.

Why it matters
    These texts are the validated monitoring plan: which meter, read by whom, how often,
    calibrated when. Another text is another plan.

How to fix it
    Restore the registered text, or explain the change under Other comments; it may need
    a post-registration change request.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.checks.compared.differences import in_both
from jcm_xl.submission.other_books import blank_or, registered_plan, shown_text
from jcm_xl.submission.topics import same_text


@Check(
    severity=Severity.WARNING,
    basis="Monitoring Plan Sheet of the registered project, Tables 1 and 2",
    message="The text in {cell} on {sheet} reads '{actual}'; "
    "the registered plan {file} has '{expected}'.",
    remedy="Restore the registered text, or explain the change under Other comments.",
)
def registered_text_differs(context: OpenedBook) -> Iterator[Finding]:
    """Compare the texts of which at least one was typed."""
    book = registered_plan(context)
    if book is None:
        return
    roles = context.plan.layout.option_texts
    for slot in (s for role in roles for s in context.plan.where(role)):
        key = slot.key
        typed = [key in b.submission.values for b in (context, book)]
        # In a book made by hand the methodology's own words may be other ones.
        is_typed = all(typed) if book.is_foreign else any(typed)
        if key.stage != "mps" or not slot.is_input or not is_typed:
            continue
        own, other = shown_text(context.cached, slot), book.text(key)
        if in_both(context, book, slot) and not same_text(own, other):
            yield Finding(
                slot,
                parameter=context.subject(slot),
                actual=blank_or(own),
                expected=blank_or(other),
                facts={"file": book.file},
            )
