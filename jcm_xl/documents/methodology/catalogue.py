"""One page that lists every methodology of the library, to be searched in a browser."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence

from jcm_xl.dataclass import dataclass
from jcm_xl.definition.shapes import shapes
from jcm_xl.documents.lines import counters
from jcm_xl.documents.methodology.document import COMPLETENESS, country_of, scopes_of
from jcm_xl.documents.page import render
from jcm_xl.model.methodology import Evidence, Methodology
from jcm_xl.places import templates
from jcm_xl.text.symbols import typed_symbol
from jcm_xl.text.visible import visible
from jcm_xl.version import __version__


@dataclass(frozen=True, slots=True)
class CatalogueItem:
    """A methodology as the catalogue lists it; `key` is what the commands take."""

    key: str
    id: str
    version: str
    status: str
    country: str
    title: str
    scope: str
    gases: str
    completeness: str
    shape: str
    evidence: str
    details: str
    monitored: tuple[str, ...]
    fixed: tuple[str, ...]
    address: str

    @property
    def search(self) -> str:
        """Return what the search field looks into, in small letters."""
        texts = (
            self.key, self.status, self.country, self.title, self.scope, self.gases,
            self.shape, self.evidence, *self.monitored, *self.fixed,
        )  # fmt: skip
        return " ".join(texts).casefold()


def item(m: Methodology) -> CatalogueItem:
    """Return the line of a methodology."""
    inputs = [(p, f"{typed_symbol(p.symbol)} – {p.label}") for p in m.inputs]
    shape = str(shapes()[m.shape]) if m.shape is not None else "not stated"
    evidence, details = evidence_status(m)
    return CatalogueItem(
        key=m.key, id=m.id, version=m.padded_version, status=m.status,
        country=country_of(m), title=m.title,
        scope=scopes_of(m), gases=", ".join(m.gases),
        completeness=COMPLETENESS[m.completeness], shape=shape,
        evidence=evidence, details=details,
        monitored=tuple(text for p, text in inputs if p.is_monitored),
        fixed=tuple(text for p, text in inputs if not p.is_monitored),
        address=m.source.address,
    )  # fmt: skip


def evidence_status(m: Methodology) -> tuple[str, str]:
    """Return one word on the evidence, and what stands behind it."""
    parts: list[Evidence | None] = [
        p.evidence for p in m.parameters.values() if p.value is not None
    ]
    parts += [row.evidence for t in m.tables.values() for row in t.rows]
    parts += [f.evidence for f in m.formulas.values()]
    counts = Counter(parts)
    opened = sum(p.is_unsettled for p in m.parameters.values())
    words = [f"{counts[e]} {e}" for e in Evidence if counts[e]]
    words += [f"{opened} open"] if opened else []
    words.append(f"not official: {counters(m)}")
    return "draft" if m.is_draft else "confirmed", ", ".join(words)


def catalogue_html(methodologies: Iterable[Methodology]) -> str:
    """Return the page: a plain table, searched by a small script where one may run."""
    items = [item(m) for m in methodologies]
    script = _script()
    facts = {
        "items": items,
        "choices": {
            "country": _choices(i.country for i in items),
            "scope": _choices(i.scope for i in items),
            "shape": _choices((i.shape for i in items), by_number=True),
            "evidence": _choices(i.evidence for i in items),
        },
        "labels": {"country": "Host country", "scope": "Sectoral scope",
                   "shape": "Calculation shape", "evidence": "Evidence"},
        "script": _markup(script),
        "hash": base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        "made": f"Made by jcm_xl {__version__}.",
        "web": lambda address: address.startswith(("https://", "http://")),
    }  # fmt: skip
    return render("catalogue.html.j2", visible, facts)


def _choices(texts: Iterable[str], *, by_number: bool = False) -> Sequence[str]:
    def order(text: str) -> tuple[int, str]:
        head = text.split()[0]
        is_number = by_number and head.isdecimal()
        return (int(head) if is_number else 99, text)

    return sorted(set(texts), key=order)


def _script() -> str:
    folder = templates() / "documents"
    text = (folder / "catalogue_script.j2").read_text(encoding="utf-8")
    return text.strip()


def _markup(text: str) -> object:
    from markupsafe import Markup

    return Markup(text)
