"""No unit row is filled.

Why it matters
    The methodology calculates unit by unit. Without any unit there is nothing to
    calculate.

How to fix it
    Fill one row for each unit on the sheet for values by unit.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.model.key import Key
from jcm_xl.model.submission import Stage


@Check(
    severity=Severity.ERROR,
    tonnes=True,
    basis="Approved methodology: quantities with an index are given for every unit",
    message="No row of {sheet} is filled (set {actual}).",
    remedy="Fill one row for each unit, from {cell} on.",
)
def no_unit_filled(context: OpenedBook) -> Iterator[Finding]:
    """Report sets without a unit; the report is silent where the plan has none."""
    for stage in context.stages:
        for index in context.plan.rows:
            used = context.inputs[stage].used[index]
            if used or (stage is Stage.REPORT and not _is_in_plan(context, index)):
                continue
            slot = context.plan[Key(stage, "number", index, 1)]
            if not context.is_gone(slot):
                yield Finding(slot, actual=index)


def _is_in_plan(context: OpenedBook, index: str) -> bool:
    return bool(context.inputs[Stage.PLAN].used[index])
