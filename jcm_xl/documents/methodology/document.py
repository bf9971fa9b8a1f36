"""A methodology in the order of the official document: sections A to I and history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field

from jcm_xl.dataclass import dataclass
from jcm_xl.definition.register import countries, scopes
from jcm_xl.definition.shapes import shapes
from jcm_xl.documents.methodology.blocks import (
    Document,
    DocumentBlock,
    Equation,
    Heading,
    Inline,
    InlineFormula,
    InlineText,
    Paragraph,
    PrintedTable,
    Section,
    Span,
)
from jcm_xl.documents.methodology.show import purpose
from jcm_xl.documents.net import UNKNOWN, safe_word, why
from jcm_xl.expr.nodes import Expr
from jcm_xl.expr.to_text import to_plain
from jcm_xl.expr.typeset import Naming, equation, symbol_box, typeset
from jcm_xl.expr.used import names, tables
from jcm_xl.model.dependencies import dependencies
from jcm_xl.model.methodology import (
    Conservatism,
    Constant,
    Criterion,
    Evidence,
    Formula,
    Kind,
    Matter,
    Methodology,
    Parameter,
    Row,
    Source,
    Table,
    is_read,
)
from jcm_xl.text.symbols import typed_symbol
from jcm_xl.version import __version__

COMPLETENESS = {
    "A": "A: formula, parameters and constants were at hand",
    "B": "B: formula and parameters were at hand, numbers not all",
    "C": "C: the formula was at hand in words only",
}
EVIDENCE = {
    Evidence.DOCUMENT: Span("official document", "sure"),
    Evidence.SUMMARY: Span("official page, in words", "weak"),
    Evidence.SECONDARY: Span("third party's text, not confirmed", "weak"),
    Evidence.RECOLLECTION: Span("recollection, not confirmed", "weak"),
}
_SUMMARY = {
    "measures": "GHG emission reduction measures",
    "reference": "Calculation of reference emissions",
    "project": "Calculation of project emissions",
    "monitoring": "Monitoring parameters",
}
_OPTIONS = {"A": "public data", "B": "commercial evidence", "C": "measuring equipment"}
_DASH = (Span("–"),)


def methodology_document(m: Methodology) -> Document:
    """Return the document of a methodology."""
    return _Writer(m).document()


@dataclass(slots=True)
class _Writer:
    """Writes one document; equations are numbered in the order of their printing."""

    m: Methodology
    numbers: dict[str, int] = field(default_factory=dict)

    def document(self) -> Document:
        m = self.m
        self._number()
        sections = (
            Section("A", "Title of the methodology", (_paragraph(m.title),)),
            Section("B", "Terms and definitions", tuple(self._terms())),
            Section("C", "Summary of the methodology", tuple(self._summary())),
            Section("D", "Eligibility criteria", tuple(self._criteria())),
            Section("E", "Emission sources and GHG types", tuple(self._sources())),
            Section(
                "F",
                "Establishment and calculation of reference emissions",
                tuple(self._reference()),
            ),
            Section("G", "Calculation of project emissions", tuple(self._project())),
            Section(
                "H", "Calculation of emission reductions", tuple(self._reductions())
            ),
            Section("I", "Data and parameters fixed ex ante", tuple(self._fixed())),
            Section("", "History of the document", tuple(self._history())),
        )
        return Document(
            key=m.key,
            spreadsheet_id=m.spreadsheet_id,
            title=m.title,
            facts=tuple(self._facts()),
            unconfirmed=tuple(unconfirmed(m)),
            notice=self._notice(),
            sections=sections,
            made=f"Made by jcm_xl {__version__} from the definition {m.key}, "
            f"fingerprint {m.digest[:12]}.",
        )

    # -- cover -----------------------------------------------------------------------

    def _facts(self) -> Iterator[tuple[str, InlineText]]:
        m = self.m
        yield "Methodology", (Span(m.id),)
        yield "Version", (Span(m.padded_version),)
        yield "Host country", (Span(country_of(m)),)
        yield "Sectoral scope(s)", (Span(scopes_of(m)),)
        yield "Gases", (Span(", ".join(m.gases) or "–"),)
        date = f" on {m.approved.isoformat()}" if m.approved else ""
        yield "Status", (Span(f"{m.status}{date}"),)
        yield "Monitoring spreadsheet", (Span(m.spreadsheet_id),)
        yield "Official text", _cited(m.source)
        yield "Completeness of the definition", (Span(COMPLETENESS[m.completeness]),)
        if m.shape is not None:
            yield "Calculation shape", (Span(str(shapes()[m.shape])),)

    def _notice(self) -> InlineText:
        words = (
            "The texts are the approved wording where nothing else is said. "
            if self.m.is_official
            else "The texts are a paraphrase, not the approved wording. "
        )
        return (
            Span(
                "This document was made from a definition in jcm_xl. " + words
                + "The text approved by the Joint Committee prevails: "
            ),
            *_cited(self.m.source),
        )  # fmt: skip

    # -- sections A to E -------------------------------------------------------------

    def _terms(self) -> Iterator[DocumentBlock]:
        if not self.m.terms:
            yield _paragraph("The definition holds no terms.")
            return
        rows = tuple(
            ((Span(t.term, "strong"),), (Span(t.definition),)) for t in self.m.terms
        )
        yield PrintedTable(("Terms", "Definitions"), rows, (25, 75))

    def _summary(self) -> Iterator[DocumentBlock]:
        rows = tuple(
            ((Span(title, "strong"),), (Span(self.m.summary.get(key, "")),))
            for key, title in _SUMMARY.items()
        )
        yield PrintedTable(("Items", "Summary"), rows, (25, 75))
        monitored = [p for p in self.m.parameters.values() if p.is_monitored]
        if monitored:
            yield PrintedTable(
                ("Parameter", "Description of data", "Unit", "Monitoring"),
                tuple(self._monitored(p) for p in monitored),
                (15, 35, 12, 38),
                "Parameters monitored ex post",
            )

    def _monitored(self, p: Parameter) -> tuple[InlineText, ...]:
        words: list[Inline] = []
        for block in p.monitoring:
            if words:
                words.append(Span("\n"))
            option = f"Option {block.option} ({_OPTIONS[block.option]}): "
            words += [
                Span(option, "strong"),
                Span(f"{block.source}; {block.frequency}"),
            ]
        if p.required_when is not None:
            words += [Span("\nOnly if "), self._condition(p.required_when)]
        return (
            (self._symbol(p.name),),
            (Span(p.label),),
            (Span(str(p.unit)),),
            tuple(words),
        )

    def _criteria(self) -> Iterator[DocumentBlock]:
        yield _paragraph(
            "This methodology is applicable to projects that satisfy all of the "
            "following criteria."
        )
        rows = tuple(
            (
                (Span(c.id, "strong"),), self._criterion(c), (Span(purpose(c)),),
                _trust(c.evidence, c.source),
            )
            for c in self.m.criteria
        )  # fmt: skip
        heads = ("Criterion", "Requirement", "Serves (our reading)", "Rests on")
        yield PrintedTable(heads, rows, (10, 44, 18, 28))

    def _criterion(self, c: Criterion) -> InlineText:
        if c.check is None:
            return (Span(c.text),)
        how = Span("\nAnswered by calculation: ", "dim")
        return Span(c.text), how, self._condition(c.check)

    def _sources(self) -> Iterator[DocumentBlock]:
        for side in ("reference", "project", "leakage"):
            rows = tuple(
                ((Span(s.source),), (Span(s.gas),))
                for s in self.m.emission_sources
                if s.side == side
            )
            if not rows and side == "leakage":
                continue
            title = f"{side.capitalize()} emissions"
            yield PrintedTable(("Emission sources", "GHG types"), rows, (75, 25), title)

    # -- equations -------------------------------------------------------------------

    def _number(self) -> None:
        for name in (*self._side("reference"), *self._side("project")):
            self.numbers.setdefault(name, len(self.numbers) + 1)
        for name in self.m.formulas:  # the reductions, and what stands beside them
            self.numbers.setdefault(name, len(self.numbers) + 1)

    def _side(self, side: str) -> list[str]:
        """Return the formulas of a side, in the order of the calculation sheet."""
        found = dependencies(self.m, getattr(self.m.results, side))
        return [name for name in self.m.formulas if name in found]

    def _reference(self) -> Iterator[DocumentBlock]:
        yield Heading("F.1. Establishment of reference emissions")
        yield _paragraph(self.m.summary.get("reference", ""))
        yield _paragraph(why(self.m))
        yield from self._conservative()
        yield Heading("F.2. Calculation of reference emissions")
        yield from self._equations(self._side("reference"))

    def _conservative(self) -> Iterator[DocumentBlock]:
        for p in self.m.parameters.values():
            if p.limits is not None:
                between = f"between {p.limits.lower} and {p.limits.upper} {p.unit}; "
                used = f"the {p.limits.used} value is used."
                yield Paragraph((self._symbol(p.name), Span(f" lies {between}{used}")))
        rows = tuple(self._safe_rows())
        if rows:
            heads = ("Default", "Which direction credits less (computed)",
                     "Why it is conservative", "Rests on")  # fmt: skip
            yield PrintedTable(heads, rows, (18, 26, 30, 26), "Default values")

    def _safe_rows(self) -> Iterator[tuple[InlineText, ...]]:
        """Yield a row for each default, and for table rows of which the same holds."""
        m = self.m
        for p in m.parameters.values():
            if p.kind is Kind.DEFAULT:
                symbol, why = self._symbol(p.name), m.conservatism(p.name)
                yield _safe_row((symbol,), safe_word(m, p.name), why)
        for t in m.tables.values():
            alike: dict[tuple[str, Conservatism | None], list[str]] = {}
            for at, row in enumerate(t.rows):
                found = safe_word(m, t.name, at), m.conservatism(t.name, row)
                alike.setdefault(found, []).append(row.key or f"from {row.start}")
            for (direction, why), keys in alike.items():
                words = Span(f": {'; '.join(keys)}" if len(alike) > 1 else "")
                yield _safe_row((self._symbol(t.name), words), direction, why)

    def _project(self) -> Iterator[DocumentBlock]:
        yield _paragraph(self.m.summary.get("project", ""))
        reference = set(self._side("reference"))
        own = [name for name in self._side("project") if name not in reference]
        yield from self._equations(own)

    def _reductions(self) -> Iterator[DocumentBlock]:
        sides = {*self._side("reference"), *self._side("project")}
        yield from self._equations([n for n in self.m.formulas if n not in sides])
        yield _paragraph(
            "The emission reductions are rounded down to whole tonnes once, at the end."
        )

    def _equations(self, wanted: Iterable[str]) -> Iterator[DocumentBlock]:
        for name in wanted:
            yield self._equation(self.m.formulas[name])

    def _equation(self, f: Formula) -> Equation:
        plain = to_plain(f.tree, self._plain)
        used = (*names(f.tree), *tables(f.tree))
        rows = tuple(self._meaning(name) for name in dict.fromkeys(used))
        headings = ("Symbol", "Description", "Unit", "Comes from")
        return Equation(
            number=self.numbers[f.name],
            box=equation(f.name, f.tree, self._naming),
            plain=f"{self._plain(f.name)} = {plain}",
            label=f.label,
            unit=str(f.unit),
            note=f.note,
            trust=_trust(f.evidence, f.source),
            where=PrintedTable(headings, rows, (18, 46, 14, 22)) if rows else None,
        )

    def _meaning(self, name: str) -> tuple[InlineText, ...]:
        m = self.m
        symbol = (self._symbol(name),)
        if name in m.formulas:
            f = m.formulas[name]
            origin = f"equation ({self.numbers[name]})"
            return symbol, (Span(f.label),), (Span(str(f.unit)),), (Span(origin),)
        if name in m.tables:
            t = m.tables[name]
            return symbol, (Span(t.label),), (Span(str(t.unit)),), (Span("section I"),)
        if name in m.constants:
            c = m.constants[name]
            words = f"{c.value}, a constant"
            return symbol, (Span(c.label),), (Span(str(c.unit)),), (Span(words),)
        p = m.parameters[name]
        unit = "–" if p.is_choice else str(p.unit)
        return symbol, (Span(p.label),), (Span(unit),), _origin(p)

    @property
    def _naming(self) -> Naming:
        return Naming(self._shown, self._index)

    def _index(self, name: str) -> str | None:
        return self.m.index_of(name)

    def _shown(self, name: str) -> str:
        m = self.m
        if name in m.tables:
            return f"Table {list(m.tables).index(name) + 1}"
        return m.named(name).symbol

    def _plain(self, name: str) -> str:
        return typed_symbol(self._shown(name))

    def _symbol(self, name: str) -> InlineFormula:
        return InlineFormula(symbol_box(self._shown(name)), self._plain(name))

    def _condition(self, tree: Expr) -> InlineFormula:
        return InlineFormula(typeset(tree, self._naming), to_plain(tree, self._plain))

    # -- section I and history -------------------------------------------------------

    def _fixed(self) -> Iterator[DocumentBlock]:
        m = self.m
        every = list(m.parameters.values())
        defaults = [p for p in every if p.kind is Kind.DEFAULT]
        fixed = [p for p in every if p.kind in (Kind.FIXED, Kind.UNKNOWN)]
        if not (defaults or fixed or m.tables or m.constants):
            yield _paragraph("Nothing is fixed ex ante.")
        headings = ("Parameter", "Description of data", "Value", "Source and evidence")
        widths = (15, 35, 18, 32)
        if defaults:
            rows = tuple(self._default(p) for p in defaults)
            yield PrintedTable(
                headings, rows, widths, "Default values of the methodology"
            )
        if fixed:
            rows = tuple(self._project_value(p) for p in fixed)
            yield PrintedTable(headings, rows, widths, "Values of the project")
        for number, table in enumerate(m.tables.values(), 1):
            yield _table(number, table)
        if m.constants:
            rows = tuple(self._constant(c) for c in m.constants.values())
            yield PrintedTable(headings, rows, widths, "Constants")

    def _default(self, p: Parameter) -> tuple[InlineText, ...]:
        head: tuple[InlineText, ...] = (self._symbol(p.name),), (Span(p.label),)
        if p.open is not None:
            value: InlineText = (Span(f"OPEN, in {p.unit}", "open"),)
            where = Span(p.open.note, "", p.open.address)
            return *head, value, (where,)
        number = Span(f"{p.value} {_unit(p)}".rstrip())
        return *head, (number,), _trust(p.evidence, p.source)

    def _project_value(self, p: Parameter) -> tuple[InlineText, ...]:
        value = "chosen from a list" if p.is_choice else f"in {p.unit}"
        if str(p.unit) == "-":
            value = "a number without unit"
        limits = f", {p.bounds}" if str(p.bounds) else ""
        words: list[Inline] = [
            Span(p.note or "Fixed by the project before validation.")
        ]
        if p.is_choice:
            listed = " | ".join(f"‘{text}’" for text in self.m.choices(p))
            words.append(Span(f"\nOne of: {listed}"))
        if p.required_when is not None:
            words += [Span("\nOnly if "), self._condition(p.required_when)]
        return (
            (self._symbol(p.name),), (Span(p.label),), (Span(value + limits),),
            tuple(words),
        )  # fmt: skip

    def _constant(self, c: Constant) -> tuple[InlineText, ...]:
        value = (Span(f"{c.value} {c.unit}".removesuffix(" -")),)
        return (self._symbol(c.name),), (Span(c.label),), value, (Span(c.basis),)

    def _history(self) -> Iterator[DocumentBlock]:
        if not self.m.history:
            yield _paragraph("The definition holds no history.")
            return
        rows = tuple(
            (
                (Span(change.version),),
                (Span(change.date.isoformat()),) if change.date else _DASH,
                (Span(change.change),),
            )
            for change in self.m.history
        )
        yield PrintedTable(("Version", "Date", "Contents revised"), rows, (12, 18, 70))


def _safe_row(
    what: InlineText, direction: str, why: Conservatism | None
) -> tuple[InlineText, ...]:
    head = (what, (Span(direction),))
    if why is None:
        return *head, (Span(UNKNOWN, "open"),), _DASH
    return *head, (Span(why.text),), _trust(why.evidence, why.source)


def country_of(m: Methodology) -> str:
    """Return the name of the host country; its code where none is known."""
    return countries().get(m.country, m.country)


def scopes_of(m: Methodology) -> str:
    """Return `03. Energy demand`, with the title that the country uses."""
    known = scopes()
    return "; ".join(
        f"{n}. {known[n].title_in(m.country)}" if n in known else n for n in m.scopes
    )


def unconfirmed(m: Methodology) -> Iterator[tuple[str, str]]:
    """Yield what no official document confirms, and why; open values first."""
    for p in m.parameters.values():
        if p.open is not None:
            yield typed_symbol(p.symbol), "open: the number is not known"
        elif p.is_unsettled:
            why = "not known whether the methodology gives it or the participant"
            yield typed_symbol(p.symbol), why
    for p in m.parameters.values():
        if p.value is not None and not is_read(p.evidence, p.source):
            yield typed_symbol(p.symbol), f"value: {_known(p.evidence)}"
    for t in m.tables.values():
        yield from _unread_rows(t)
    for f in m.formulas.values():
        if not is_read(f.evidence, f.source):
            yield typed_symbol(f.symbol), f"equation: {_known(f.evidence)}"
    texts = m.tallies[Matter.TEXT]
    if texts.unread:
        what = "criteria, monitoring and emission sources: not the approved wording"
        yield f"Binding texts, {texts}", what


def _unread_rows(t: Table) -> Iterator[tuple[str, str]]:
    weak = [row.evidence for row in t.rows if not is_read(row.evidence, row.source)]
    for evidence in dict.fromkeys(weak):
        rows = f"{weak.count(evidence)} of {len(t.rows)} rows"
        yield t.label, f"{rows}: {_known(evidence)}"


def _known(evidence: Evidence | None) -> str:
    return EVIDENCE[evidence or Evidence.RECOLLECTION].text


def _paragraph(text: str) -> Paragraph:
    return Paragraph((Span(text),))


def _cited(source: Source) -> InlineText:
    parts: list[Inline] = [Span(str(source), "", source.address)]
    if source.seen_at:
        parts += [Span("; read at "), Span(source.seen_at, "", source.seen_at)]
    return tuple(parts)


def _trust(evidence: Evidence | None, source: Source | None) -> InlineText:
    """Return a source with a mark that says how well it is known."""
    if evidence is None or source is None:
        return _DASH
    return EVIDENCE[evidence], Span("\n"), *_cited(source)


def _origin(p: Parameter) -> InlineText:
    if p.open is not None:
        return (Span("section I, OPEN", "open"),)
    if p.is_monitored:
        return (Span("monitored"),)
    words = "fixed ex ante" if p.is_input else "section I"
    return (Span(words),)


def _unit(p: Parameter) -> str:
    return "" if str(p.unit) == "-" else str(p.unit)


def _table(number: int, table: Table) -> PrintedTable:
    unit = str(table.unit)
    value = "Value" if unit == "-" else f"Value ({unit})"
    rows = tuple(
        ((Span(_key(row)),), (Span(str(row.value)),), _trust(row.evidence, row.source))
        for row in table.rows
    )
    key = table.key_label or "For"
    if table.key_unit is not None and str(table.key_unit) != "-":
        key = f"{key} ({table.key_unit})"
    title = f"Table {number}. {table.label}"
    return PrintedTable((key, value, "Source and evidence"), rows, (35, 20, 45), title)


def _key(row: Row) -> str:
    if row.start is None:
        return row.key
    return f"{row.start} ≤ x {'≤' if row.is_closed else '<'} {row.end}"
