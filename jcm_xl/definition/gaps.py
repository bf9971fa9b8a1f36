"""What of a definition no official document has confirmed yet: a work list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from jcm_xl.dataclass import dataclass
from jcm_xl.definition.register import EXAMPLE
from jcm_xl.model.methodology import (
    Criterion,
    EmissionSource,
    Formula,
    Methodology,
    Monitoring,
    Parameter,
    Row,
    Source,
    Table,
    is_read,
)

_HOST = re.compile(r"https?://([a-z0-9-]+\.)*jcm\.go\.jp(/|$)")
_PAGES = "https://www.jcm.go.jp/jc/methodologies/"
"""Where each version has its page: `th-am001-ver3-0/`."""


class GapKind(StrEnum):
    """What is to be looked up."""

    OPEN = "open value"
    UNKNOWN = "kind not known"
    DEFAULT = "default"
    ROW = "table row"
    FORMULA = "formula"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Gap:
    """One number, formula or text that somebody should compare with the document.

    name: as an overlay names it, `tables.T`; row: of a table, its key or class.
    value: what the definition has now; nothing where the value is open.
    place: where it is printed; address: the official page to open. is_each: an open
    value that is asked for each unit of a set, so that no overlay can give it.
    """

    methodology: str
    kind: GapKind
    name: str
    row: str
    label: str
    value: str
    unit: str
    evidence: str
    place: str
    address: str
    is_each: bool = False

    def as_dict(self) -> dict[str, object]:
        """Return the gap for JSON."""
        return {
            "methodology": self.methodology, "kind": str(self.kind),
            "name": self.name, "row": self.row, "label": self.label,
            "value": self.value, "unit": self.unit, "evidence": self.evidence,
            "place": self.place, "address": self.address, "each_unit": self.is_each,
        }  # fmt: skip


def gaps_of(m: Methodology, *, with_texts: bool = False) -> Iterator[Gap]:
    """Yield open values, defaults, table rows and formulas, then texts if asked for.

    What was read in a document is no gap, be it of the file or an overlay.
    """
    yield from (_open(m, p) for p in m.parameters.values() if p.is_unsettled)
    for p in m.parameters.values():
        if p.value is not None and not is_read(p.evidence, p.source):
            yield _default(m, p)
    for table in m.tables.values():
        weak = (r for r in table.rows if not is_read(r.evidence, r.source))
        yield from (_row(m, table, r) for r in weak)
    for f in m.formulas.values():
        if not is_read(f.evidence, f.source):
            yield _formula(m, f)
    if with_texts:
        yield from _texts(m)


def row_name(row: Row) -> str:
    """Return the key of a table's row, or its class in the words of the format."""
    return row.words


def _open(m: Methodology, p: Parameter) -> Gap:
    kind = GapKind.OPEN if p.open else GapKind.UNKNOWN
    note, address = (p.open.note, p.open.address) if p.open else (p.note, "")
    return Gap(
        m.key, kind, f"parameters.{p.name}", "", p.label, "", str(p.unit), "",
        note or _place(m.source), _address(m, Source("", address)),
        p.open is not None and p.index is not None,
    )  # fmt: skip


def _default(m: Methodology, p: Parameter) -> Gap:
    return Gap(
        m.key, GapKind.DEFAULT, f"parameters.{p.name}", "", p.label, str(p.value),
        str(p.unit), str(p.evidence), _place(p.source), _address(m, p.source),
    )  # fmt: skip


def _row(m: Methodology, table: Table, row: Row) -> Gap:
    return Gap(
        m.key, GapKind.ROW, f"tables.{table.name}", row_name(row), table.label,
        str(row.value), str(table.unit), str(row.evidence), _place(row.source),
        _address(m, row.source),
    )  # fmt: skip


def _formula(m: Methodology, f: Formula) -> Gap:
    return Gap(
        m.key, GapKind.FORMULA, f"formulas.{f.name}", "", f.label, f.text, str(f.unit),
        str(f.evidence), _place(f.source), _address(m, f.source),
    )  # fmt: skip


def _texts(m: Methodology) -> Iterator[Gap]:
    for c in m.criteria:
        if not c.is_read:
            name = f"eligibility.{c.id}"
            yield _text(m, name, "Eligibility criterion", c.text, c, c.source)
    for p in m.parameters.values():
        for part in p.monitoring:
            if not part.is_read:
                name = f"monitoring.{p.name}.{part.option}"
                yield _text(m, f"{name}.source", p.label, part.source, part)
                yield _text(m, f"{name}.frequency", p.label, part.frequency, part)
                yield _text(m, f"{name}.procedure", p.label, part.procedure, part)
    for name, s in m.named_sources.items():
        if not s.is_read:
            label = f"Emission source of the {s.side}"
            yield _text(m, name, label, f"{s.source}; {s.gas}", s)


def _text(
    m: Methodology,
    name: str,
    label: str,
    text: str,
    known: Criterion | Monitoring | EmissionSource,
    source: Source | None = None,
) -> Gap:
    source = source or getattr(known, "cited", None) or m.source
    evidence = str(known.evidence)
    evidence = evidence if known.is_official else f"{evidence}, paraphrase"
    return Gap(
        m.key, GapKind.TEXT, name, "", label, text, "", evidence, _place(source),
        _address(m, source),
    )  # fmt: skip


def _place(source: Source | None) -> str:
    """Return where it stands, and where a copy was read if not on an official page."""
    if source is None:
        return ""
    copy = source.seen_at or ("" if _is_official(source.address) else source.address)
    return f"{source}; read at {copy}" if copy else str(source)


def official_page(m: Methodology) -> str:
    """Return the official page of a methodology, the nearest one that is known."""
    return _address(m, None)


def _address(m: Methodology, source: Source | None) -> str:
    """Return the official page to open: the nearest one that is known."""
    for address in (source.address if source else "", m.source.address):
        if _is_official(address):
            return address
    if m.country == EXAMPLE:
        return m.source.address
    code, version = m.id.lower().replace("_", "-"), m.version.replace(".", "-")
    return f"{_PAGES}{code}-ver{version}/"


def _is_official(address: str) -> bool:
    return _HOST.match(address) is not None
