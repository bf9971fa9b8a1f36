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
from jcm_xl.model.dependencies import set_groups
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
        for group in set_groups(context.methodology):
            used = _is_used(context, stage, group)
            if used or (
                stage is Stage.REPORT and not _is_used(context, Stage.PLAN, group)
            ):
                continue
            slot = context.plan[Key(stage, "number", group[0], 1)]
            if not context.is_gone(slot):
                yield Finding(slot, actual=" / ".join(group))


def _is_used(context: OpenedBook, stage: Stage, group: tuple[str, ...]) -> bool:
    used = context.inputs[stage].used
    return any(used[index] for index in group)
