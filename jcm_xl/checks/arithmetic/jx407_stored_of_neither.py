"""A stored result is neither the sheet's nor the definition's.

Why it matters
    The file shows a number that its own formulas do not give, and the methodology
    does not either. Programs that do not recalculate, and people, take it as it is.

How to fix it
    Press F9 (Ctrl+Shift+F9 in LibreOffice) and save; then restore what else is told
    to be changed.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.arithmetic.opinions import differs, is_changed, of_stage
from jcm_xl.checks.base import Check, Finding, Judges, OpenedBook, Severity
from jcm_xl.model.finding import Opinion
from jcm_xl.model.shown import shown


@Check(
    severity=Severity.WARNING,
    person_decides=True,
    tonnes=True,
    judges=Judges.STORED,
    basis="The sheet's own formulas as they stand, evaluated by IronCalc, and an "
    "independent recomputation from the definition",
    message="{cell} on {sheet} stores {actual}. The sheet's own formulas give {second} "
    "and the definition gives {expected}.",
    remedy="Recalculate (F9) and save, then mend what else is told of this sheet.",
)
def stored_of_neither(context: OpenedBook) -> Iterator[Finding]:
    """Look where stored results are not compared otherwise: at changed formulas."""
    for stage in context.stages:
        if not is_changed(context, stage):
            continue
        for opinion in of_stage(context, stage):
            slot = context.plan[opinion.slot]
            if slot.key in context.changed or not _is_of_neither(opinion):
                continue
            yield Finding(
                slot,
                parameter=context.subject(slot),
                actual=shown(opinion.stored),
                expected=shown(opinion.own),
                facts={"second": shown(opinion.second)},
            )


def _is_of_neither(opinion: Opinion) -> bool:
    own, second, stored = opinion.own, opinion.second, opinion.stored
    if opinion.reason or second is None or stored is None or not own:
        return False
    if not isinstance(own, float):
        return False
    return differs(stored, own) and differs(stored, second) and differs(own, second)
