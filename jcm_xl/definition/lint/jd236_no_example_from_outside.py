"""No example comes from outside.

Why it matters
    Lint prints "expected x, calculated y", and pasting y makes any formula agree with
    itself. A published result, or a calculation by somebody else, is what proves it.

How to fix it
    Add an example with a published result and its `source`: a project design document,
    a monitoring report, the example of the methodology itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.definition.lint.base import Draft, Fault, Severity, lint


@lint(
    severity=Severity.NOTE,
    message="None of {count} has a source: formulas and expected numbers may rest on "
    "the same mistake.",
)
def no_example_from_outside(draft: Draft) -> Iterator[Fault]:
    """Look for a source in the examples; an illustration needs none."""
    m = draft.methodology
    if m.status == "example" or any(example.source for example in m.examples):
        return
    count = "1 example" if len(m.examples) == 1 else f"{len(m.examples)} examples"
    yield Fault(("examples", 0), {"count": count})
