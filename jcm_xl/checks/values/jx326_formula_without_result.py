"""A formula in an input cell has no stored result and is not evaluated here.

Why it matters
    The value it would give is not in the file, and it uses something that this program
    does not evaluate, so nothing can be calculated from it. Libraries that do not
    calculate save books in this way.

How to fix it
    Type the value in place of the formula, or use a simpler formula. Opening the book
    in Excel or LibreOffice and saving it stores the result, which is then not proved.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.submission.evaluated import obstructed, stored_value, why_not


@Check(
    severity=Severity.ERROR,
    tonnes=True,
    basis="ECMA-376 part 1, 18.3.1.96: a cell's value is optional",
    message="The input {cell} on {sheet} holds the formula {actual} without a result, "
    "and it is not evaluated here: {reason}.",
    remedy="Type the value into {cell}, or use a simpler formula.",
)
def formula_without_result(context: OpenedBook) -> Iterator[Finding]:
    """Look for formulas in input cells of which there is no value at all."""
    for slot, formula, answer in obstructed(context):
        is_unknown = answer.obstacle == "unknown"
        if not is_unknown or not context.is_judged(slot):
            continue
        if stored_value(context, slot) in (None, ""):
            yield Finding(
                slot,
                parameter=context.subject(slot),
                actual=f"={formula}",
                facts={"reason": why_not(context, slot, answer)},
            )
