"""Live: a second opinion on the results by the live functions, beside the native ones.

The sheet only reads; deleting it leaves the plain submission. Where the functions are
not installed its cells say so, and no other sheet notices.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import partial
from types import MappingProxyType

from jcm_xl.dataclass import dataclass
from jcm_xl.engine.calculate import calculate
from jcm_xl.engine.explain import explain, parts
from jcm_xl.errors import JcmError
from jcm_xl.model.key import Key
from jcm_xl.model.submission import Stage, StageInputs
from jcm_xl.model.tolerance import REL_TOL
from jcm_xl.plan.builder import Builder, Cursor, quoted
from jcm_xl.plan.cached_values import CachedValues
from jcm_xl.plan.ranges import stage_areas
from jcm_xl.plan.slot import Cached, Computed

TRACE_LINES = 60
"""At most this many lines of a trace are shown; a longer one is cut."""

TRACE_STYLES = ("trace", "trace", "trace_unit", "trace")
"""Styles of its columns: name, value, unit, from what."""

AGREE = f"1E{round(math.log10(REL_TOL))}"
"""The tolerance as a formula spells it."""

_TOP, _TABLE = 5, 9


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


def live_sheet(b: Builder, live: str) -> None:
    """Build the sheet for a program; raises `JcmError` for an unknown one."""
    if live not in DIALECTS:
        there = ", ".join(DIALECTS)
        raise JcmError(f"There are no live functions for '{live}'; there are: {there}.")
    LiveSheet(b, live).build()


class LiveSheet:
    """Lays out the table of both stages, the reasons and the traces."""

    def __init__(self, b: Builder, host: str) -> None:
        self.b, self.text = b, b.messages
        self.dialect = DIALECTS[host]
        self.host = host
        self.sheet, self.table = b.layout.sheet("live"), b.layout.table("live")
        # Labels are merged over the columns left of the figures, what the functions
        # answer over those from the first figure on.
        self.left = self.table["native"].first - self.table["stage"].first
        self.right = self.table.last - self.table["native"].first + 1
        self.id = b.cells[Key("mps_input", "id")].absolute
        self.row = _TABLE
        self.version = ""

    def build(self) -> None:
        """Put title, state of the functions, table, reasons and traces."""
        b, t, last = self.b, self.text, self.table.last
        b.sheets["live"], b.last_columns[self.sheet] = self.sheet, last
        for row, key, style in ((2, "title", "title"), (3, "hint", "note")):
            self._at(row).put("stage", Key("live", key), "note",
                              content=t(f"live.{key}"),
                              style=style, span=last - 1)  # fmt: skip
        self._at(3).height(34)
        self._state()
        heads = self._at(self.row)
        b.line(
            heads, Key("live", "head"), self.table["stage"].first, t("live.headings")
        )
        heads.height(32)
        for stage in Stage:
            self._stage(stage)
        for stage in Stage:
            self._trace(stage)

    def _at(self, row: int) -> Cursor:
        return self.b.row(self.sheet, row, self.table)

    def _call(
        self, at: Cursor, column: str, key: Key, formula: str, style: str, span: int = 1
    ) -> str:
        """Put a bare call: without the functions it shows #NAME?, here alone."""
        computed = Computed(formula, _not_called)
        slot = at.put(column, key, "live", style=style, span=span,
                      computed=computed)  # fmt: skip
        return slot.fixed

    def _note(self, at: Cursor, key: Key, text: str) -> None:
        """Put a label on the left of what a function answers."""
        at.put("stage", key, "note", content=text, style="fixed",
               span=self.left)  # fmt: skip

    # -- are the functions there ---------------------------------------------------

    def _state(self) -> None:
        t, at, digest = self.text, self._at(_TOP), quoted(self.b.m.digest[:16])
        self._note(at, Key("live", "state"), t("live.state"))
        call = self.dialect.call("VERSION", self.id)
        self.version = self._call(
            at, "native", Key("live", "version"), call, "fixed", self.right
        )
        found = f"ISNUMBER(SEARCH({digest},{self.version}))"
        same, other, absent = (
            quoted(t(f"live.{k}")) for k in ("same", "other", "absent")
        )
        formula = f"IF(ISERROR({self.version}),{absent},IF({found},{same},{other}))"
        at.down().put("native", Key("live", "definition"), "live_word", style="fixed",
                      span=self.right, computed=Computed(formula, _no_word),
                      )  # fmt: skip
        self._note(at.down(), Key("live", "install"), t(f"live.install_{self.host}"))
        at.height(32)
        at.down().height(48)

    # -- the table -----------------------------------------------------------------

    def _ranges(self, stage: Stage) -> tuple[object, ...]:
        b = self.b
        return tuple(stage_areas(b.m, b.cells, b.layout, b.rows, stage))

    def _missing(self, stage: Stage) -> str:
        return self.b.cells[Key(stage, "missing")].absolute

    def _stage(self, stage: Stage) -> None:
        b, results = self.b, self.b.m.results
        quantities = (
            ("RE", results.reference),
            ("PE", results.project),
            ("ER", results.reduction),
        )
        for function, name in quantities:
            cell = b.cells[Key(stage, "quantity", name)].absolute
            word = quoted(self.text("live.missing"))
            formula = f"IF({self._missing(stage)}>0,{word},{cell})"
            value = partial(_native, stage=stage, name=name)
            self._line(stage, function, name, Computed(formula, value))
        credited = b.cells[Key(stage, "result")].absolute
        shown = Computed(credited, partial(CachedValues.result, stage=stage))
        self._line(stage, "CREDITED", results.reduction, shown)
        self.row += 1
        reason = self.dialect.call("CHECK", self.id, '""', *self._ranges(stage))
        at = self._at(self.row)
        self._note(
            at, Key("live", "reason.label", stage), self.text(f"live.reason_{stage}")
        )
        self._call(
            at, "native", Key("live", "reason", stage), reason, "fixed", self.right
        )
        at.height(32)

    def _line(self, stage: Stage, function: str, name: str, native: Computed) -> None:
        b, f, t = self.b, self.b.m.formulas[name], self.text
        self.row += 1
        at, key = self._at(self.row), Key("live", "stage", stage, part=function)
        word = t("live.plan" if stage is Stage.PLAN else "live.report")
        at.put("stage", key, "note", content=word, style="unit")
        b.symbol(at, "symbol", key.of("symbol"), f)
        whole = t("live.credited", label=f.label)
        label = whole if function == "CREDITED" else f.label
        at.put("label", key.of("label"), "note", content=f"{label} [{f.unit}]",
               style="fixed")  # fmt: skip
        at.height(32)
        style = "result" if function == "CREDITED" else "value"
        here = at.put("native", key.of("native"), "live_native", style=style,
                      computed=native).address  # fmt: skip
        formula = self.dialect.call(function, self.id, *self._ranges(stage))
        self._call(at, "live", key.of("value"), formula, style)
        there = b.cells[key.of("value")].address
        both = f"AND(ISNUMBER({here}),ISNUMBER({there}))"
        difference = Computed(f'IF({both},{there}-{here},"")', _no_word)
        at.put("difference", key.of("difference"), "live_word", style="value",
               computed=difference)  # fmt: skip
        verdict = Computed(self._verdict(stage, both, here, there), _no_word)
        at.put("verdict", key.of("verdict"), "live_verdict", style="unit",
               computed=verdict)  # fmt: skip

    def _verdict(self, stage: Stage, both: str, here: str, there: str) -> str:
        """Return words for every case, so that no cell is left to be guessed."""
        agreed, differs, incomplete, failed, absent = (
            quoted(self.text(f"live.{word}"))
            for word in ("agreed", "differs", "incomplete", "failed", "absent")
        )
        near = f"ABS({there}-{here})<={AGREE}*MAX(1,ABS({here}))"
        either = f"OR(ISNUMBER({here}),ISNUMBER({there}))"
        return (
            f"IF(ISERROR({self.version}),{absent},IF({both},IF({near},{agreed},{differs}),"
            f"IF({self._missing(stage)}>0,{incomplete},IF({either},{differs},{failed}))))"
        )

    # -- the traces ----------------------------------------------------------------

    def _trace(self, stage: Stage) -> None:
        b, t = self.b, self.text
        self.row += 2
        at, lines = self._at(self.row), self._lines(stage)
        title = t("live.trace_plan" if stage is Stage.PLAN else "live.trace_report")
        at.put("stage", Key("live", "trace.title", stage), "note", content=title,
               style="block", span=self.table.last - 1)  # fmt: skip
        left = self.table["label"].first
        b.line(
            at.down(), Key("live", "trace.head", stage), left, t("live.trace_headings")
        )
        symbol = quoted(b.m.results.reduction)
        formula = self.dialect.call("TRACE", self.id, symbol, *self._ranges(stage))
        at.down(2).put("label", Key("live", "trace", stage), "live_array",
                       style="trace",
                       rows=lines, computed=Computed(formula, _not_called),
                       )  # fmt: skip
        self.row += 1 + lines

    def _lines(self, stage: Stage) -> int:
        """Return how long a trace gets with every unit row in use."""
        b = self.b
        used = {name: tuple(range(1, n + 1)) for name, n in b.rows.items()}
        inputs = StageInputs({}, used)
        tree = explain(calculate(b.m, inputs), inputs, b.m.results.reduction)
        return min(sum(1 for _ in parts(tree)), TRACE_LINES)


def _not_called(_: CachedValues) -> Cached:
    # Nobody has called the function yet; a value here would be taken for one.
    return "#NAME?"


def _no_word(_: CachedValues) -> Cached:
    return ""


def _native(shown: CachedValues, stage: str, name: str) -> Cached:
    if shown.missing(stage):
        return str(shown.plan.messages("live.missing"))
    return shown.quantity(stage, name)
