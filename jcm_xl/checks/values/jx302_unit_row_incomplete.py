"""A unit row is filled in part only.

Why it matters
    A row that is wholly empty is a unit that is not used. A row in use needs all its
    values; a missing one is not taken for zero. A unit of the plan is in use in the
    report too.

How to fix it
    Fill the empty cell (0 if the amount was nothing), or empty the whole row if there
    is no such unit.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.submission.incomplete import missing_inputs, waiting_months
from jcm_xl.text.phrase import Phrase

_NOTHING = Phrase("checks.unit-row-incomplete.nothing", "; 0 if it was nothing")
"""An amount may be 0; a choice, and a factor above nought, may not."""


@Check(
    severity=Severity.ERROR,
    tonnes=True,
    basis="Monitoring Plan and Report Sheets: every parameter of every unit has a "
    "value",
    message="Row ({unit}) of {sheet} is in use, but {parameter} in {cell} is empty.",
    remedy="Fill {cell} ({expected}{nothing}); empty the whole row, in plan and "
    "report, if there is no such unit.",
)
def unit_row_incomplete(context: OpenedBook) -> Iterator[Finding]:
    """Report empty cells of the unit rows in use."""
    for slot, item in missing_inputs(context):
        if item.row is not None and slot.key not in waiting_months(context):
            p = context.parameter(item.name)
            unit = " / ".join(context.methodology.choices(p)) or str(p.unit)
            may_be_nothing = not p.is_choice and p.bounds.admit(0)
            facts = {"unit": item.row, "nothing": _NOTHING if may_be_nothing else ""}
            yield Finding(slot, parameter=p.symbol, expected=unit, facts=facts)
