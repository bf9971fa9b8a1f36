"""The formulas of a hand-made book give another result than the definition.

Why it matters
    A book made by hand has formulas of its own, which are compared with no template.
    Whoever recalculates it sees what they give, whatever is stored beside them.

How to fix it
    Compare the formulas on the calculation sheets with those of the methodology, from
    the figure named back to the inputs; or carry the inputs over into a fresh book.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.arithmetic.own_formulas import disputed
from jcm_xl.checks.base import Check, Finding, Judges, OpenedBook, Severity
from jcm_xl.model.shown import shown


@Check(
    severity=Severity.WARNING,
    tonnes=True,
    judges=Judges.STORED,
    basis="The sheet's own formulas as they stand, evaluated by ourselves where the "
    "second engine gives no opinion; |a-b| <= 1e-9 max(1, |a|, |b|)",
    message="By the formulas of this book {cell} on {sheet} is {actual}; by the "
    "definition it is {expected}.",
    remedy="Compare the formulas behind {cell} with the methodology and correct the "
    "one that differs, or carry the inputs over into a fresh book.",
)
def hand_made_formulas_differ(context: OpenedBook) -> Iterator[Finding]:
    """Tell the claim of each stage, or the first figure that differs."""
    for figure in disputed(context):
        yield Finding(
            figure.slot,
            parameter=context.subject(figure.slot),
            actual=shown(figure.value) or "-",
            expected=shown(figure.own),
        )
