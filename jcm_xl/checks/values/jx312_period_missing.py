"""The monitoring period has no first or no last day.

Why it matters
    The claim is one for a period. Without its dates the amounts belong to no time,
    and overlaps with other periods cannot be seen.

How to fix it
    Type first and last day once, at the top of MRS(input). Every row repeats them.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.model.key import PERIOD_END, PERIOD_START, Key


@Check(
    severity=Severity.ERROR,
    basis="Monitoring Report Sheet, Table 1, column Monitoring period",
    message="{cell} on {sheet} is empty: the monitoring period has no {actual}.",
    remedy="Type the date there, for example {expected}.",
)
def period_missing(context: OpenedBook) -> Iterator[Finding]:
    """Look for the two dates."""
    if context.stage == "plan":
        return
    for key, heading, example in (
        (PERIOD_START, "first", "2017-01-01"),
        (PERIOD_END, "last", "2017-12-31"),
    ):
        slot = context.plan[key]
        if slot.key not in context.submission.values and not context.is_gone(slot):
            word = str(context.plan[Key("mrs", f"period.{heading}")].content)
            yield Finding(slot, actual=f"'{word}'", expected=example)
