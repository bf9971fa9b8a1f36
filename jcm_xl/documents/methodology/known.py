"""Every methodology that exists: with its definition, or with what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jcm_xl.dataclass import dataclass
from jcm_xl.definition.register import (
    Known,
    applied_by,
    countries,
    known_methodologies,
    origin,
)
from jcm_xl.documents.lines import BLANK, Line, counted, counters, line, table
from jcm_xl.model.methodology import Methodology

_HEADINGS = ("id", "version", "scope", "status", "projects", "library", "title",
             "missing")  # fmt: skip
_TEXT = "text of the methodology"


@dataclass(frozen=True, slots=True)
class Listed:
    """A version of a methodology, defined here or only known to exist."""

    id: str
    version: str
    country: str
    scopes: tuple[str, ...]
    status: str
    title: str
    library: str
    missing: str

    @property
    def key(self) -> str:
        """Return `TH_AM001@1.0`."""
        return f"{self.id}@{self.version}"


def listed(methodologies: Iterable[Methodology]) -> tuple[Listed, ...]:
    """Return every version in the library and every other known one, in order."""
    found = {(m.id, m.version): _defined(m) for m in methodologies}
    defined = {code for code, _ in found}
    for known in known_methodologies().values():
        versions = known.versions or (() if known.id in defined else ("?",))
        for version in versions:
            found.setdefault((known.id, version), _known(known, version))
    return tuple(found[key] for key in sorted(found))


def _defined(m: Methodology) -> Listed:
    is_open = sum(statement.evidence is None for statement in m.statements)
    parts = [counted(is_open, "open value")] if is_open else []
    parts += [f"to confirm: {counters(m)}"] if m.is_draft else []
    if m.completeness == "C":
        parts.insert(0, "the exact formulas")
    library = f"{'DRAFT' if m.is_draft else 'official'} {m.completeness}"
    return Listed(
        m.id, m.version, m.country, m.scopes, m.status, m.title, library,
        ", ".join(parts),
    )  # fmt: skip


def _known(known: Known, version: str) -> Listed:
    is_newest = version in (*known.versions[:1], "?")
    status = known.status if is_newest else "older version"
    title = known.title or "(unknown)"
    missing = ", ".join(part for part in (known.missing, _TEXT) if part)
    return Listed(
        known.id, version, known.country, known.scopes, status, title, "-", missing
    )


def known_lines(methodologies: Iterable[Methodology]) -> Iterator[Line]:
    """Yield every known methodology, country by country."""
    every = listed(methodologies)
    for code in dict.fromkeys(item.country for item in every):
        same = [item for item in every if item.country == code]
        yield line(f"{code} {countries().get(code, '')}".rstrip(), "head")
        yield from table(_HEADINGS, map(_row, same), 2)
        yield BLANK
    here = sum(item.library != "-" for item in every)
    about = origin("methodologies")
    yield line(
        f"{len(every)} versions are known, {here} of them are in the library. "
        f"Known as of {about.as_of}; there may be more: {about.source.address}"
    )


def _row(item: Listed) -> tuple[str, ...]:
    applied = applied_by(item.key)
    return (
        item.id, item.version, "+".join(item.scopes) or "?", item.status,
        str(len(applied) or ""), item.library, item.title, item.missing,
    )  # fmt: skip
