"""A criterion does not say what it serves.

Why it matters
    Some criteria decide whether a project may be registered: a benchmark, or a place
    on a list of technologies. Others decide whether the methodology can be applied,
    such as historical data that must exist. Who screens a project reads them apart.

How to fix it
    Write `serves` and `form`, as docs/definition-format.md describes them. Leave out
    what the text of the criterion does not show.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.definition.lint.base import Draft, Fault, Severity, lint


@lint(
    severity=Severity.NOTE,
    message="{name} does not say {lacking}.",
)
def criterion_without_purpose(draft: Draft) -> Iterator[Fault]:
    """Look at what each criterion says of itself."""
    for i, criterion in enumerate(draft.methodology.criteria):
        said = {"what it serves": criterion.serves, "its form": criterion.form}
        lacking = " and ".join(words for words, value in said.items() if not value)
        if lacking:
            facts = {"name": criterion.id, "lacking": lacking}
            yield Fault(("eligibility", i), facts)
