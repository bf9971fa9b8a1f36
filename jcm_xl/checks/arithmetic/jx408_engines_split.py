"""Two programs round the reductions down to different tonnes.

Why it matters
    A sum that lies on the edge between two tonnes differs in its last digits from one
    program to the next: `ROUNDDOWN(1.15*100,0)` is 114 in one and 115 in the other.
    Both are honest, and the claim depends on who opens the book.

How to fix it
    Nothing has to be done. Name both figures to the verifier; the lower one is on the
    safe side.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.arithmetic.opinions import is_split, of_stage
from jcm_xl.checks.base import Audience, Check, Finding, OpenedBook, Severity
from jcm_xl.model.shown import shown


@Check(
    severity=Severity.NOTE,
    person_decides=True,
    tonnes=True,
    audience=Audience.VERIFIER,
    basis="The sheet's own formulas, evaluated by IronCalc, beside our engine; within "
    "1e-6 of a tonne",
    message="The reduction in {cell} on {sheet} lies on an edge: one program rounds it "
    "down to {expected}, another one to {actual}.",
    remedy="Nothing has to be done; name both figures. The lower one is on the safe "
    "side.",
)
def engines_split(context: OpenedBook) -> Iterator[Finding]:
    """Compare the tonnes where the unrounded figures agree."""
    for stage in context.stages:
        for opinion in of_stage(context, stage):
            if is_split(opinion):
                yield Finding(
                    context.plan[opinion.slot],
                    actual=shown(opinion.second),
                    expected=shown(opinion.own),
                )
