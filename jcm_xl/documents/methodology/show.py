"""A methodology as text: what it asks for, calculates and rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jcm_xl.definition.register import countries, scopes
from jcm_xl.documents.calculation import symbol_of
from jcm_xl.documents.lines import BLANK, Line, counters, line, table
from jcm_xl.documents.net import UNKNOWN, safe_words
from jcm_xl.expr.to_text import to_plain
from jcm_xl.model.methodology import (
    Criterion,
    Evidence,
    Kind,
    Matter,
    Methodology,
    Parameter,
    Row,
    Source,
    Table,
)


def library_lines(methodologies: Iterable[Methodology]) -> Iterator[Line]:
    """Yield a line for each methodology of the library."""
    rows = [
        (
            m.id, m.version, m.status, *(str(t) for t in m.tallies.values()),
            m.completeness, "DRAFT" if m.is_draft else "official", m.title,
        )
        for m in methodologies
    ]  # fmt: skip
    headings = ("id", "version", "status", *(f"{part}s" for part in Matter), "", "",
                "title")  # fmt: skip
    yield from table(headings, rows)


def methodology_lines(m: Methodology) -> Iterator[Line]:
    """Yield everything that a participant or verifier asks of a definition."""
    yield line(f"{m.key} {m.title}", "head")
    yield line(f"{m.spreadsheet_id}, {m.status}, {', '.join(m.gases)}")
    yield line("; ".join(_belonging(m)))
    yield line(_source(m.source))
    if m.is_draft:
        yield line(f"DRAFT: not official: {counters(m)}", "warning")
        yield line(", ".join(statement.name for statement in m.unread), "dim", 2)
    if m.overlay is not None:
        yield line(f"Overlay {m.overlay.file}: {m.overlay}", "good")
        yield line(f"confirms {', '.join(m.overlay.entries)}", "", 2)
    for word, text in m.summary.items():
        yield line(f"{word}: {text}", "", 2)
    yield from _sets(m)
    yield from _inputs(m)
    yield from _formulas(m)
    yield from _defaults(m)
    yield from _criteria(m)
    yield from _examples(m)


def _belonging(m: Methodology) -> Iterator[str]:
    """Yield the country and the sectoral scopes by name."""
    yield countries().get(m.country, m.country)
    for number in m.scopes:
        scope = scopes().get(number)
        yield f"scope {number} {scope.title_in(m.country) if scope else ''}".rstrip()


def _block(title: str) -> Iterator[Line]:
    yield BLANK
    yield line(title, "head")


def _sets(m: Methodology) -> Iterator[Line]:
    if not m.sets:
        return
    yield from _block("Sets (one row for each unit)")
    for s in m.sets.values():
        often = "always" if s.is_fixed else "up to"
        yield line(f"{s.name}: {s.label}, {often} {s.max_rows:,} rows", "", 2)


def _inputs(m: Methodology) -> Iterator[Line]:
    for title, inputs in (
        ("Monitored: [ex_ante] and [ex_post]", [p for p in m.inputs if p.is_monitored]),
        ("Fixed ex ante: [fixed]", [p for p in m.inputs if not p.is_monitored]),
    ):
        if inputs:
            yield from _block(title)
            headings = ("name", "unit", "one a", "takes", "what it is")
            yield from table(headings, (_input(m, p) for p in inputs), 2)


def _input(m: Methodology, p: Parameter) -> tuple[str, ...]:
    takes = [f"option {' or '.join(p.options)}"] if len(p.options) > 1 else []
    if p.is_choice:
        takes.append(" | ".join(f"'{text}'" for text in m.choices(p)))
    elif limits := str(p.bounds):
        takes.append(limits)
    if p.required_when is not None:
        condition = to_plain(p.required_when, lambda name: name)
        takes.append(f"only if {condition}")
    unit = "text" if p.is_choice else str(p.unit)
    return p.name, unit, p.index or "", "; ".join(takes), p.label


def _formulas(m: Methodology) -> Iterator[Line]:
    yield from _block("Calculated")
    for f in m.formulas.values():
        expression = to_plain(f.tree, lambda name: symbol_of(m, name))
        yield line(f"{symbol_of(m, f.name)} = {expression}  [{f.unit}]", "", 2)
        yield line(f.label, "", 6)
        yield line(f"{f.source} ({f.evidence})", _trust(f.evidence), 6)


def _defaults(m: Methodology) -> Iterator[Line]:
    given = [p for p in m.parameters.values() if p.kind is Kind.DEFAULT]
    if not (given or m.constants or m.tables):
        return
    yield from _block("Default values and constants")
    for p in given:
        value = f"{p.value} {p.unit}" if p.value is not None else f"open, in {p.unit}"
        yield line(f"{symbol_of(m, p.name)} = {value}  {p.label}", "", 2)
        if p.source:
            yield line(f"{p.source} ({p.evidence})", _trust(p.evidence), 6)
        yield line(safe_words(m, p.name), "", 6)
    for c in m.constants.values():
        yield line(f"{symbol_of(m, c.name)} = {c.value} {c.unit}  {c.label}", "", 2)
        yield line(c.basis, "dim", 6)
    for t in m.tables.values():
        yield line(f"{t.name}: {t.label} [{t.unit}]", "", 2)
        for at, row in enumerate(t.rows):
            yield line(f"{_key(t, row)}: {row.value}", "", 6)
            yield line(f"{row.source} ({row.evidence})", _trust(row.evidence), 10)
            yield line(safe_words(m, t.name, at), "", 10)


def _key(t: Table, row: Row) -> str:
    if row.start is None:
        return row.key
    sign = "<=" if row.is_closed else "<"
    return f"{row.start} <= {t.key_label} {sign} {row.end} {t.key_unit}"


def _criteria(m: Methodology) -> Iterator[Line]:
    yield from _block("Eligibility")
    for c in m.criteria:
        yield line(f"{c.id}: {c.text}", "", 2)
        if c.check is not None:
            condition = to_plain(c.check, lambda name: symbol_of(m, name))
            yield line(f"calculated: {condition}", "", 6)
        yield line(f"serves (our reading): {purpose(c)}", "dim", 6)


def purpose(c: Criterion) -> str:
    """Return what a criterion serves and its form: `registration, benchmark`."""
    return f"{c.serves or UNKNOWN}, {c.form or UNKNOWN}"


def _examples(m: Methodology) -> Iterator[Line]:
    yield from _block("Examples (jcm-xl fill --example N)")
    for number, example in enumerate(m.examples, 1):
        credited = "" if example.credited is None else f" ({example.credited} credited)"
        yield line(f"{number}. {example.title}{credited}", "", 2)


def _trust(evidence: Evidence | None) -> str:
    return "dim" if evidence is Evidence.DOCUMENT else "warning"


def _source(source: Source) -> str:
    return ", ".join(part for part in (str(source), source.address) if part)
