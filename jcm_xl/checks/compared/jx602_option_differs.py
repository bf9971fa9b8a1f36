"""The monitoring option of the report is not that of the plan.

Why it matters
    The validated plan says how the value is monitored. Another way of monitoring is
    a change of the plan, and the verifier will ask for it.

How to fix it
    Correct the option if it was a slip. Otherwise explain it under Other comments;
    it may need a post-registration change request.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.model.shown import shown


@Check(
    severity=Severity.WARNING,
    basis="Monitoring Plan Sheet, Table 1, column Monitoring option (validated)",
    message="{parameter} is reported by {actual} ({cell} on {sheet}); the plan has "
    "{expected}.",
    remedy="Correct the option if it was a slip, or explain the change under Other "
    "comments.",
)
def option_differs(context: OpenedBook) -> Iterator[Finding]:
    """Compare the options of plan and report, unit by unit."""
    if context.stage == "plan":
        return
    values = context.submission.values
    for slot in context.plan.where("option"):
        if slot.key.stage != "mrs" or slot.key not in values:
            continue
        planned = values.get(slot.key.in_plan())
        actual = shown(values[slot.key])
        if planned is not None and actual.casefold() != shown(planned).casefold():
            yield Finding(
                slot,
                parameter=context.subject(slot),
                actual=actual,
                expected=shown(planned),
            )
