"""An input cell holds a formula in place of a typed value.

Why it matters
    A formula that reads the raw data in this book, such as
    =SUM('Meter'!B2:B13)/1000, is good practice: the verifier can follow it. It is
    named so that somebody does.

How to fix it
    Nothing has to be done, as long as the data it reads stand in this book.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Audience, Check, Finding, OpenedBook, Severity
from jcm_xl.submission.evaluated import obstructed, old_results
from jcm_xl.submission.outside import reads_outside
from jcm_xl.submission.own_formulas import replaced_links, texts_of_others


@Check(
    needs_template=False,
    severity=Severity.NOTE,
    audience=Audience.VERIFIER,
    basis="Results linked to raw data by formulas (CDM information and reporting "
    "checks Y2U7VPS9J5RXTHN)",
    message="The input {cell} on {sheet} is calculated in this book: {actual}.",
    remedy="Nothing has to be done; look at the data that the formula reads.",
)
def formula_in_input(context: OpenedBook) -> Iterator[Finding]:
    """Report formulas in input cells that stay within this book."""
    told = {slot.key for slot, _, _ in obstructed(context)}
    told |= {slot.key for slot in old_results(context)}
    told |= {slot.key for slot in replaced_links(context)}
    told |= {slot.key for slot, _, _ in texts_of_others(context)}
    for slot, formula in context.formula_inputs:
        if slot.key not in told and not reads_outside(formula):
            yield Finding(slot, parameter=context.subject(slot), actual=f"={formula}")
