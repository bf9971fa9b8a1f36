"""The limit of a default value that is used makes the reductions larger.

Why it matters
    Of the two limits in the literature the conservative one is taken: the lower
    where more of the value means more reductions, such as a reference emission
    factor, the upper where it means fewer, such as a project emission factor or a
    reference efficiency.

How to fix it
    Use the other limit and write its value, with its source.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.definition.lint.base import Draft, Fault, Severity, lint


@lint(
    severity=Severity.ERROR,
    message="{symbol} is the {used} limit; the conservative one is the {wanted} "
    "limit, {value}, because {effect} means more reductions.",
)
def limit_on_wrong_side(draft: Draft) -> Iterator[Fault]:
    """Compare `limits.used` of each default with the way it works on the reductions."""
    for p in draft.methodology.parameters.values():
        direction = draft.direction(p.name)
        if p.limits is None or not direction:
            continue
        wanted = "lower" if direction > 0 else "upper"
        if p.limits.used == wanted:
            continue
        value = p.limits.lower if direction > 0 else p.limits.upper
        effect = "a larger value" if direction > 0 else "a smaller value"
        facts = {"symbol": p.symbol, "used": p.limits.used, "effect": effect}
        path = ("parameters", p.name, "limits")
        yield Fault(path, {**facts, "wanted": wanted, "value": value})
