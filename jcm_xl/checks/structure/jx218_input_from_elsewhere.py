"""An input cell reads another workbook.

Why it matters
    The verifier does not have the other file, and its value may change without
    anybody opening this book.

How to fix it
    Copy the sheet with the raw data into this book and let the formula read it
    there, or type the value.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.submission.outside import reads_outside


@Check(
    needs_template=False,
    severity=Severity.ERROR,
    tonnes=True,
    basis="Calculations must be traceable to raw data in the workbook (CDM "
    "information and reporting checks Y2U7VPS9J5RXTHN)",
    message="The input {cell} on {sheet} reads another workbook: {actual}.",
    remedy="Bring the data into this book as a sheet of its own and read it there, or "
    "type the value into {cell}.",
)
def input_from_elsewhere(context: OpenedBook) -> Iterator[Finding]:
    """Report formulas in input cells that leave this book."""
    for slot, formula in context.formula_inputs:
        if reads_outside(formula):
            yield Finding(slot, parameter=context.subject(slot), actual=f"={formula}")
