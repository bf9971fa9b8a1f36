"""A hand-made report has several monitoring periods below each other.

Why it matters
    One report claims the reductions of one period. Which one is meant, nobody but the
    participant knows: the first was read, and the others were left out.

How to fix it
    Report each period in a book of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.text.days import period_text


@Check(
    severity=Severity.WARNING,
    tonnes=True,
    person_decides=True,
    basis="Monitoring Report Sheet, column (a): one report, one monitoring period",
    message="The report has {count} monitoring periods: {actual}. Which one is "
    "reported? {expected} was read, from {cell} on {sheet}.",
    remedy="Report each period in a book of its own.",
)
def several_periods(context: OpenedBook) -> Iterator[Finding]:
    """Ask for the period where there are several."""
    if context.foreign is None or context.stage == "plan":
        return
    periods = context.foreign.periods
    if len(periods) > 1:
        days, cell = periods[0]
        yield Finding(
            sheet=context.foreign.sheets["mrs_input"],
            cell=cell,
            actual="; ".join(period_text(*found) for found, _ in periods),
            expected=period_text(*days),
            facts={"count": len(periods)},
        )
