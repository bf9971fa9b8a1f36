"""The months of a column have a unit that is not converted.

Why it matters
    The sheet converts the sum of the months by an exact table. A unit that is not in
    it, or is of another kind, cannot become the unit of the report.

How to fix it
    Take a unit of the list, or leave the cell empty and type the months in the unit of
    the report.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.model.shown import shown
from jcm_xl.model.submission import Stage
from jcm_xl.plan.stage import month_factor, month_units


@Check(
    severity=Severity.ERROR,
    tonnes=True,
    basis="Monthly sheet of ours: units are converted by an exact table",
    message="The months of {parameter} are typed in '{actual}' ({cell} on {sheet}), "
    "which does not become {unit}.",
    remedy="Take one of {expected}, or empty {cell}.",
)
def month_unit_unknown(context: OpenedBook) -> Iterator[Finding]:
    """Look at the unit above each column of months."""
    if context.stage == "plan":
        return
    for slot in context.plan.where("monthly_unit"):
        value = slot.key._replace(stage=Stage.REPORT, notion="value")
        if month_factor(context.plan, context.submission, value) is None:
            unit = str(context.parameter(slot.name).unit)
            yield Finding(
                slot,
                parameter=context.subject(slot),
                actual=shown(context.submission.get(slot.key)),
                expected=", ".join(month_units(unit)),
                facts={"unit": unit.removesuffix("/p")},
            )
