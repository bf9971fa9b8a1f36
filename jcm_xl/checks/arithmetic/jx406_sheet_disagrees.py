"""The sheet's own formulas give another result than the definition.

Why it matters
    Whoever opens the book sees what its formulas give. An independent engine has
    evaluated them as they stand; the result is not the one of the methodology. The
    message says how much of the reductions the difference is.

How to fix it
    Where formulas or defaults were changed, restore the template's. If nothing was
    changed, a formula in an input cell may show an old result: recalculate (F9) and
    save.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.arithmetic.opinions import is_changed, is_disputed, of_stage
from jcm_xl.checks.base import Audience, Check, Finding, Judges, OpenedBook, Severity
from jcm_xl.model.finding import Opinion
from jcm_xl.model.shown import shown


@Check(
    severity=Severity.WARNING,
    person_decides=True,
    tonnes=True,
    judges=Judges.STORED,
    audience=Audience.VERIFIER,
    basis="The sheet's own formulas as they stand, evaluated by IronCalc; |a-b| <= "
    "1e-9 max(1, |a|, |b|)",
    message="By the sheet's own formulas {cell} on {sheet} is {actual}; by the "
    "definition it is {expected}: {share} of the reductions.",
    remedy="Restore the formulas and defaults of the template; if none was changed, "
    "recalculate (F9) and save.",
)
def sheet_disagrees(context: OpenedBook) -> Iterator[Finding]:
    """Tell the claim of each stage, or the first figure that differs.

    Deleted lines are told as what they are; hardly a formula is left in one piece.
    """
    if context.has_deleted_lines:
        return
    for stage in context.stages:
        disputed = [o for o in of_stage(context, stage) if is_disputed(o)]
        if not disputed:
            continue
        told = disputed[-1] if _is_claim(context, disputed[-1]) else disputed[0]
        yield Finding(
            context.plan[told.slot],
            parameter=context.subject(context.plan[told.slot]),
            actual=shown(told.second) or "-",
            expected=shown(told.own),
            # What was changed is told as grave as it is; this is how much it matters.
            severity=Severity.NOTE if is_changed(context, stage) else None,
            facts={"share": share_text(told)},
        )


def _is_claim(context: OpenedBook, opinion: Opinion) -> bool:
    return context.plan[opinion.slot].role == "result"


def share_text(opinion: Opinion) -> str:
    """Return `7.1 %`; a dash where there is no share of anything."""
    if opinion.share is None:
        return "-"
    return f"{opinion.share:.3g} %"
