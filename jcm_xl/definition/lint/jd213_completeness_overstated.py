"""Completeness A is claimed, but parts rest on weaker evidence.

Why it matters
    A says that formula, parameters and constants were at hand. Who chooses a
    methodology from the catalogue relies on it.

How to fix it
    State `completeness = "B"` (numbers not all known) or "C" (the formula in
    words), or confirm the parts from the official document.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.definition.lint.base import Draft, Fault, Severity, lint


@lint(
    severity=Severity.WARNING,
    message="Completeness A is claimed, but {count} {noun} no official document: "
    "{names}.",
)
def completeness_overstated(draft: Draft) -> Iterator[Fault]:
    """Count recollections and open values in definitions of completeness A."""
    m = draft.methodology
    weak = [p.name for p in m.parameters.values() if p.is_unsettled]
    weak += m.drafts
    if m.completeness == "A" and weak:
        shown = ", ".join(weak[:4]) + (" ..." if len(weak) > 4 else "")
        noun = "part rests on" if len(weak) == 1 else "parts rest on"
        key = "completeness" if "completeness" in draft.content["methodology"] else "id"
        facts = {"count": len(weak), "noun": noun, "names": shown}
        yield Fault(("methodology", key), facts)
