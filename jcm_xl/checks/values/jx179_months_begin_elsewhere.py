"""The months were typed for another first month than that of the period.

Why it matters
    Months are typed from the first one on. When the first day of the period is
    corrected, every amount slides to another month, and nobody sees it in the sum.

How to fix it
    Correct the first month, or the first day of the period; then look whether each
    amount stands beside its own month.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.model.key import FIRST_MONTH, PERIOD_START
from jcm_xl.model.shown import shown
from jcm_xl.plan.stage import begins_elsewhere


@Check(
    severity=Severity.ERROR,
    tonnes=True,
    basis="Monthly sheet of ours: an amount is that of the month beside it",
    message="The first month on {sheet} is {actual} ({cell}), and the monitoring "
    "period begins on {expected}.",
    remedy="Correct {cell} or the first day of the period, whichever is wrong.",
)
def months_begin_elsewhere(context: OpenedBook) -> Iterator[Finding]:
    """Compare the first month with the first day of the period."""
    slot = context.plan.get(FIRST_MONTH)
    if slot is None or context.period is None or context.stage == "plan":
        return
    if begins_elsewhere(context.submission):
        yield Finding(
            slot,
            actual=shown(context.submission.get(FIRST_MONTH)),
            expected=shown(context.submission.get(PERIOD_START)),
        )
