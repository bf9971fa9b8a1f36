"""A recomputed workbook as text and as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from jcm_xl.dataclass import dataclass
from jcm_xl.documents.facts import Facts
from jcm_xl.documents.lines import BLANK, Line, counted, counters, line, number, table
from jcm_xl.documents.places import Places
from jcm_xl.expr.to_text import to_plain
from jcm_xl.expr.used import names, tables
from jcm_xl.model.dependencies import dependencies
from jcm_xl.model.methodology import Methodology
from jcm_xl.model.result import Missing, Quantity, Result
from jcm_xl.model.submission import Stage, StageInputs, Submission
from jcm_xl.plan.plan import Plan
from jcm_xl.plan.slot import Slot
from jcm_xl.text.phrase import Phrase
from jcm_xl.text.symbols import typed_symbol

SCHEMA = "jcm_xl.calc/1"
SHOWN_ROWS = 12
_SHEETS = {Stage.PLAN: "MPS", Stage.REPORT: "MRS"}


@dataclass(frozen=True, slots=True)
class Calculation:
    """A workbook recomputed from its inputs alone.

    stages: the stages that are looked at: the plan, and the report if it is begun.
    where:  sheet and address of a slot in the file.
    """

    facts: Facts
    plan: Plan
    submission: Submission
    inputs: Mapping[Stage, StageInputs]
    results: Mapping[Stage, Result]
    stages: tuple[Stage, ...]
    where: Callable[[Slot], tuple[str, str]]

    @property
    def methodology(self) -> Methodology:
        """Return the methodology of the book."""
        return self.plan.methodology

    @property
    def is_complete(self) -> bool:
        """Tell whether every stage gave its figure."""
        return all(self.results[stage].status == "complete" for stage in self.stages)

    def places(self, stage: Stage) -> Places:
        """Return where the quantities of a stage stand."""
        return Places(self.plan, self.submission, stage, self.where)

    def as_dict(self) -> dict[str, object]:
        """Return everything for JSON."""
        m = self.methodology
        data: dict[str, object] = {
            "schema": SCHEMA, "methodology": m.id, "version": m.version,
            "draft": m.is_draft, **self.facts.as_dict(),
            "compared_with_registered_plan": False,
        }  # fmt: skip
        for stage in self.stages:
            data[stage.word] = self._stage(stage)
        return data

    def to_frame(self) -> Any:
        """Return every quantity as a pandas frame, one a row; it needs pandas."""
        import pandas

        columns = ("name", "index", "value", "unit", "error", "reason", "expr", "from")
        rows = [
            [stage.word, *map(self._quantity(q, self.places(stage)).get, columns)]
            for stage in self.stages
            for q in self.quantities(stage)
        ]
        return pandas.DataFrame(rows, columns=["stage", *columns])

    def _stage(self, stage: Stage) -> dict[str, object]:
        result, places = self.results[stage], self.places(stage)
        return {
            "status": result.status,
            "quantities": [self._quantity(q, places) for q in self.quantities(stage)],
            "unrounded": result.unrounded,
            "sheet_credited": result.sheet_credited,
            "credited": result.credited,
            "knife_edge": result.is_knife_edge,
            "missing": [
                {"name": x.name, "index": x.row, "cell": places.missing(x)}
                | ({"holds": held} if (held := places.held(x)) else {})
                for x in result.missing
            ],
        }

    def _quantity(self, q: Quantity, places: Places) -> dict[str, object]:
        m = self.methodology
        formula = m.formulas.get(q.name)
        data: dict[str, object] = {
            "name": q.name,
            "index": q.row,
            "value": q.value,
            "unit": unit_of(m, q.name),
            "expr": formula.text if formula else None,
            "from": self._from(q, places),
        }
        if q.value is None:
            data["error"], data["reason"] = q.error, q.reason
        return data

    def _from(self, q: Quantity, places: Places) -> list[str]:
        """Return what a value was taken from: names, a cell or a document."""
        m = self.methodology
        if q.name in m.formulas:
            tree = m.formulas[q.name].tree
            return [*names(tree), *tables(tree)]
        if q.name in m.constants:
            return [m.constants[q.name].basis]
        p = m.parameters[q.name]
        return [places.address(q.name, q.row) if p.is_input else str(p.source)]

    def quantities(self, stage: Stage) -> Iterator[Quantity]:
        """Yield every quantity: inputs, defaults and constants, then the formulas."""
        m, found = self.methodology, self.results[stage].quantities
        rows: dict[str, list[Quantity]] = {}
        hidden = self._without_figure(stage)
        for (name, _), quantity in found.items():
            if name in hidden:
                quantity = replace(
                    quantity, value=None, error="-", reason="no unit is filled"
                )
            rows.setdefault(name, []).append(quantity)
        for name in (*m.parameters, *m.constants, *m.order):
            yield from sorted(rows.get(name, ()), key=lambda q: q.row or 0)

    def _without_figure(self, stage: Stage) -> frozenset[str]:
        """Return what sums over units of which none is filled: 0 is no figure."""
        m = self.methodology
        empty = {item.name for item in self.results[stage].missing if item.row == 0}
        return frozenset(
            name
            for name in m.formulas
            if empty & {m.index_of(other) for other in dependencies(m, name)}
        )

    # -- text ----------------------------------------------------------------------

    def lines(self, limit: int | None = SHOWN_ROWS) -> Iterator[Line]:
        """Yield the text; of long columns the first `limit` rows, with their count."""
        m = self.methodology
        yield line(f"{m.key} {m.title}", "head")
        if m.is_draft:
            yield line(f"DRAFT: not official: {counters(m)}", "warning")
        yield line(f"File: {self.facts.file}")
        for stage in self.stages:
            yield BLANK
            yield from self._stage_lines(stage, limit)
        yield BLANK
        yield from self.facts.lines()

    def _stage_lines(self, stage: Stage, limit: int | None) -> Iterator[Line]:
        result, places = self.results[stage], self.places(stage)
        style = "good" if result.status == "complete" else "error"
        title = f"{stage.word.upper()} ({_SHEETS[stage]}): {result.status}"
        yield line(title, style)
        headings = ("quantity", "row", "value", "unit", "from")
        yield from table(headings, self._rows(stage, places, limit), 2)
        yield from credited_lines(result)
        for item in result.missing[:limit]:
            what, held = missing_name(self.methodology, item), places.held(item)
            more = f"; it holds {held}" if held else ""
            text = f"missing: {what} in {places.missing(item)}{more}"
            yield line(text, "error", 2)
        yield from _rest(len(result.missing), limit, "cell", 2)

    def _rows(
        self, stage: Stage, places: Places, limit: int | None
    ) -> Iterator[tuple[str, ...]]:
        shown: dict[str, int] = {}
        every = list(self.quantities(stage))
        for q in every:
            shown[q.name] = shown.get(q.name, 0) + 1
            if limit is None or shown[q.name] <= limit:
                value = number(q.value) if q.value is not None else _no_value(q)
                row = str(q.row) if q.row else ""
                unit = unit_of(self.methodology, q.name)
                yield (
                    symbol_of(self.methodology, q.name),
                    row,
                    value,
                    unit,
                    (self._origin(q, places)),
                )
            elif shown[q.name] == limit + 1:
                more = sum(other.name == q.name for other in every) - limit
                symbol = symbol_of(self.methodology, q.name)
                yield symbol, "...", f"and {counted(more, 'more row')}", "", ""

    def _origin(self, q: Quantity, places: Places) -> str:
        m = self.methodology
        if q.value is None and q.reason:
            return typed_symbol(q.reason)
        if q.name in m.formulas:
            tree = m.formulas[q.name].tree
            return f"= {to_plain(tree, lambda name: symbol_of(m, name))}"
        return ", ".join(self._from(q, places))


def _no_value(q: Quantity) -> str:
    """Return what stands in place of a value: an error, unless none is asked for."""
    key = q.reason.key if isinstance(q.reason, Phrase) else ""
    return "not needed" if key.startswith("reasons.blank") else q.error


def missing_name(m: Methodology, item: Missing) -> str:
    """Return what is missing: `EC_PJ,i,p row 2`, or a row of a set."""
    if item.row == 0:
        return f"a row of {m.sets[item.name].label}"
    return symbol_of(m, item.name) + (f" row {item.row}" if item.row else "")


def credited_lines(result: Result) -> Iterator[Line]:
    """Yield the figure of Table 3, with both readings where they may differ."""
    if result.unrounded is None:
        return
    unit = result.methodology.formulas[result.methodology.results.reduction].unit
    is_plain = not result.is_knife_edge and result.credited == result.sheet_credited
    # On the edge every digit counts, beyond the fifteen that a sheet shows.
    unrounded = number(result.unrounded) if is_plain else repr(result.unrounded)
    text = f"Table 3: {result.sheet_credited} {unit} (rounded down from {unrounded})"
    yield line(text, "good", 2)
    if result.is_knife_edge or result.credited != result.sheet_credited:
        yield line(f"Knife edge: the sheet's arithmetic gives {result.sheet_credited}, "
                   f"exact arithmetic {result.credited}.", "warning", 2)  # fmt: skip


def symbol_of(m: Methodology, name: str) -> str:
    """Return the symbol of a name in plain text; a table is called by its name."""
    if name in m.tables:
        return name
    return typed_symbol(m.named(name).symbol)


def unit_of(m: Methodology, name: str) -> str:
    """Return the printed unit of a name; a choice has none."""
    p = m.parameters.get(name)
    if p is not None:
        return "-" if p.is_choice else str(p.unit)
    return str(m.named(name).unit)


def _rest(count: int, limit: int | None, noun: str, indent: int) -> Iterator[Line]:
    if limit is not None and count > limit:
        more = counted(count - limit, f"more {noun}")
        yield line(f"... and {more} ({count:,} in all)", "dim", indent)
