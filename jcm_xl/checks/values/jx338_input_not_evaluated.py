"""A formula in an input cell is of a kind that is not evaluated here.

Why it matters
    Input formulas are evaluated with all they read, so that nobody has to trust a
    stored number. This one uses something that is not evaluated, such as LET or
    LAMBDA; its stored result was taken as it is, and nothing proves it.

How to fix it
    Use a simpler formula: SUM, SUMIFS, SUMPRODUCT, INDEX, XLOOKUP and many others are
    evaluated. Or type the value.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.model.shown import shown
from jcm_xl.submission.evaluated import obstructed, stored_value, why_not


@Check(
    severity=Severity.WARNING,
    tonnes=True,
    basis="Calculations must be traceable to raw data in the workbook (CDM "
    "information and reporting checks Y2U7VPS9J5RXTHN)",
    message="The formula {formula} of the input {cell} on {sheet} is not evaluated "
    "here: {reason}. Its stored result {actual} was taken as it is.",
    remedy="Use a simpler formula, or type the value into {cell}.",
)
def input_not_evaluated(context: OpenedBook) -> Iterator[Finding]:
    """Look for input formulas whose stored result nobody can prove."""
    for slot, formula, answer in obstructed(context):
        stored = stored_value(context, slot)
        if answer.obstacle == "unknown" and stored not in (None, ""):
            yield Finding(
                slot,
                parameter=context.subject(slot),
                actual=shown(stored),
                facts={
                    "formula": f"={formula}",
                    "reason": why_not(context, slot, answer),
                },
            )
