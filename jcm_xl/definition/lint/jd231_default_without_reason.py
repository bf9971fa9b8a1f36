"""A default value does not say why it is conservative.

Why it matters
    The JCM credits less than is reduced, by conservative default values among others.
    Whoever reads a definition asks of each default what makes it so. Until somebody has
    read it, books and documents print "unknown".

How to fix it
    Write `conservative = { text, source, evidence }` at the default, table or row, or
    name the default in `defaults` of [net_reduction], if its text is the reason. Leave
    it out where nobody has read a reason; never guess one.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.definition.lint.base import Draft, Fault, Severity, lint
from jcm_xl.model.methodology import Kind


@lint(
    severity=Severity.NOTE,
    message="{name} does not say why it is conservative.",
)
def default_without_reason(draft: Draft) -> Iterator[Fault]:
    """Look at every default value and at every table."""
    m = draft.methodology
    for p in m.parameters.values():
        if p.kind is Kind.DEFAULT and m.conservatism(p.name) is None:
            yield Fault(("parameters", p.name), {"name": p.name})
    for t in m.tables.values():
        lacking = [r for r in t.rows if m.conservatism(t.name, r) is None]
        if lacking:
            yield Fault(("tables", t.name), {"name": t.name})
