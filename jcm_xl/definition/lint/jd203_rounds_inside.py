"""A formula rounds before the end of the calculation.

Why it matters
    Reductions are rounded down once, on the unrounded difference of reference and
    project emissions; every sheet of ours does so by itself. Rounding in between
    moves the result by more than it should.

How to fix it
    Take round_down out of the formula, unless the methodology prescribes it there;
    then say so in the formula's note.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.definition.lint.base import Draft, Fault, Severity, lint
from jcm_xl.expr.nodes import Call


@lint(
    severity=Severity.WARNING,
    message="{formula} is rounded within the calculation.",
)
def rounds_inside(draft: Draft) -> Iterator[Fault]:
    """Look for round_down in what the reductions are calculated from."""
    found = {
        visit.formula
        for visit in draft.visits
        if isinstance(visit.node, Call) and visit.node.function == "round_down"
    }
    for name, formula in draft.methodology.formulas.items():
        if name in found:
            path = (*draft.formula_path(name), "expr")
            yield Fault(path, {"formula": formula.symbol})
