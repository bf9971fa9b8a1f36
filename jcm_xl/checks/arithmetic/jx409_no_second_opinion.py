"""The sheet's own formulas could not be evaluated by a second engine.

Why it matters
    The figures were recomputed from the definition all the same. But nothing
    independent says what the formulas in this book give, so there is no agreement to
    speak of.

How to fix it
    Nothing has to be done. If the formula named is a changed one, restore the
    template's. A formula in an input cell is evaluated by ourselves where the second
    engine cannot; what neither can is told at that cell.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.arithmetic.opinions import of_stage
from jcm_xl.checks.base import Audience, Check, Finding, OpenedBook, Severity
from jcm_xl.submission.evaluated import obstructed


@Check(
    severity=Severity.NOTE,
    person_decides=True,
    audience=Audience.VERIFIER,
    basis="Only functions on which LibreOffice and IronCalc were shown to agree are "
    "evaluated, within fixed limits",
    message="There is no second opinion on {cell} of {sheet} and what else is "
    "calculated from the same cell: {reason}.",
    remedy="Nothing has to be done; the verifier may recalculate the book in another "
    "program.",
)
def no_second_opinion(context: OpenedBook) -> Iterator[Finding]:
    """Name each reason once a stage; not what deleted lines leave behind.

    Nor where an input gives no one value: that is told where it stands.
    """
    if context.has_deleted_lines or any(obstructed(context)):
        return
    for stage in context.stages:
        reasons: set[str] = set()
        for opinion in of_stage(context, stage):
            if opinion.reason and opinion.reason not in reasons:
                reasons.add(opinion.reason)
                yield Finding(
                    context.plan[opinion.slot],
                    actual=opinion.reason,
                    facts={"reason": opinion.reason},
                )
