"""A formula in an input cell gives another value on another day or computer.

Why it matters
    TODAY, RAND, OFFSET, INDIRECT, CELL or a number written as text in the language of
    one computer give the verifier another input than the participant saw, with the
    same file. The functions count wherever the input reads them, also on own sheets.

How to fix it
    Type the value. The calculation may stay on a sheet of your own, beside the value.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.submission.evaluated import obstructed, why_not


@Check(
    severity=Severity.ERROR,
    tonnes=True,
    basis="Calculations must be traceable to raw data in the workbook (CDM "
    "information and reporting checks Y2U7VPS9J5RXTHN)",
    message="The input {cell} on {sheet} has not the same value everywhere: {reason}. "
    "Its formula is {actual}.",
    remedy="Type the value into {cell}.",
)
def input_not_the_same_everywhere(context: OpenedBook) -> Iterator[Finding]:
    """Look for input formulas whose value depends on day, program or language."""
    for slot, formula, answer in obstructed(context):
        if answer.obstacle == "changes":
            yield Finding(
                slot,
                parameter=context.subject(slot),
                actual=f"={formula}",
                facts={"reason": why_not(context, slot, answer)},
            )
