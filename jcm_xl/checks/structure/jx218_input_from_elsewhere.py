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
from typing import TYPE_CHECKING

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.submission.evaluated import obstructed
from jcm_xl.submission.outside import reads_outside
from jcm_xl.xlsx.grid import address

if TYPE_CHECKING:
    from jcm_xl.formula.evaluation.book import Evaluated


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
    """Report formulas in input cells that leave this book, at once or on their way."""
    beyond = {
        slot.key for slot, _, answer in obstructed(context)
        if answer.obstacle == "elsewhere" and not _is_told(context, answer)
    }  # fmt: skip
    for slot, formula in context.formula_inputs:
        if slot.key in beyond or reads_outside(formula):
            yield Finding(slot, parameter=context.subject(slot), actual=f"={formula}")


def _is_told(context: OpenedBook, answer: Evaluated) -> bool:
    """Tell whether the formula that leaves the book is told where it stands: JX116."""
    ours = {*context.plan.sheets.values()} if context.foreign is None else set()
    inputs = {context.place(slot) for slot, _ in context.formula_inputs}
    if answer.place is None:
        return False
    sheet, row, column = answer.place
    names = context.alterations.renamed.values()
    return sheet not in {*ours, *names} and (sheet, address(row, column)) not in inputs
