"""A value lies outside the limits that the methodology sets.

Why it matters
    Such a value cannot be: a negative amount of electricity, a COP of zero. It
    usually is a slip of the hand or of the sign.

How to fix it
    Compare the cell with your record and type the right value.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from jcm_xl.checks.base import Check, Finding, Judges, OpenedBook, Severity
from jcm_xl.model.limits import limits
from jcm_xl.model.methodology import Bounds
from jcm_xl.plan.slot import MONTHLY

_DAYS = Bounds(above=Decimal(0))


@Check(
    severity=Severity.ERROR,
    judges=Judges.AMOUNT,
    basis="Definition of the methodology, limits of the parameter",
    message="{parameter} in {cell} on {sheet} is {actual}; it must be {expected}.",
    remedy="Compare {cell} with your record and type the right value.",
)
def out_of_range(context: OpenedBook) -> Iterator[Finding]:
    """Compare every number with the limits of its parameter."""
    for slot, value in context.typed:
        if slot.rule != "number" or type(value) is not float:
            continue
        if not context.applies(slot):
            continue
        if slot.role in MONTHLY and context.plan.is_steady:
            continue  # a credit note is negative; of the sum JX343 tells
        p = context.methodology.parameters.get(slot.name)
        bounds = p.bounds if p else _DAYS
        if not bounds.admit(value):
            yield Finding(
                slot,
                parameter=context.subject(slot) or "Days",
                actual=f"{value:.15g}",
                expected=limits(bounds),
            )
