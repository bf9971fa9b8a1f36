"""A methodology version as it was defined: the one model everything reads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from math import isfinite
from typing import TypeAlias

from jcm_xl.dataclass import dataclass
from jcm_xl.expr.nodes import Expr
from jcm_xl.expr.units import Unit
from jcm_xl.model.tolerance import REL_TOL
from jcm_xl.text.spellings import is_spelling_of


def fold_symbol(symbol: str) -> str:
    """Return a symbol as the live functions match it: without spaces, _ , { }."""
    return re.sub(r"[\s_,{}]", "", symbol).casefold()


class Evidence(StrEnum):
    """How well a number, formula or text is known, the surest first.

    document: the clause itself was read; summary: an official page tells it in words;
    secondary: a third party tells it; recollection: nobody has seen it.
    """

    DOCUMENT = "document"
    SUMMARY = "summary"
    SECONDARY = "secondary"
    RECOLLECTION = "recollection"


class Kind(StrEnum):
    """Who supplies the value of a parameter, and when.

    unknown: asked as a fixed one, though the methodology may give the value itself.
    """

    MONITORED = "monitored"
    FIXED = "fixed"
    DEFAULT = "default"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a number, formula or text stands; the official title first.

    says: what the clause says, in our own words; read: the day on which it was read;
    version: of the methodology it belongs to. A `document` has all three.
    """

    title: str
    address: str = ""
    section: str = ""
    seen_at: str = ""
    says: str = ""
    read: date | None = None
    version: str = ""

    def __str__(self) -> str:
        return ", ".join(part for part in (self.title, self.section) if part)


def is_read(evidence: Evidence | None, source: Source | None) -> bool:
    """Tell whether the clause itself was read: a document, and the day is told.

    Files of schema 1 called official pages documents, too, and told no day.
    """
    is_document = evidence is Evidence.DOCUMENT
    return is_document and source is not None and source.read is not None


@dataclass(frozen=True, slots=True)
class Bounds:
    """Limits of a number; `None` where there is none."""

    at_least: Decimal | None = None
    above: Decimal | None = None
    at_most: Decimal | None = None
    below: Decimal | None = None
    is_whole: bool = False

    def admit(self, value: float | Decimal) -> bool:
        """Tell whether the value lies within all limits: 0.3 is at least 0.3."""
        if isinstance(value, float) and isfinite(value):
            value = Decimal(repr(value))  # the digits that were typed
        if self.is_whole and not _is_whole(value):
            return False
        return (
            (self.at_least is None or value >= self.at_least)
            and (self.above is None or value > self.above)
            and (self.at_most is None or value <= self.at_most)
            and (self.below is None or value < self.below)
        )

    def __str__(self) -> str:
        words = (
            ("at least", self.at_least),
            ("more than", self.above),
            ("at most", self.at_most),
            ("less than", self.below),
        )
        parts = ["a whole number"] if self.is_whole else []
        parts += [f"{word} {n}" for word, n in words if n is not None]
        return " and ".join(parts)


def _is_whole(value: float | Decimal) -> bool:
    exact = Decimal(value)
    return exact.is_finite() and exact == exact.to_integral_value()


@dataclass(frozen=True, slots=True)
class Monitoring:
    """What the text columns say when this monitoring option is chosen."""

    option: str
    source: str
    procedure: str
    frequency: str
    is_official: bool
    evidence: Evidence = Evidence.RECOLLECTION
    cited: Source | None = None

    @property
    def is_read(self) -> bool:
        """Tell whether it is the wording of a clause that was read."""
        return self.is_official and is_read(self.evidence, self.cited)


@dataclass(frozen=True, slots=True)
class Open:
    """A number of the methodology that nobody had at hand: asked, never guessed."""

    note: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """Between what the literature has a default value, and which of it is used."""

    lower: Decimal
    upper: Decimal
    used: str


@dataclass(frozen=True, slots=True)
class Conservatism:
    """Why a default value credits less than is reduced, in our words."""

    text: str
    source: Source
    evidence: Evidence

    def __str__(self) -> str:
        return f"{self.text} ({self.source}; {self.evidence})"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One row of the methodology's parameter tables.

    `index` names the set over whose units the parameter runs, or is `None`.
    `choices` is the name of a table, a tuple of texts, or `None` for a number.
    `conservative`: why a default value is; `Methodology.conservatism` knows more.
    """

    name: str
    symbol: str
    label: str
    kind: Kind
    unit: Unit
    index: str | None = None
    bounds: Bounds = Bounds()
    plausible: Bounds | None = None
    choices: str | tuple[str, ...] | None = None
    value: Decimal | None = None
    open: Open | None = None
    limits: Limits | None = None
    source: Source | None = None
    evidence: Evidence | None = None
    required_when: Expr | None = None
    monitoring: tuple[Monitoring, ...] = ()
    fuel: str = ""
    note: str = ""
    is_official: bool = False
    conservative: Conservatism | None = None
    fact: str = ""

    @property
    def is_input(self) -> bool:
        """Tell whether the participant types it."""
        return self.kind is not Kind.DEFAULT or self.open is not None

    @property
    def is_choice(self) -> bool:
        """Tell whether it is a text from a list."""
        return self.choices is not None

    @property
    def options(self) -> tuple[str, ...]:
        """Return the monitoring options the methodology allows, `("B", "C")`."""
        return tuple(block.option for block in self.monitoring)

    @property
    def is_monitored(self) -> bool:
        """Tell whether it stands in Table 1."""
        return self.kind is Kind.MONITORED

    @property
    def is_additive(self) -> bool:
        """Tell whether a sum over units or months has a meaning: amounts per period."""
        return not self.is_choice and self.unit.exponent("p") == -1

    @property
    def is_unsettled(self) -> bool:
        """Tell whether the number of the methodology, if it has one, is not known."""
        return self.open is not None or self.kind is Kind.UNKNOWN


@dataclass(frozen=True, slots=True)
class Constant:
    """A conversion or a fact of physics; not a number of the methodology."""

    name: str
    symbol: str
    label: str
    value: Decimal
    unit: Unit
    basis: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: `key` for exact tables, `start` and `end` for classes.

    A point of a table of points has `start` alone: where it lies.
    fact: the name of the fact of a country that it cites, if it does.
    """

    value: Decimal
    source: Source
    evidence: Evidence
    key: str = ""
    start: Decimal | None = None
    end: Decimal | None = None
    is_closed: bool = False
    fact: str = ""
    conservative: Conservatism | None = None

    @property
    def words(self) -> str:
        """Return the key of the row, its class or its point as the format says it."""
        if self.start is None:
            return self.key
        if self.end is None:
            return f"at {self.start}"
        return f"from {self.start} {'upto' if self.is_closed else 'below'} {self.end}"


@dataclass(frozen=True, slots=True)
class Table:
    """Default values by text (`exact`), by class of a number or between `points`.

    key_count: 2 where a row has two keys, which its `key` joins.
    """

    name: str
    label: str
    match: str
    unit: Unit
    rows: tuple[Row, ...]
    source: Source
    evidence: Evidence
    key_label: str = ""
    key_unit: Unit | None = None
    conservative: Conservatism | None = None
    key_count: int = 1

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the texts of an exact table in file order."""
        return tuple(row.key for row in self.rows)


@dataclass(frozen=True, slots=True)
class Formula:
    """One quantity that is calculated."""

    name: str
    symbol: str
    label: str
    unit: Unit
    tree: Expr
    text: str
    source: Source
    evidence: Evidence
    index: str | None = None
    fuel: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class UnitSet:
    """What an index runs over: chillers, systems, strata.

    min_rows: 0 where a project may have none of them. is_fixed: whether each project
    has all rows, such as twelve months; names: what each of them is called, if it is.
    """

    name: str
    label: str
    max_rows: int
    default_rows: int = 10
    min_rows: int = 1
    names: tuple[str, ...] = ()
    is_fixed: bool = False

    def number(self, u: int) -> str:
        """Return what stands before the row of a unit: `(1)`, or `(1) January`."""
        return f"({u}) {self.names[u - 1]}" if self.names else f"({u})"


@dataclass(frozen=True, slots=True)
class Criterion:
    """An eligibility criterion; `check` answers it by calculation where it can.

    serves: `registration` or `applicability`, where it is said. form: `benchmark`,
    `positive list` or `condition`.
    """

    id: str
    text: str
    check: Expr | None
    check_text: str
    source: Source
    evidence: Evidence
    is_official: bool

    @property
    def is_read(self) -> bool:
        """Tell whether it is the wording of a clause that was read."""
        return self.is_official and is_read(self.evidence, self.source)

    serves: str = ""
    form: str = ""


@dataclass(frozen=True, slots=True)
class EmissionSource:
    """An emission source of the reference or the project."""

    side: str
    source: str
    gas: str
    is_official: bool = False
    evidence: Evidence = Evidence.RECOLLECTION
    cited: Source | None = None

    @property
    def is_read(self) -> bool:
        """Tell whether it is the wording of a clause that was read."""
        return self.is_official and is_read(self.evidence, self.cited)


@dataclass(frozen=True, slots=True)
class Term:
    """A term of section B; nobody has seen its definition where nothing is said."""

    term: str
    definition: str
    evidence: Evidence = Evidence.RECOLLECTION
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A line of the document's history."""

    version: str
    change: str
    date: date | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """Inputs with the numbers they must give.

    business_as_usual: what would be emitted without the mechanism, where it is known.
    """

    title: str
    given: Mapping[str, object]
    expect: Mapping[str, object]
    credited: int | None
    source: Source | None
    rel_tol: float = REL_TOL
    business_as_usual: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """The names of the three quantities the sheets ask for.

    leakage: emissions elsewhere that the project causes; empty where there is none.
    """

    reference: str
    project: str
    reduction: str
    leakage: str = ""

    @property
    def figures(self) -> tuple[str, ...]:
        """Return the names of what is shown, the reduction last."""
        between = (self.leakage,) if self.leakage else ()
        return (self.reference, self.project, *between, self.reduction)


@dataclass(frozen=True, slots=True)
class Overlay:
    """Official figures that somebody added to a definition from a document.

    digest: of the overlay file; base: of the definition without it; entries: what it
    confirms, as `tables.T[key]`.
    """

    file: str
    digest: str
    base: str
    confirmed_by: str
    confirmed_on: date
    entries: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.digest[:16]} of {self.confirmed_on} by {self.confirmed_by}"


class Matter(StrEnum):
    """What a definition consists of, as far as somebody has to have read it."""

    NUMBER = "number"
    FORMULA = "formula"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Statement:
    """One number, formula or binding text, and how well it is known.

    name: as an overlay names it, `tables.T[key]`. evidence: nothing where the value is
    open. is_official: whether the clause itself was read and stands here.
    """

    matter: Matter
    name: str
    evidence: Evidence | None
    is_official: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """How many statements of a matter there are, how many not official."""

    total: int
    unread: int

    def __str__(self) -> str:
        return f"{self.unread} of {self.total}"


class Route(StrEnum):
    """How a methodology makes less of what is credited than of what is reduced.

    Source: Recent Development of the JCM/BOCM, Government of Japan, February 2013,
    'Basic Concept for Crediting under the JCM'.
    """

    REFERENCE = "reference below BaU"
    PROJECT = "conservative project defaults"
    BOTH = "both"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class NetReduction:
    """Why fewer tonnes are credited than are reduced.

    usual:  business-as-usual emissions as an expression, in the unit of the reference
            emissions; `None` where nobody knows them.
    likely: project emissions without conservative defaults, in the same way.
    defaults: the default values and tables of which the text tells why they are so.
    """

    route: Route = Route.UNKNOWN
    text: str = ""
    usual: Expr | None = None
    usual_text: str = ""
    likely: Expr | None = None
    likely_text: str = ""
    source: Source | None = None
    evidence: Evidence | None = None
    defaults: tuple[str, ...] = ()


NOT_KNOWN = NetReduction()

Item: TypeAlias = Parameter | Formula
"""Whatever has a symbol, a label, a unit and perhaps an index."""


@dataclass(frozen=True, eq=False)
class Methodology:
    """One approved or proposed version, complete and checked. Equal only to itself.

    completeness: how much of the official text was at hand. A: formula, parameters
    and constants; B: formula and parameters, numbers not all; C: the formula in words.
    shape: the number of its calculation shape (`definition/shapes.py`), if stated.
    """

    id: str
    version: str
    status: str
    title: str
    country: str
    scopes: tuple[str, ...]
    gases: tuple[str, ...]
    source: Source
    is_official: bool
    summary: Mapping[str, str]
    terms: tuple[Term, ...]
    sets: Mapping[str, UnitSet]
    criteria: tuple[Criterion, ...]
    emission_sources: tuple[EmissionSource, ...]
    parameters: Mapping[str, Parameter]
    constants: Mapping[str, Constant]
    tables: Mapping[str, Table]
    formulas: Mapping[str, Formula]
    results: Results
    history: tuple[Change, ...]
    examples: tuple[Example, ...]
    completeness: str = "A"
    shape: int | None = None
    approved: date | None = None
    digest: str = ""
    order: tuple[str, ...] = field(default=(), repr=False)
    overlay: Overlay | None = None
    net: NetReduction = NOT_KNOWN

    @cached_property
    def padded_version(self) -> str:
        """Return the version as ids print it: `03.0`."""
        major, minor = self.version.split(".")
        return f"{int(major):02d}.{minor}"

    @property
    def spreadsheet_id(self) -> str:
        """Return the id on the sheets: `JCM_TH_AM001_ver03.0`."""
        return f"JCM_{self.id}_ver{self.padded_version}"

    @property
    def key(self) -> str:
        """Return the name users type: `TH_AM001@1.0`."""
        return f"{self.id}@{self.version}"

    @property
    def editions(self) -> dict[str, str]:
        """Return which definition this is, and which overlay, as reports print it."""
        if self.overlay is None:
            return {"definition": self.digest[:16]}
        return {"definition": self.digest[:16], "overlay": str(self.overlay)}

    @cached_property
    def inputs(self) -> tuple[Parameter, ...]:
        """Return the parameters a participant types, in file order."""
        return tuple(p for p in self.parameters.values() if p.is_input)

    @cached_property
    def named_sources(self) -> Mapping[str, EmissionSource]:
        """Return the emission sources by name: `emission_sources.project.1`."""
        found: dict[str, EmissionSource] = {}
        for source in self.emission_sources:
            side = f"emission_sources.{source.side}"
            number = 1 + sum(name.startswith(f"{side}.") for name in found)
            found[f"{side}.{number}"] = source
        return found

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Return all parameters, then all formulas."""
        return (*self.parameters.values(), *self.formulas.values())

    def item(self, name: str) -> Item | Constant | None:
        """Return the parameter, formula or constant of a name, if there is one."""
        return (
            self.parameters.get(name)
            or self.formulas.get(name)
            or self.constants.get(name)
        )

    def named(self, name: str) -> Item | Constant:
        """Return the parameter, formula or constant of a name, else `KeyError`."""
        found = self.item(name)
        if found is None:
            raise KeyError(name)
        return found

    def index_of(self, name: str) -> str | None:
        """Return the set over which a parameter or formula runs, if it does."""
        item = self.parameters.get(name) or self.formulas.get(name)
        return item.index if item else None

    def choices(self, parameter: Parameter) -> tuple[str, ...]:
        """Return the texts a choice may take, in order."""
        if isinstance(parameter.choices, str):
            return self.tables[parameter.choices].keys
        return parameter.choices or ()

    def choice(self, parameter: Parameter, typed: object) -> str | None:
        """Return a choice as the definition spells it, however it was typed."""
        if type(typed) is float and typed == int(typed):
            typed = f"{typed:.0f}"  # 2025 picked from a list is a number in the cell
        if not isinstance(typed, str):
            return None
        texts = self.choices(parameter)
        return next((text for text in texts if is_spelling_of(typed, text)), None)

    def conservatism(self, name: str, row: Row | None = None) -> Conservatism | None:
        """Return why a default, a table or its row is conservative, if it is known."""
        item = self.parameters.get(name) or self.tables.get(name)
        own = (row.conservative if row else None) or (item and item.conservative)
        net = self.net
        if own or name not in net.defaults or not net.source or not net.evidence:
            return own or None
        return Conservatism(net.text, net.source, net.evidence)

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """Return all numbers, then all formulas, then all binding texts."""
        return tuple(statements_of(self))

    @cached_property
    def unread(self) -> tuple[Statement, ...]:
        """Return what is not official: open, at second hand, paraphrased."""
        return tuple(s for s in self.statements if not s.is_official)

    @cached_property
    def tallies(self) -> Mapping[Matter, Tally]:
        """Return the three counters: numbers, formulas, binding texts."""
        return {
            part: Tally(
                sum(statement.matter is part for statement in self.statements),
                sum(statement.matter is part for statement in self.unread),
            )
            for part in Matter
        }

    @property
    def is_rough(self) -> bool:
        """Tell whether the formulas are our reading of words, confirmed by nobody."""
        return self.completeness == "C" and self.tallies[Matter.FORMULA].unread > 0

    @property
    def is_draft(self) -> bool:
        """Tell whether any number, formula or binding text is not official."""
        return bool(self.unread)

    @cached_property
    def drafts(self) -> tuple[str, ...]:
        """Return the stated numbers and the formulas of weaker evidence than document.

        Books of the first shape count these on their face, and no open value or text.
        """
        return tuple(
            s.name.partition(".")[2]
            for s in self.statements
            if s.matter is not Matter.TEXT
            and s.evidence not in (None, Evidence.DOCUMENT)
        )


def statements_of(m: Methodology) -> Iterator[Statement]:
    """Yield numbers, formulas and binding texts in the order of the definition."""
    for p in m.parameters.values():
        if p.is_unsettled:
            yield Statement(Matter.NUMBER, f"parameters.{p.name}", None, False)
        elif p.evidence is not None and p.value is not None:
            name, is_sure = f"parameters.{p.name}", is_read(p.evidence, p.source)
            yield Statement(Matter.NUMBER, name, p.evidence, is_sure)
    for table in m.tables.values():
        for row in table.rows:
            name = f"tables.{table.name}[{row.key or row.start}]"
            is_sure = is_read(row.evidence, row.source)
            yield Statement(Matter.NUMBER, name, row.evidence, is_sure)
    for f in m.formulas.values():
        name = f"formulas.{f.name}"
        is_sure = is_read(f.evidence, f.source)
        yield Statement(Matter.FORMULA, name, f.evidence, is_sure)
    yield from _text_statements(m)


def _text_statements(m: Methodology) -> Iterator[Statement]:
    for c in m.criteria:
        yield Statement(Matter.TEXT, f"eligibility.{c.id}", c.evidence, c.is_read)
    for p in m.parameters.values():
        for block in p.monitoring:
            for word in ("source", "frequency", "procedure"):
                name = f"monitoring.{p.name}.{block.option}.{word}"
                yield Statement(Matter.TEXT, name, block.evidence, block.is_read)
    for name, source in m.named_sources.items():
        yield Statement(Matter.TEXT, name, source.evidence, source.is_read)
