"""An example reduces nothing, or has a reduction below nought.

Why it matters
    An example shows what the methodology is for. A negative one is right arithmetic of
    a project that nobody would register; where all are so, a sign is reversed.

How to fix it
    Choose inputs of a project that reduces emissions, or correct the formula. A
    negative row beside others is a good test; the sum should not be.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.definition.lint.base import Draft, Fault, Severity, lint


@lint(
    severity=Severity.WARNING,
    message="The example has a reduction of {reduction} tCO2/p.",
)
def example_without_reduction(draft: Draft) -> Iterator[Fault]:
    """Look at the reduction of each example."""
    for position, _, result in draft.results:
        if result.unrounded is not None and result.unrounded <= 0:
            yield Fault(
                ("examples", position), {"reduction": f"{result.unrounded:.6g}"}
            )
