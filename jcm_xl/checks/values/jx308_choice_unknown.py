"""A choice is none of the list.

Why it matters
    The choice selects a default value or a formula. A text that is not in the list
    selects nothing, and the reduction cannot be calculated.

How to fix it
    Take one of the texts of the drop-down list, letter by letter.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.model.shown import shown
from jcm_xl.text.readings import nearest


@Check(
    severity=Severity.ERROR,
    tonnes=True,
    basis="Definition of the methodology, choices of the parameter",
    message="{parameter} in {cell} on {sheet} reads '{actual}', which is none of its "
    "choices. Probably meant: {expected}.",
    remedy="Take one of the texts of the list: {choices}.",
)
def choice_unknown(context: OpenedBook) -> Iterator[Finding]:
    """Compare every choice with its list; capitals do not matter."""
    for slot, value in context.typed:
        if slot.rule != "choice":
            continue
        p = context.parameter(slot.name)
        choices = context.methodology.choices(p)
        text = shown(value)
        if isinstance(value, str) and any(
            value.casefold() == choice.casefold() for choice in choices
        ):
            continue
        yield Finding(
            slot,
            parameter=p.symbol,
            actual=text,
            expected=nearest(text, choices) or " / ".join(choices),
            facts={"choices": " / ".join(choices)},
        )
