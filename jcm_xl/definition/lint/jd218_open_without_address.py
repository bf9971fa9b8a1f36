"""An open value does not say where to find the number.

Why it matters
    The participant has to take the number from the official document; a note
    without an address sends everybody on the same search.

How to fix it
    Add `address` to `open`: the official page of the methodology at least.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.definition.lint.base import Draft, Fault, Severity, lint


@lint(
    severity=Severity.WARNING,
    message="{symbol} is open, but names no address.",
)
def open_without_address(draft: Draft) -> Iterator[Fault]:
    """Look at the open values."""
    for p in draft.methodology.parameters.values():
        if p.open is not None and not p.open.address:
            yield Fault(("parameters", p.name, "open"), {"symbol": p.symbol})
