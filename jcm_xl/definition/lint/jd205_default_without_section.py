"""A default value does not say in which section or table of its source it stands.

Why it matters
    A verifier has to find the number again, in a document of fifty pages.

How to fix it
    Add `section = "Table 1.4"`, or the page, to the source of the value.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.definition.lint.base import Draft, Fault, Severity, lint


@lint(
    severity=Severity.NOTE,
    message="The source of {name}, '{title}', names no section or table.",
)
def default_without_section(draft: Draft) -> Iterator[Fault]:
    """Look at the sources of all defaults and tables."""
    m = draft.methodology
    for p in m.parameters.values():
        if p.value is not None and p.source and not p.source.section:
            facts = {"name": p.name, "title": p.source.title}
            yield Fault(("parameters", p.name, "source"), facts)
    for t in m.tables.values():
        # A row may bring its own source; the table's stands for the others.
        if not t.source.section and any(row.source == t.source for row in t.rows):
            facts = {"name": t.name, "title": t.source.title}
            yield Fault(("tables", t.name, "source"), facts)
