"""Live: a second opinion on the results by the live functions, beside the native ones.

The sheet only reads; deleting it leaves the plain submission. Where the functions are
not installed its cells say so, and no other sheet notices.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from jcm_xl.engine.calculate import calculate
from jcm_xl.engine.explain import explain, parts
from jcm_xl.model.submission import Stage, StageInputs
from jcm_xl.model.tolerance import REL_TOL
from jcm_xl.plan.builder import Builder, quoted
from jcm_xl.plan.ranges import stage_areas

TRACE_LINES = 60
"""At most this many lines of a trace are shown; a longer one is cut."""

TRACE_STYLES = ("trace", "trace", "trace_unit", "trace")
"""Styles of its columns: name, value, unit, from what."""

AGREE = f"1E{round(math.log10(REL_TOL))}"
"""The tolerance as a formula spells it."""

_TOP, _TABLE = 5, 9
_NATIVE, _LIVE, _DIFFERENCE, _VERDICT = "E", "F", "G", "H"


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a program writes a live function.

    keeps_empty: what a methodology does not have is written between its commas;
    LibreOffice wants every range to be named or left empty so.
    """

    prefix: str
    keeps_empty: bool

    def call(self, function: str, *arguments: object) -> str:
        """Return the formula without the equals sign; `None` is left empty."""
        words = ["" if a is None else str(a) for a in arguments]
        while not self.keeps_empty and words and not words[-1]:
            words.pop()
        return f"{self.prefix}{function}({','.join(words)})"


DIALECTS: Mapping[str, Dialect] = MappingProxyType(
    {
        "libreoffice": Dialect("JCM.", keeps_empty=True),
        "excel": Dialect("JCM_", keeps_empty=False),
        # So Excel stores the name of a function that a task pane brings.
        "lite": Dialect("_xldudf_JCM_", keeps_empty=False),
    }
)


class LiveSheet:
    """Lays out the table of both stages, the reasons and the traces."""

    def __init__(self, b: Builder, host: str) -> None:
        self.b, self.text = b, b.messages
        self.dialect = DIALECTS[host]
        self.host = host
        self.sheet = b.layout.sheet("live")
        self.id = b.cells["mps_input.id"].absolute
        self.row = _TABLE

    def build(self) -> None:
        """Put title, state of the functions, table, reasons and traces."""
        b, t = self.b, self.text
        b.sheets["live"], b.last_columns[self.sheet] = self.sheet, 8
        self._put("title", 2, 2, content=t("live.title"), style="title", span=7)
        self._put("hint", 3, 2, content=t("live.hint"), style="note", span=7)
        b.heights[self.sheet, 3] = 34
        self._state()
        b.line("live.head", self.sheet, self.row, 2, t("live.headings"))
        b.heights[self.sheet, self.row] = 32
        for stage in Stage:
            self._stage(stage)
        for stage in Stage:
            self._trace(stage)

    def _put(self, key: str, row: int, column: int, **more: object) -> None:
        role = str(more.pop("role", "note"))
        self.b.put(f"live.{key}", self.sheet, row, column, role, **more)

    def _call(
        self, key: str, row: int, column: int, formula: str, style: str, span: int = 1
    ) -> None:
        """Put a bare call: without the functions it shows #NAME?, here alone."""
        self._put(
            key, row, column, role="live", formula=formula, style=style,
            span=span, recipe=("live_call",),
        )  # fmt: skip

    # -- are the functions there ---------------------------------------------------

    def _state(self) -> None:
        t, digest = self.text, self.b.m.digest[:16]
        self._put("state", _TOP, 2, content=t("live.state"), style="fixed", span=3)
        self._call(
            "version", _TOP, 5, self.dialect.call("VERSION", self.id), "fixed", 4
        )
        version = f"$E${_TOP}"
        found = f"ISNUMBER(SEARCH({quoted(digest)},{version}))"
        same, other = quoted(t("live.same")), quoted(t("live.other"))
        absent = quoted(t("live.absent"))
        self._put(
            "definition", _TOP + 1, 5, role="live_word", style="fixed", span=4,
            formula=f"IF(ISERROR({version}),{absent},IF({found},{same},{other}))",
            recipe=("live_word",),
        )  # fmt: skip
        self._put(
            "install", _TOP + 1, 2, style="fixed", span=3,
            content=t(f"live.install_{self.host}"),
        )  # fmt: skip
        self.b.heights[self.sheet, _TOP] = 32
        self.b.heights[self.sheet, _TOP + 1] = 48

    # -- the table -----------------------------------------------------------------

    def _ranges(self, stage: Stage) -> tuple[object, ...]:
        b = self.b
        return tuple(stage_areas(b.m, b.cells, b.rows, stage))

    def _missing(self, stage: Stage) -> str:
        return self.b.cells[f"{stage}.missing"].absolute

    def _stage(self, stage: Stage) -> None:
        b, results = self.b, self.b.m.results
        quantities = (
            ("RE", results.reference),
            ("PE", results.project),
            ("ER", results.reduction),
        )
        for function, name in quantities:
            cell = b.cells[f"{stage}.quantity:{name}"].absolute
            word = quoted(self.text("live.missing"))
            native = f"IF({self._missing(stage)}>0,{word},{cell})"
            self._line(stage, function, name, native, ("live_native", str(stage), name))
        native = b.cells[f"{stage}.result"].absolute
        self._line(stage, "CREDITED", results.reduction, native, ("result", str(stage)))
        self.row += 1
        reason = self.dialect.call("CHECK", self.id, '""', *self._ranges(stage))
        row = self.row
        label = self.text(f"live.reason_{stage}")
        self._put(f"reason.label:{stage}", row, 2, content=label, style="fixed", span=3)
        self._call(f"reason:{stage}", row, 5, reason, "fixed", 4)
        b.heights[self.sheet, row] = 32

    def _line(
        self,
        stage: Stage,
        function: str,
        name: str,
        native: str,
        recipe: tuple[object, ...],
    ) -> None:
        b, f, t = self.b, self.b.m.formulas[name], self.text
        self.row += 1
        row, key = self.row, f"{stage}.{function}"
        word = t("live.plan" if stage is Stage.PLAN else "live.report")
        self._put(f"stage:{key}", row, 2, content=word, style="unit")
        b.symbol(f"live.symbol:{key}", self.sheet, row, 3, f)
        whole = t("live.credited", label=f.label)
        label = whole if function == "CREDITED" else f.label
        self._put(f"label:{key}", row, 4, content=f"{label} [{f.unit}]", style="fixed")
        b.heights[self.sheet, row] = 32
        style = "result" if function == "CREDITED" else "value"
        self._put(
            f"native:{key}", row, 5, role="live_native", style=style, formula=native,
            recipe=recipe,
        )  # fmt: skip
        formula = self.dialect.call(function, self.id, *self._ranges(stage))
        self._call(f"value:{key}", row, 6, formula, style)
        here, there = f"{_NATIVE}{row}", f"{_LIVE}{row}"
        both = f"AND(ISNUMBER({here}),ISNUMBER({there}))"
        self._put(
            f"difference:{key}", row, 7, role="live_word", style="value",
            formula=f'IF({both},{there}-{here},"")', recipe=("live_word",),
        )  # fmt: skip
        self._put(
            f"verdict:{key}", row, 8, role="live_verdict", style="unit",
            formula=self._verdict(stage, both, here, there),
            recipe=("live_word",),
        )  # fmt: skip

    def _verdict(self, stage: Stage, both: str, here: str, there: str) -> str:
        """Return words for every case, so that no cell is left to be guessed."""
        agreed, differs, incomplete, failed, absent = (
            quoted(self.text(f"live.{word}"))
            for word in ("agreed", "differs", "incomplete", "failed", "absent")
        )
        near = f"ABS({there}-{here})<={AGREE}*MAX(1,ABS({here}))"
        either = f"OR(ISNUMBER({here}),ISNUMBER({there}))"
        return (
            f"IF(ISERROR($E${_TOP}),{absent},IF({both},IF({near},{agreed},{differs}),"
            f"IF({self._missing(stage)}>0,{incomplete},IF({either},{differs},{failed}))))"
        )

    # -- the traces ----------------------------------------------------------------

    def _trace(self, stage: Stage) -> None:
        b, t = self.b, self.text
        self.row += 2
        lines = self._lines(stage)
        title = t("live.trace_plan" if stage is Stage.PLAN else "live.trace_report")
        self._put(f"trace.title:{stage}", self.row, 2, content=title, style="block",
                  span=7)  # fmt: skip
        heads = t("live.trace_headings")
        b.line(f"live.trace.head:{stage}", self.sheet, self.row + 1, 4, heads)
        symbol = quoted(b.m.results.reduction)
        formula = self.dialect.call("TRACE", self.id, symbol, *self._ranges(stage))
        self._put(
            f"trace:{stage}", self.row + 2, 4, role="live_array", style="trace",
            formula=formula, recipe=("live_call", lines),
        )  # fmt: skip
        self.row += 1 + lines

    def _lines(self, stage: Stage) -> int:
        """Return how long a trace gets with every unit row in use."""
        b = self.b
        used = {name: tuple(range(1, n + 1)) for name, n in b.rows.items()}
        inputs = StageInputs({}, used)
        tree = explain(calculate(b.m, inputs), inputs, b.m.results.reduction)
        return min(sum(1 for _ in parts(tree)), TRACE_LINES)
