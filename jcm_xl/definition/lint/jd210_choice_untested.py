"""No example uses one of the texts of a choice that formulas ask for.

Why it matters
    Each text is a branch of the formulas; the branch that no example takes is not
    proved.

How to fix it
    Add an example that chooses the text.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.definition.lint.base import Draft, Fault, Severity, lint
from jcm_xl.model.dependencies import dependencies


@lint(
    severity=Severity.WARNING,
    message="No example chooses '{text}'.",
)
def choice_untested(draft: Draft) -> Iterator[Fault]:
    """Compare each choice list with the examples; rows of a table are no branches."""
    m = draft.methodology
    asked = dependencies(m, m.results.reduction)
    for p in m.parameters.values():
        if not isinstance(p.choices, tuple) or p.name not in asked:
            continue
        chosen: set[object] = set()
        for example in m.examples:
            value = example.given.get(p.name)
            chosen.update(value if isinstance(value, list) else [value])
        for text in p.choices:
            if text not in chosen:
                yield Fault(("parameters", p.name, "choices"), {"text": text})
