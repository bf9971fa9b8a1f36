"""A formula is rounded in favour of the claim.

Why it matters
    Reference emissions rounded upward, or project emissions rounded downward,
    credit tonnes that were not reduced. JCM reductions are rounded down only.

How to fix it
    Round nothing in the formula: the tool rounds the reductions down once, at the
    end.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.definition.lint.base import Draft, Fault, Severity, lint
from jcm_xl.expr.nodes import Binary, Call, Number


@lint(
    severity=Severity.ERROR,
    message="{formula} is rounded {way}, which makes the reductions larger.",
)
def rounds_in_favour(draft: Draft) -> Iterator[Fault]:
    """Follow each round_down to the side on which it works."""
    told = set()
    for visit in draft.visits:
        match visit.node:
            case Call("round_down", (inner, _)):
                # x + 1 or x + 0.5, cut, is x rounded upward or to the nearest.
                is_upward = (
                    isinstance(inner, Binary)
                    and inner.operator == "+"
                    and any(
                        isinstance(side, Number) for side in (inner.left, inner.right)
                    )
                )
                if visit.sign == (1 if is_upward else -1):
                    told.add((visit.formula, is_upward))
    for name, is_upward in sorted(told):
        formula = draft.methodology.formulas[name]
        way = "upward" if is_upward else "on the side that is subtracted"
        path = (*draft.formula_path(name), "expr")
        yield Fault(path, {"formula": formula.symbol, "way": way})
