"""A value that was fixed ex ante differs between plan and report.

Why it matters
    Table 2 is chosen once and validated. The report repeats it by formula; another
    value there changes the claim without a decision of the Joint Committee.

How to fix it
    Restore the formula in Table 2 of the report. A change of a fixed value is
    requested from the Joint Committee (post-registration change).
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.model.shown import shown
from jcm_xl.plan.stage import effective
from jcm_xl.submission.topics import Topic


@Check(
    severity=Severity.ERROR,
    tonnes=True,
    basis="Monitoring Report Sheet, Table 2: project-specific parameters fixed ex ante",
    message="{parameter} is fixed ex ante as {expected} (plan); {cell} on {sheet} "
    "holds '{actual}' in place of the link to the plan.",
    remedy="Restore the formula in {cell}; a fixed value is changed only by a "
    "post-registration change request.",
)
def fixed_differs(context: OpenedBook) -> Iterator[Finding]:
    """Report where Table 2 of the report no longer repeats the plan."""
    for slot, _, actual, _, _ in context.changes(Topic.FIXED):
        key = slot.key.in_plan()
        planned = effective(context.plan, context.submission, key)
        yield Finding(
            slot,
            parameter=context.subject(slot),
            actual=actual,
            expected=shown(planned),
        )
