"""Source, procedure or frequency of the report is not that of the plan.

Why it matters
    The plan says where a value comes from and how it is measured. A report that tells
    something else describes another way of monitoring than the validated one.

How to fix it
    Copy the text of the plan, or explain the change under Other comments.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.plan.slot import Slot
from jcm_xl.submission.other_books import blank_or, same_value, shown_text
from jcm_xl.submission.topics import same_text


@Check(
    severity=Severity.WARNING,
    basis="Monitoring Plan Sheet, Table 1: source, methods and frequency (validated)",
    message="The text in {cell} on {sheet} reads '{actual}'; "
    "the plan says '{expected}'.",
    remedy="Copy the text of the plan, or explain the change under Other comments.",
)
def text_differs_from_plan(context: OpenedBook) -> Iterator[Finding]:
    """Compare each text typed in the report with one typed in the plan."""
    if context.stage == "plan":
        return
    values = context.submission.values
    roles = context.plan.layout.option_texts
    for slot in (s for role in roles for s in context.plan.where(role)):
        if slot.key.stage != "mrs" or slot.key not in values:
            continue
        planned = context.plan.get(slot.key.in_plan())
        if planned is None or planned.key not in values:
            continue  # the plan has the methodology's own text, which may be sharpened
        actual, expected = (shown_text(context.cached, s) for s in (slot, planned))
        if not same_text(actual, expected) and _has_same_option(context, slot):
            yield Finding(
                slot,
                parameter=context.subject(slot),
                actual=blank_or(actual),
                expected=blank_or(expected),
            )


def _has_same_option(context: OpenedBook, slot: Slot) -> bool:
    """Tell whether the option is the plan's; another one is told by its own check."""
    values = context.submission.values
    for other in context.plan.where("option"):
        key = other.key
        names = (other.name, context.parameter(other.name).index)
        if key.stage != "mrs" or slot.name not in names:
            continue
        if slot.unit not in (None, other.unit):
            continue
        planned = values.get(key.in_plan())
        if not same_value(planned, values.get(key)):
            return False
    return True
