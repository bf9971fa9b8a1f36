"""A formula in an input cell has no stored result.

Why it matters
    The value it would give is not in the file, so nothing can be calculated from it.
    Libraries that do not calculate save books in this way.

How to fix it
    Open the book in Excel or LibreOffice, which calculate the formula, and save it.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity


@Check(
    severity=Severity.ERROR,
    tonnes=True,
    basis="ECMA-376 part 1, 18.3.1.96: a cell's value is optional",
    message="The input {cell} on {sheet} holds the formula {actual} without a result.",
    remedy="Open the book in Excel or LibreOffice and save it.",
)
def formula_without_result(context: OpenedBook) -> Iterator[Finding]:
    """Look for formulas in input cells whose value is not stored, or empty."""
    for slot, formula in context.formula_inputs:
        if slot.rule == "text" or not context.is_judged(slot):
            continue
        cell = context.cell(slot)
        if cell is not None and cell.value in (None, ""):
            yield Finding(slot, parameter=context.subject(slot), actual=f"={formula}")
