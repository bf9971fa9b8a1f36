"""The definition has one example only.

Why it matters
    One example proves one path: a factor used twice, or left out, may cancel in it.

How to fix it
    Add an example with other values, several units or another choice. A published
    vector, such as the figures of a PDD, is best.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.definition.lint.base import Draft, Fault, Severity, lint


@lint(
    severity=Severity.WARNING,
    message="There is one example only.",
)
def one_example_only(draft: Draft) -> Iterator[Fault]:
    """Count the examples."""
    if len(draft.methodology.examples) == 1:
        yield Fault(("examples", 0))
