"""A monitored number has no range.

Why it matters
    A negative amount, or text pasted as a number, would not be noticed where it is
    typed.

How to fix it
    Add `range = { at_least = 0 }`; where a negative value is possible, say how far
    down it may go.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.definition.lint.base import Draft, Fault, Severity, lint
from jcm_xl.model.methodology import Bounds


@lint(
    severity=Severity.WARNING,
    message="{symbol} has no range.",
)
def amount_without_range(draft: Draft) -> Iterator[Fault]:
    """Look for monitored numbers without any limit."""
    for p in draft.methodology.parameters.values():
        if p.is_monitored and not p.is_choice and p.bounds == Bounds():
            yield Fault(("parameters", p.name), {"symbol": p.symbol})
