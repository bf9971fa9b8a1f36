"""A tree from a figure to its inputs as indented text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jcm_xl.dataclass import dataclass
from jcm_xl.documents.calculation import Calculation, credited_lines
from jcm_xl.documents.lines import BLANK, Line, counted, line, number
from jcm_xl.documents.net import of_direction
from jcm_xl.documents.places import Places
from jcm_xl.engine.explain import Explanation
from jcm_xl.engine.net import directions
from jcm_xl.model.submission import Stage
from jcm_xl.text.symbols import typed_symbol

SCHEMA = "jcm_xl.explain/1"
SHOWN = 5
"""So many unit rows of a sum are printed; the rest is counted."""
_STEP = 4


@dataclass(frozen=True, slots=True)
class Explained:
    """One quantity of one book, with a tree for each unit row that was asked for."""

    calculation: Calculation
    stage: Stage
    trees: tuple[Explanation, ...]

    def as_dict(self) -> dict[str, object]:
        """Return the trees for JSON."""
        printer = _JsonPrinter(self.calculation.places(self.stage))
        m = self.calculation.methodology
        return {
            "schema": SCHEMA, "methodology": m.id, "version": m.version,
            "draft": m.is_draft, **self.calculation.facts.as_dict(),
            "stage": self.stage.word,
            "trees": [printer.node(tree) for tree in self.trees],
        }  # fmt: skip

    def lines(self, limit: int | None = SHOWN) -> Iterator[Line]:
        """Yield the text; of long sums the first `limit` rows, with their count."""
        m = self.calculation.methodology
        yield line(f"{m.key} {m.title}", "head")
        yield line(f"File: {self.calculation.facts.file}, {self.stage.word}")
        yield BLANK
        printer = _Printer(self.calculation.places(self.stage), limit, self._safe)
        yield from printer.list(self.trees, 0)
        if self._is_the_figure:
            yield from credited_lines(self.calculation.results[self.stage])
        yield BLANK
        yield from self.calculation.facts.lines()

    @property
    def _safe(self) -> Mapping[tuple[str, int | None], str]:
        """Return of each default, by name and row of a table, which way is safe."""
        m, inputs = self.calculation.methodology, self.calculation.inputs[self.stage]
        return {(d.name, d.row): of_direction(d) for d in directions(m, inputs)}

    @property
    def _is_the_figure(self) -> bool:
        results = self.calculation.methodology.results
        return [tree.name for tree in self.trees] == [results.reduction]


class _Printer:
    """Prints each quantity in full once; later it is named only."""

    def __init__(
        self,
        places: Places,
        limit: int | None,
        safe: Mapping[tuple[str, int | None], str],
    ) -> None:
        self._places, self._limit, self._safe = places, limit, safe
        self._printed: set[tuple[str, int | None]] = set()

    def list(self, nodes: tuple[Explanation, ...], indent: int) -> Iterator[Line]:
        """Print nodes; of many rows of one name the first ones."""
        counts: dict[str, int] = {}
        totals: dict[str, int] = {}
        for node in nodes:
            totals[node.name] = totals.get(node.name, 0) + 1
        for node in nodes:
            counts[node.name] = counts.get(node.name, 0) + 1
            if self._limit is None or counts[node.name] <= self._limit:
                yield from self._node(node, indent)
            elif counts[node.name] == self._limit + 1:
                total = totals[node.name]
                more = counted(total - self._limit, "more row")
                text = f"... and {more} of {node.symbol} ({total:,} in all)"
                yield line(text, "dim", indent)

    def _node(self, node: Explanation, indent: int) -> Iterator[Line]:
        key = (node.name, node.row)
        is_known = node.kind != "table" and key in self._printed
        yield line(_title(node) + (" (see above)" if is_known else ""),
                   "error" if node.value is None else "head", indent)  # fmt: skip
        if is_known:
            return
        self._printed.add(key)
        for text in self._details(node):
            yield line(text, "", indent + 2)
        yield from self.list(node.children, indent + _STEP)

    def _details(self, node: Explanation) -> Iterator[str]:
        yield node.label
        if node.expression:
            yield f"= {node.expression}"
        if node.value is None and node.reason:
            yield f"no value: {typed_symbol(node.reason)}"
        if place := self._places.of_node(node):
            yield f"cell: {place}"
        if said := self._places.said(node):
            yield f"given as: {said}"
        if node.source:
            yield f"methodology: {node.source}{_evidence(node)}"
        if safe := self._safe.get((node.name, node.position)):
            yield safe
        if node.basis:
            yield f"basis: {node.basis}"
        if node.note:
            yield f"note: {node.note}"


def _title(node: Explanation) -> str:
    row = f"[{node.row}]" if node.row and node.kind != "table" else ""
    unit = "" if node.unit in ("-", "1") else f" {node.unit}"
    value = "no value" if node.value is None else f"{number(node.value)}{unit}"
    return f"{node.symbol}{row} = {value}"


def _evidence(node: Explanation) -> str:
    return f" ({node.evidence})" if node.evidence else ""


class _JsonPrinter:
    """Writes each quantity in full once; later without sources and children."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._written: set[tuple[str, int | None]] = set()

    def node(self, node: Explanation) -> dict[str, object]:
        """Return a node with all that is below it."""
        head: dict[str, object] = {
            "kind": node.kind, "name": node.name, "index": node.row,
            "symbol": node.symbol, "value": node.value, "unit": node.unit,
        }  # fmt: skip
        key = (node.name, node.row)
        if node.kind != "table" and key in self._written:
            return {**head, "is_repeated": True}
        self._written.add(key)
        source = node.source
        return {
            **head,
            "label": node.label,
            "expr": node.expression or None,
            "reason": node.reason or None,
            "cell": self._places.of_node(node) or None,
            "given_as": self._places.said(node) or None,
            "source": source and {
                "title": source.title, "section": source.section,
                "address": source.address, "seen_at": source.seen_at,
            },
            "evidence": str(node.evidence) if node.evidence else None,
            "basis": node.basis or None,
            "note": node.note or None,
            "children": [self.node(child) for child in node.children],
        }  # fmt: skip
