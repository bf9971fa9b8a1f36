"""The reduction is negative.

Why it matters
    Project emissions above reference emissions are no reduction, and nothing can be
    claimed. The calculated value is left as it is.

How to fix it
    Check the inputs: often reference and project values were exchanged, or a unit is
    wrong. If they are right, there is nothing to claim for this period.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, Judges, OpenedBook, Severity
from jcm_xl.model.key import Key


@Check(
    severity=Severity.ERROR,
    person_decides=True,
    judges=Judges.CALCULATED,
    basis="Emission reductions are reference minus project emissions; credits are "
    "issued for reductions",
    message="The reduction in {cell} on {sheet} is negative: {actual} before rounding.",
    remedy="Check the inputs for exchanged values and units; if they are right, "
    "nothing can be claimed.",
)
def negative_reduction(context: OpenedBook) -> Iterator[Finding]:
    """Look at the sign of the unrounded reduction."""
    for stage in context.stages:
        unrounded = context.results[stage].unrounded
        if unrounded is not None and unrounded < 0:
            slot = context.plan[Key(stage, "result")]
            yield Finding(slot, actual=f"{unrounded:.15g}")
