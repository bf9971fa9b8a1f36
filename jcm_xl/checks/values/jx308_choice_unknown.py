"""A choice is none of the list.

Why it matters
    The choice selects a default value or a formula. A text that is not in the list
    selects nothing, and the reduction cannot be calculated.

How to fix it
    Take one of the texts of the drop-down list, letter by letter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.model.shown import shown
from jcm_xl.text.readings import folded, nearest


def _meant(text: str, choices: Sequence[str]) -> Sequence[str]:
    """Return the choices that begin with what was typed, or the nearest one."""
    begun = [c for c in choices if folded(c).startswith(folded(text))]
    near = nearest(text, choices)
    return begun if begun and text.strip() else [near] if near else ()


@Check(
    severity=Severity.ERROR,
    tonnes=True,
    basis="Definition of the methodology, choices of the parameter",
    message="{parameter} in {cell} on {sheet} reads '{actual}', which is none of its "
    "choices. Probably meant: {expected}.",
    remedy="Take one of the texts of the list: {choices}.",
)
def choice_unknown(context: OpenedBook) -> Iterator[Finding]:
    """Compare every choice with its list; capitals and blanks do not matter."""
    for slot, value in context.typed:
        if slot.rule != "choice":
            continue
        p = context.parameter(slot.name)
        choices = context.methodology.choices(p)
        text = shown(value)
        if context.plan.choice(p, value) is not None:
            continue
        yield Finding(
            slot,
            parameter=p.symbol,
            actual=text,
            expected=" / ".join(_meant(text, choices) or choices),
            facts={"choices": " / ".join(choices)},
        )
