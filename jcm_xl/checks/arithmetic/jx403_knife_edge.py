"""The reduction lies on the edge between two whole tonnes.

Why it matters
    Programs differ in the last digits of a sum. So close to a whole number, one
    program rounds down to a tonne less than another, and both are right.

How to fix it
    Nothing has to be done. Name both figures to the verifier; the lower one is on the
    safe side.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from jcm_xl.checks.base import Audience, Check, Finding, Judges, OpenedBook, Severity
from jcm_xl.checks.spoken import tonnes
from jcm_xl.model.key import Key


@Check(
    severity=Severity.NOTE,
    person_decides=True,
    tonnes=True,
    audience=Audience.VERIFIER,
    judges=Judges.CALCULATED,
    basis="Doubles of IEEE 754 against exact decimal arithmetic, within 1e-6 of a "
    "tonne",
    message="The reduction in {cell} on {sheet} lies on the edge between {lower} and "
    "{upper} tonnes: this book's arithmetic gives {actual}, exact arithmetic gives "
    "{expected}.",
    remedy="Nothing has to be done; name both figures. The lower one is on the safe "
    "side.",
)
def knife_edge(context: OpenedBook) -> Iterator[Finding]:
    """Look how near the unrounded reduction is to a whole number."""
    for stage in context.stages:
        result = context.results[stage]
        if result.unrounded is None:
            continue
        differs = result.sheet_credited != result.credited
        if result.is_knife_edge or differs:
            upper = math.floor(result.unrounded + 0.5)
            yield Finding(
                context.plan[Key(stage, "result")],
                actual=tonnes(result.sheet_credited),
                expected=tonnes(result.credited),
                facts={"lower": tonnes(upper - 1), "upper": tonnes(upper)},
            )
