"""A quantity cannot be calculated, although its inputs are there.

Why it matters
    A key outside every class of a table has no default value, and nothing divides by
    zero. Often it means that the unit is not covered by the methodology.

How to fix it
    Look at the inputs that the message names. A capacity outside the table may mean
    that the project is not eligible with that unit.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, Judges, OpenedBook, Severity
from jcm_xl.expr.used import names
from jcm_xl.model.key import Key
from jcm_xl.model.result import Quantity, Result
from jcm_xl.text.phrase import clause


@Check(
    severity=Severity.ERROR,
    tonnes=True,
    judges=Judges.CALCULATED,
    basis="Approved methodology: a value outside of its tables and formulas has no "
    "result",
    message="{parameter} in {cell} on {sheet} cannot be calculated ({actual}): "
    "{reason}.",
    remedy="Correct the input that the reason names; a value outside the table may "
    "mean that the unit is not eligible.",
)
def not_calculable(context: OpenedBook) -> Iterator[Finding]:
    """Report each error at the quantity where it arises, not where it leads to."""
    for stage in context.stages:
        result = context.results[stage]
        absent = {(item.name, item.row) for item in result.missing}
        for quantity in result.quantities.values():
            if not quantity.error or (quantity.name, quantity.row) in absent:
                continue
            if not _arises(context, result, quantity):
                continue
            if result.missing and quantity.error == "#DIV/0!":
                continue  # nothing over nothing: the missing cells are the cause
            key = Key(stage, "quantity", quantity.name, quantity.row or None)
            slot = context.plan[key]
            yield Finding(
                slot,
                parameter=context.subject(slot),
                actual=quantity.error,
                facts={"reason": clause(quantity.reason)},
            )


def _arises(context: OpenedBook, result: Result, quantity: Quantity) -> bool:
    """Tell whether everything that a formula reads could be calculated."""
    formula = context.methodology.formulas.get(quantity.name)
    if formula is None:
        return False
    for name in names(formula.tree):
        row = quantity.row
        parts = [result.get(name, row) or result.get(name)]
        if parts == [None]:
            parts = [q for q in result.quantities.values() if q.name == name]
        if any(part is not None and part.error for part in parts):
            return False
    return True
