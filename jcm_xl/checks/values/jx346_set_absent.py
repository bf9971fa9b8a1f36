"""A set that a project may be without has no unit.

Why it matters
    The methodology covers several kinds of equipment or sources, and a project need not
    have all of them. Whatever stands in no row counts as none, so a source that was
    forgotten is not in the project emissions.

How to fix it
    Nothing has to be done if there is none in the project. Otherwise fill its rows.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.model.dependencies import set_groups
from jcm_xl.model.key import Key
from jcm_xl.model.submission import Stage


@Check(
    severity=Severity.NOTE,
    basis="Definition of the methodology: sets of which a project may have no unit",
    message="No row of {set} ({actual}) is filled on {sheet}: there is none in the "
    "project.",
    remedy="Nothing has to be done if that is so; else fill its rows, from {cell} on.",
)
def set_absent(context: OpenedBook) -> Iterator[Finding]:
    """Name the sets without a unit, where another set has one."""
    used = {
        index
        for stage in context.stages
        for index, units in context.inputs[stage].used.items()
        if units
    }
    m = context.methodology
    asked = {i for group in set_groups(m) if not used & set(group) for i in group}
    for index in m.sets if used else ():
        slot = context.plan[Key(Stage.PLAN, "number", index, 1)]
        if index not in used | asked and not context.is_gone(slot):
            yield Finding(slot, actual=index, facts={"set": m.sets[index].label})
