"""A number or formula is said to stand in a document that nobody can open.

Why it matters
    Evidence `document` says that an official document was read. Without an address,
    or the place where a copy was seen, nobody can read it again.

How to fix it
    Add `address` (the official one) or `seen_at` (where the copy was read) to the
    source, or lower the evidence.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.definition.lint.base import Draft, Fault, KeyPath, Severity, lint
from jcm_xl.model.methodology import Evidence, Source


@lint(
    severity=Severity.WARNING,
    message="The source of {name}, '{title}', has no address.",
)
def document_without_address(draft: Draft) -> Iterator[Fault]:
    """Look at the sources of all that rests on the evidence 'document'."""
    m = draft.methodology
    if m.status == "example":
        return
    parts: list[tuple[KeyPath, str, Source | None, Evidence | None]] = [
        (("parameters", p.name, "source"), p.name, p.source, p.evidence)
        for p in m.parameters.values()
    ]
    parts += [
        (("tables", t.name), t.name, t.source, t.evidence) for t in m.tables.values()
    ]
    parts += [
        ((*draft.formula_path(f.name), "source"), f.name, f.source, f.evidence)
        for f in m.formulas.values()
        if f.name != m.results.reduction
    ]
    for path, name, source, evidence in parts:
        if source and evidence is Evidence.DOCUMENT and not _can_be_opened(source):
            yield Fault(path, {"name": name, "title": source.title})


def _can_be_opened(source: Source) -> bool:
    return bool(source.address or source.seen_at)
