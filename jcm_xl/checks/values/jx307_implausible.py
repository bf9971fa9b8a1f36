"""A value is outside what we think plausible.

Why it matters
    The limits are ours, not the methodology's: they are wide, and a value beyond
    them more often is a slip of a unit or of the decimal mark than the truth.

How to fix it
    Compare the cell with your record, unit included. If the value is right, say in
    Other comments why.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, Judges, OpenedBook, Severity
from jcm_xl.model.limits import limits
from jcm_xl.submission.slips import report_slips
from jcm_xl.text.readings import amount


@Check(
    severity=Severity.WARNING,
    judges=Judges.AMOUNT,
    basis="Our own limits of plausibility (plausible in the definition), not the "
    "methodology's",
    message="{parameter} in {cell} on {sheet} is {amount}; we expect it to be "
    "{expected}. This limit is ours, not the methodology's.",
    remedy="Compare the value and its unit with your record; if it is right, say why "
    "under Other comments.",
)
def implausible(context: OpenedBook) -> Iterator[Finding]:
    """Compare every number with our limits, where no slip of a unit is told anyway."""
    for slot, value in context.typed:
        if slot.rule != "number" or type(value) is not float:
            continue
        p = context.methodology.parameters.get(slot.name)
        if p is None or p.plausible is None or p.plausible.admit(value):
            continue
        is_told = slot.key in report_slips(context) or not p.bounds.admit(value)
        if slot.role == "value" and not is_told and context.applies(slot):
            yield Finding(
                slot,
                parameter=p.symbol,
                actual=f"{value:.15g}",
                expected=limits(p.plausible),
                facts={"amount": amount(value, str(p.unit))},
            )
