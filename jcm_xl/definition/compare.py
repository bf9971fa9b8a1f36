"""Two definitions beside each other: two versions of a methodology, or two sisters."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from jcm_xl.dataclass import dataclass
from jcm_xl.definition.examples import example_inputs
from jcm_xl.definition.register import Project, applied_by
from jcm_xl.engine.calculate import calculate
from jcm_xl.expr.nodes import Expr
from jcm_xl.expr.to_text import to_source
from jcm_xl.model.methodology import Example, Methodology, Parameter, Table


class SayingKind(StrEnum):
    """The kinds of statement that a definition makes."""

    NUMBER = "number"
    FORMULA = "formula"
    ASKED = "what is asked"
    TEXT = "text"


class Said(NamedTuple):
    """One statement: of which part, and about what, such as `EF_grid.value`."""

    part: SayingKind
    item: str


class DefinitionChange(NamedTuple):
    """A statement that differs; nothing where a definition does not make it."""

    said: Said
    first: str
    second: str


class ExampleMove(NamedTuple):
    """The tonnes of an example by both; in words why there are none."""

    title: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class DefinitionComparison:
    """Two definitions, what differs, and what follows from it.

    moves: the examples of both by both, whether they move or not.
    projects: those of the public list that apply the first.
    """

    first: Methodology
    second: Methodology
    changes: tuple[DefinitionChange, ...]
    moves: tuple[ExampleMove, ...]
    projects: tuple[Project, ...]

    @property
    def is_same(self) -> bool:
        """Tell whether both state the same."""
        return not self.changes


def compare_definitions(a: Methodology, b: Methodology) -> DefinitionComparison:
    """Compare by name what two definitions state, and calculate the examples of both.

    Sources and grades are not compared: what is confirmed is told by `gaps`.
    """
    first, second = dict(_statements(a)), dict(_statements(b))
    changes = [
        DefinitionChange(said, first.get(said, ""), second.get(said, ""))
        for said in dict.fromkeys((*first, *second))
        if first.get(said) != second.get(said)
    ]
    order = list(SayingKind)
    return DefinitionComparison(
        first=a,
        second=b,
        changes=tuple(sorted(changes, key=lambda c: order.index(c.said.part))),
        moves=tuple(_moves(a, b)),
        projects=applied_by(a.key),
    )


def _moves(a: Methodology, b: Methodology) -> Iterator[ExampleMove]:
    told = set[str]()
    for m in (a, b):
        for example in m.examples:
            if repr(example.given) not in told:
                told.add(repr(example.given))
                yield ExampleMove(
                    example.title, _tonnes(a, example), _tonnes(b, example)
                )


def _tonnes(m: Methodology, example: Example) -> str:
    known = {p.name: p for p in m.inputs}
    given = {name: v for name, v in example.given.items() if name in known}
    if strange := [n for n, v in given.items() if not _fits(known[n], v, m)]:
        return f"{strange[0]} is asked otherwise"
    result = calculate(m, example_inputs(m, given))
    if result.missing:
        return f"{result.missing[0].name} is not given"
    if result.credited is None:
        return "not calculable"
    return f"{result.credited:,}"


def _fits(p: Parameter, value: object, m: Methodology) -> bool:
    if isinstance(value, list) != (p.index is not None):
        return False
    items = value if isinstance(value, list) else [value]
    return not p.is_choice or all(item in ("", *m.choices(p)) for item in items)


def _statements(m: Methodology) -> Iterator[tuple[Said, str]]:
    yield from _face(m)
    for p in m.parameters.values():
        yield from _of_parameter(p, m)
    for constant in m.constants.values():
        text = f"{constant.value} {constant.unit}"
        yield Said(SayingKind.NUMBER, f"{constant.name}.value"), text
    for table in m.tables.values():
        yield from _of_table(table)
    for f in m.formulas.values():
        yield Said(SayingKind.FORMULA, f.name), f"{to_source(f.tree)} [{f.unit}]"
        yield Said(SayingKind.TEXT, f"{f.name}.label"), f.label


def _face(m: Methodology) -> Iterator[tuple[Said, str]]:
    yield Said(SayingKind.TEXT, "title"), m.title
    yield Said(SayingKind.TEXT, "sectoral scopes"), ", ".join(m.scopes)
    yield Said(SayingKind.TEXT, "gases"), ", ".join(m.gases)
    for name, text in m.summary.items():
        yield Said(SayingKind.TEXT, f"summary.{name}"), text
    for name, units in m.sets.items():
        names = f": {', '.join(units.names)}" if units.names else ""
        least = units.max_rows if units.is_fixed else units.min_rows
        text = f"{least} to {units.max_rows} of {units.label}{names}"
        yield Said(SayingKind.ASKED, f"set {name}"), text
    for criterion in m.criteria:
        yield Said(SayingKind.TEXT, criterion.id), criterion.text
        yield (
            Said(SayingKind.FORMULA, f"{criterion.id}.check"),
            _source(criterion.check),
        )
    for e in m.emission_sources:
        yield (
            Said(SayingKind.TEXT, f"{e.side} emission source {e.source}, {e.gas}"),
            "stated",
        )
    for role in ("reference", "project", "leakage", "reduction"):
        yield Said(SayingKind.FORMULA, f"results.{role}"), getattr(m.results, role)


def _of_parameter(p: Parameter, m: Methodology) -> Iterator[tuple[Said, str]]:
    of_unit = f", of each {p.index}" if p.index else ""
    yield Said(SayingKind.ASKED, p.name), f"{p.kind}, {p.unit}{of_unit}"
    if p.value is not None:
        yield Said(SayingKind.NUMBER, f"{p.name}.value"), str(p.value)
    if str(p.bounds):
        yield Said(SayingKind.NUMBER, f"{p.name}.range"), str(p.bounds)
    if p.is_choice:
        yield Said(SayingKind.ASKED, f"{p.name}.choices"), "; ".join(m.choices(p))
    if p.required_when is not None:
        yield (
            Said(SayingKind.FORMULA, f"{p.name}.required_when"),
            _source(p.required_when),
        )
    yield Said(SayingKind.TEXT, f"{p.name}.label"), p.label
    for how in p.monitoring:
        words = f"{how.source}; {how.frequency}; {how.procedure}"
        yield Said(SayingKind.TEXT, f"{p.name}.option {how.option}"), words


def _of_table(table: Table) -> Iterator[tuple[Said, str]]:
    yield Said(SayingKind.TEXT, f"{table.name}.label"), table.label
    for row in table.rows:
        yield (
            Said(SayingKind.NUMBER, f"{table.name}[{row.words}]"),
            f"{row.value} {table.unit}",
        )


def _source(tree: Expr | None) -> str:
    return to_source(tree) if tree is not None else ""
