"""A monitoring option is chosen that the methodology does not offer here.

Why it matters
    Monitoring by an option that the methodology does not allow for this parameter
    does not follow the methodology.

How to fix it
    Take one of the options of the drop-down list, written as there.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.model.shown import shown


@Check(
    severity=Severity.ERROR,
    basis="Approved methodology, monitored parameters: the options it allows",
    message="The monitoring option of {parameter} in {cell} on {sheet} reads "
    "'{actual}'; the methodology offers {expected}.",
    remedy="Choose {expected} from the list.",
)
def option_unknown(context: OpenedBook) -> Iterator[Finding]:
    """Compare every option with those of its parameter; capitals do not matter."""
    for slot, value in context.typed:
        if slot.rule != "option":
            continue
        p = context.parameter(slot.name)
        options = [f"Option {option}" for option in p.options]
        text = shown(value)
        if text.casefold() not in [option.casefold() for option in options]:
            yield Finding(
                slot, parameter=p.symbol, actual=text, expected=" / ".join(options)
            )
