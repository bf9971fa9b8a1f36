"""What the formulas of a hand-made book give cannot be told.

Why it matters
    A book made by hand has formulas of its own. Where neither engine can evaluate them,
    only the stored result is known, and another program may show another number.

How to fix it
    Replace the formula named by one of plain arithmetic, or carry the inputs over into
    a fresh book, whose formulas are known.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.arithmetic.own_formulas import not_followed
from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.xlsx.grid import address


@Check(
    severity=Severity.WARNING,
    tonnes=True,
    basis="The tonne rule (decision 0011): Table 3 by the sheet's own formulas",
    message="The formulas behind {cell} on {sheet} cannot be followed, so nobody can "
    "say what another program shows there: {reason}{there}.",
    remedy="Replace the formula by plain arithmetic, or carry the inputs over into a "
    "fresh book, whose formulas are known.",
)
def hand_made_formulas_not_followed(context: OpenedBook) -> Iterator[Finding]:
    """Name the reason once a stage."""
    for figure in not_followed(context):
        at = figure.at
        there = f" ('{at[0]}'!{address(at[1], at[2])})" if at else ""
        yield Finding(
            figure.slot,
            actual=figure.reason,
            facts={"reason": figure.reason, "there": there},
        )
