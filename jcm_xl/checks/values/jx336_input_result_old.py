"""A formula in an input cell stores another result than it gives.

Why it matters
    Whoever opens the book without recalculating it sees the stored number, and all
    that is calculated from it; whoever recalculates sees another one. The formulas of
    inputs are evaluated with all they read, so the book is judged by what they give.

How to fix it
    Recalculate the book (Ctrl+Alt+F9 in Excel, Ctrl+Shift+F9 in LibreOffice) and save
    it. If the stored number is the right one, the formula is not: type the number.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, Judges, MendedBy, OpenedBook, Severity
from jcm_xl.model.shown import shown
from jcm_xl.submission.evaluated import old_results, stored_value


@Check(
    severity=Severity.ERROR,
    judges=Judges.STORED,
    tonnes=True,
    mended_by=MendedBy.RECALCULATION,
    basis="The formula evaluated with all it reads, as Excel and LibreOffice do in "
    "every language; |a-b| <= 1e-9 max(0.001, |a|, |b|)",
    message="The input {cell} on {sheet} stores {actual}, but its formula {formula} "
    "gives {expected}. The book is judged with what the formula gives.",
    remedy="Recalculate the book and save it; or type the value into {cell}, if the "
    "formula is not what you mean.",
)
def input_result_old(context: OpenedBook) -> Iterator[Finding]:
    """Compare the stored results of input formulas with what they give."""
    formulas = {slot.key: formula for slot, formula in context.formula_inputs}
    for slot in old_results(context):
        yield Finding(
            slot,
            parameter=context.subject(slot),
            actual=shown(stored_value(context, slot)) or '""',
            expected=shown(context.evaluated[slot.key].value) or '""',
            facts={"formula": f"={formulas[slot.key]}"},
        )
