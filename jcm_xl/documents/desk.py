"""What a verifier asks of a book: what if, which input counts, from plan to report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from jcm_xl.dataclass import dataclass
from jcm_xl.documents.calculation import Calculation, symbol_of, unit_of
from jcm_xl.documents.lines import BLANK, Line, counted, counters, line, number, table
from jcm_xl.engine.bridge import LENGTH, ROUNDING, TOGETHER, Bridge, BridgeStep
from jcm_xl.engine.sensitivity import InputEffect, Uncertainty
from jcm_xl.engine.whatif import WhatIf
from jcm_xl.model.methodology import Methodology
from jcm_xl.model.result import Result
from jcm_xl.model.submission import Stage

SHOWN = 15
_DRAWN = 30


@dataclass(frozen=True, slots=True)
class OfStage:
    """A question asked of one stage of one book."""

    calculation: Calculation
    stage: Stage

    @property
    def methodology(self) -> Methodology:
        """Return the methodology of the book."""
        return self.calculation.methodology

    def cell(self, name: str, row: int | None) -> str:
        """Return where an input stands, `-` for a default value."""
        p = self.methodology.parameters.get(name)
        if p is None or not p.is_input:
            return "-"
        return self.calculation.places(self.stage).address(name, row)

    def _head(self) -> Iterator[Line]:
        m = self.methodology
        yield line(f"{m.key} {m.title}", "head")
        if m.is_draft:
            yield line(f"DRAFT: not official: {counters(m)}", "warning")
        facts = self.calculation.facts
        yield line(f"File: {facts.file}, {self.stage.word}")
        yield BLANK

    def _json(self, schema: str) -> dict[str, object]:
        m = self.methodology
        return {
            "schema": schema, "methodology": m.id, "version": m.version,
            "draft": m.is_draft, **self.calculation.facts.as_dict(),
            "stage": self.stage.word,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class WhatIfReport(OfStage):
    """A book calculated with some other values; the book itself is not written."""

    asked: WhatIf

    @property
    def is_complete(self) -> bool:
        """Tell whether there is a figure before and after."""
        return self.asked.before.credited is not None is not self.asked.after.credited

    def as_dict(self) -> dict[str, object]:
        """Return changes and figures for JSON."""
        return {
            **self._json("jcm_xl.whatif/1"),
            "changes": [
                {"name": c.name, "index": c.row, "before": c.before,
                 "after": c.after, "cell": self.cell(c.name, c.row)}
                for c in self.asked.changes
            ],
            "figures": [
                {"name": what, "before": before, "after": after}
                for what, before, after in self.figures()
            ],
        }  # fmt: skip

    def figures(self) -> Iterator[tuple[str, float | None, float | None]]:
        """Yield RE, PE, ER and Table 3 before and after."""
        m, before, after = self.methodology, self.asked.before, self.asked.after
        results = m.results
        for name in (results.reference, results.project, results.reduction):
            yield symbol_of(m, name), _value(before, name), _value(after, name)
        yield "Table 3", before.sheet_credited, after.sheet_credited

    def lines(self) -> Iterator[Line]:
        """Yield the changes, then each figure before and after."""
        yield from self._head()
        changes = (
            (symbol_of(self.methodology, c.name), _row(c.row), number(c.before),
             number(c.after), unit_of(self.methodology, c.name),
             self.cell(c.name, c.row))
            for c in self.asked.changes
        )  # fmt: skip
        yield from table(("input", "row", "is", "if", "unit", "cell"), changes, 2)
        yield BLANK
        figures = (
            (what, number(before), number(after), _difference(before, after))
            for what, before, after in self.figures()
        )
        yield from table(("tCO2", "is", "if", "difference"), figures, 2)
        for missing in self.asked.after.missing:
            yield line(f"missing then: {missing.name}", "error", 2)
        yield BLANK
        yield from self.calculation.facts.lines()


@dataclass(frozen=True, slots=True)
class SensitivityReport(OfStage):
    """The effect of each input on the reductions, the largest first.

    materiality: per cent. uncertainty: where accuracy classes are known.
    """

    materiality: float
    effects: tuple[InputEffect, ...]
    uncertainty: Uncertainty | None = None
    accuracy: Mapping[tuple[str, int | None], float] | None = None

    @property
    def title(self) -> str:
        """Return what a workbook of it is called."""
        m, file = self.methodology, self.calculation.facts.file
        return f"{m.spreadsheet_id}, {self.stage.word}, {file}"

    def bars(self) -> list[tuple[str, float, float | None]]:
        """Return what a chart draws: input, tCO2 for one per cent, error to reach."""
        m = self.methodology
        return [
            (
                symbol_of(m, e.name) + (f"[{e.row}]" if e.row else ""),
                e.per_cent,
                e.reach,
            )
            for e in self.effects[:_DRAWN]
        ]

    def as_dict(self) -> dict[str, object]:
        """Return everything for JSON."""
        found = self.uncertainty
        return {
            **self._json("jcm_xl.sensitivity/1"),
            "materiality_percent": self.materiality,
            "inputs": [
                {"name": e.name, "index": e.row, "value": e.value,
                 "cell": self.cell(e.name, e.row), "tonnes_per_percent": e.per_cent,
                 "percent_per_percent": e.share, "percent_to_reach": e.reach}
                for e in self.effects
            ],
            "uncertainty": None if found is None else {
                "tonnes": found.tonnes, "percent": found.per_cent,
                "accuracy_not_known": [list(x) for x in found.without],
            },
        }  # fmt: skip

    def lines(self, limit: int | None = SHOWN) -> Iterator[Line]:
        """Yield the first `limit` inputs, and what the meters' accuracy does."""
        yield from self._head()
        if not self.effects:
            yield line("There are no reductions that an input could move.", "error", 2)
        else:
            heads = ("input", "row", "value", "unit", "tCO2 for +1 %",
                     f"error that reaches {self.materiality:g} %", "cell")  # fmt: skip
            yield from table(heads, map(self._effect, self.effects[:limit]), 2)
        if limit is not None and len(self.effects) > limit:
            more = counted(len(self.effects) - limit, "more input")
            yield line(f"... and {more} that moves less", "dim", 2)
        yield from self._uncertainty_lines()
        yield BLANK
        yield from self.calculation.facts.lines()

    def _effect(self, e: InputEffect) -> tuple[str, ...]:
        m = self.methodology
        reach = "-" if e.reach is None else f"{e.reach:.3g} %"
        return (symbol_of(m, e.name), _row(e.row), number(e.value), unit_of(m, e.name),
                f"{e.per_cent:+.4g}", reach, self.cell(e.name, e.row))  # fmt: skip

    def _uncertainty_lines(self) -> Iterator[Line]:
        if self.accuracy is None:
            return
        yield BLANK
        found = self.uncertainty
        if found is None:
            yield line("No accuracy class on the sheet Meters could be read, so "
                       "nothing is said of uncertainty.", "warning", 2)  # fmt: skip
            return
        yield line(f"Accuracy of the meters together: {found.tonnes:.4g} tCO2, "
                   f"{found.per_cent:.3g} % of the reductions (root of the sum of "
                   "squares; a class is the limit of error).", "", 2)  # fmt: skip
        if found.without:
            names = ", ".join(
                _named(self.methodology, name, row)
                for name, row in found.without[:SHOWN]
            )
            rest = "" if len(found.without) <= SHOWN else ", ..."
            yield line(f"Accuracy not known, not counted: {names}{rest}", "warning", 2)


@dataclass(frozen=True, slots=True)
class BridgeReport:
    """From the figure of one book to that of another, or from plan to report."""

    first: OfStage
    last: OfStage
    bridge: Bridge

    @property
    def methodology(self) -> Methodology:
        """Return the methodology of both books."""
        return self.last.methodology

    @property
    def names(self) -> tuple[str, str]:
        """Return what both ends are called: a file with its stage."""
        ends = (self.first, self.last)
        first, last = (f"{e.calculation.facts.file}, {e.stage.word}" for e in ends)
        return first, last

    def as_dict(self) -> dict[str, object]:
        """Return both figures and the steps for JSON."""
        m, found = self.methodology, self.bridge
        return {
            "schema": "jcm_xl.bridge/1", "methodology": m.id, "version": m.version,
            "draft": m.is_draft, "from": self.names[0], "to": self.names[1],
            "first": found.first, "last": found.last, "all_orders": found.is_exact,
            "open": float(found.open),
            "steps": [
                {"what": self.label(s), "row": s.row, "before": s.before,
                 "after": s.after, "tonnes": float(s.amount)}
                for s in found.steps
            ],
        }  # fmt: skip

    @property
    def title(self) -> str:
        """Return what a workbook of it is called."""
        return f"{self.methodology.spreadsheet_id}: {' to '.join(self.names)}"

    def bars(self) -> list[tuple[str, float, bool]]:
        """Return what a chart draws: words, tCO2, and whether it is an end."""
        steps = self.ordered()
        shown, rest = steps[:_DRAWN], steps[_DRAWN:]
        bars = [(self.label(s), float(s.amount), False) for s in shown]
        if rest:
            words = counted(len(rest), "more change")
            bars.append((words, sum(float(s.amount) for s in rest), False))
        first, last = (float(x) for x in (self.bridge.first, self.bridge.last))
        return [(self.names[0], first, True), *bars, (self.names[1], last, True)]

    def ordered(self) -> Sequence[BridgeStep]:
        """Return the steps: length first, rounding last, the largest between first."""
        place = {LENGTH: 0, ROUNDING: 2}
        return sorted(
            self.bridge.steps, key=lambda s: (place.get(s.what, 1), -abs(s.amount))
        )

    def label(self, step: BridgeStep) -> str:
        """Return what a step is called."""
        m = self.methodology
        row = f" of unit row {step.row}" if step.row else ""
        if step.is_unit:
            return f"{m.sets[step.what].label}, row {step.row}"
        words = {
            LENGTH: "length of the period",
            ROUNDING: "rounding down of both figures",
            TOGETHER: f"inputs{row} together",
        }
        return words.get(step.what) or _named(m, step.what, step.row)

    def lines(self, limit: int | None = SHOWN) -> Iterator[Line]:
        """Yield both figures and between them what each change did."""
        m, found = self.methodology, self.bridge
        yield line(f"{m.key} {m.title}", "head")
        if m.is_draft:
            yield line(f"DRAFT: not official: {counters(m)}", "warning")
        yield BLANK
        steps = self.ordered()
        shown = steps if limit is None else steps[:limit]
        rows: list[tuple[str, ...]] = [(self.names[0], "", "", str(found.first))]
        rows += [self._row(step) for step in shown]
        if len(steps) > len(shown):
            rest = sum(float(s.amount) for s in steps[len(shown) :])
            more = counted(len(steps) - len(shown), "more change")
            rows.append((f"... and {more}", "", "", f"{rest:+.5f}"))
        rows.append((self.names[1], "", "", str(found.last)))
        yield from table(("", "from", "to", "tCO2"), rows, 2)
        yield BLANK
        yield line(f"Not explained: {float(found.open):g}", "good", 2)
        yield line(_METHOD[found.is_exact], "dim", 2)

    def _row(self, step: BridgeStep) -> tuple[str, ...]:
        before, after = (
            "" if value is None else number(value)
            for value in (step.before, step.after)
        )
        unit = " days" if step.what == LENGTH else ""
        amount = f"{float(step.amount):+.5f}"
        return self.label(step), before, after + unit, amount


_METHOD = {
    True: "Each line is the mean over all orders of the changes.",
    False: "More than eight changes: each line is the mean of two reverse orders.",
}


def _value(result: Result, name: str) -> float | None:
    quantity = result.get(name)
    if result.missing or quantity is None:
        return None
    return quantity.value if isinstance(quantity.value, float | int) else None


def _difference(before: float | None, after: float | None) -> str:
    return "-" if before is None or after is None else f"{after - before:+.15g}"


def _named(m: Methodology, name: str, row: int | None) -> str:
    return symbol_of(m, name) + (f"[{row}]" if row else "")


def _row(row: int | None) -> str:
    return str(row) if row else ""
