"""Books as people make them by hand: the official sheets, from a submission.

What is written here is the official layout as far as our notes know it, in the ways
in which real books differ from each other. Nothing of it uses our plan's addresses.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import xlsxwriter

from jcm_xl.api import calculate_stages
from jcm_xl.model.methodology import Methodology, Parameter
from jcm_xl.model.result import Result
from jcm_xl.model.submission import Stage, Submission, Value
from jcm_xl.plan.layout import layout
from jcm_xl.plan.plan import make_plan
from jcm_xl.text.symbols import plain_symbol, typed_symbol
from jcm_xl.xlsx.grid import address
from tests.keys import texts

NAMES = {"mps": "MPS(input)", "mrs": "MRS(input)", "mss": "MSS",
         "mps_calc": "MPS(calc_process)", "mrs_calc": "MRS(calc_process)",
         "mps_separate": "MPS(input_separate)",
         "mrs_separate": "MRS(input_separate)"}  # fmt: skip


@dataclass(frozen=True)
class Hand:
    """How somebody made the book.

    down, right: by how much everything is shifted; gaps: blank rows between the rows
    of a table; extra: a column without heading after this role of Table 1.
    wide: every heading is merged over two columns; tall: letters and headings too.
    units: how several units are told apart: `point` (1)-1, `symbol` EC_PJ,1,p,
    `repeat` (the same row again) or `separate` (a sheet of its own).
    period: how it is written; column: whether Table 1 of the report has it.
    own_table_3: there is no Table 3.
    own_report: the tables of the report have titles and headings of somebody's own.
    edit: slot key -> what stands there in place of the value; a key with `.unit:`,
    `.symbol:`, `.point:`, `.label:` or `.result` changes these cells.
    """

    down: int = 0
    right: int = 0
    gaps: int = 0
    wide: bool = False
    extra: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    units: str = "point"
    period: str = "{0.day}/{0:%b}/{0.year}-{1.day}/{1:%b}/{1.year}"
    column: bool = True
    letters: bool = True
    titles: bool = True
    spreadsheet: str = "Monitoring Spreadsheet: {id}"
    reference: str = "Reference Number: {number}"
    heading: Mapping[str, str] = field(default_factory=dict)
    full_width: bool = False
    own_report: bool = False
    own_table_3: bool = False
    edit: Mapping[str, object] = field(default_factory=dict)


def wide_signs(text: str) -> str:
    """Return a text in the full-width signs of a Japanese keyboard."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def by_hand(m: Methodology, submission: Submission, hand: Hand = Hand()) -> bytes:
    """Return a hand-made book that holds a submission."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    _Writer(book, m, submission, hand).write()
    book.close()
    return buffer.getvalue()


class _Writer:
    def __init__(
        self, book: Any, m: Methodology, submission: Submission, hand: Hand
    ) -> None:
        self.book, self.m, self.hand = book, m, hand
        self.submission, self.given = submission, texts(submission.values)
        self.head = book.add_format({"bold": True, "border": 1, "text_wrap": True})
        plan = make_plan(m, submission.rows)
        _, self.results = calculate_stages(plan, submission)
        self.row = 0
        self.sheet: Any = None

    def write(self) -> None:
        for stage in Stage:
            self._input(stage)
            if self.hand.units == "separate" and self.m.sets:
                self._separate(stage)
            self._calc(stage)
            if stage is Stage.PLAN:
                self._mss()

    # -- the tools ---------------------------------------------------------------

    def _begin(self, key: str) -> None:
        name = self.hand.names.get(key, NAMES[key])
        self.sheet = self.book.add_worksheet(name)
        self.row = self.hand.down
        number = str(self.given.get("reference_number") or "")
        self._put(12, self.hand.spreadsheet.format(id=self.m.spreadsheet_id))
        self.row += 1
        self._put(12, self.hand.reference.format(number=number))
        self.row += 1
        title = f"sheets.{key}.title" if key[3:] else f"sheets.{key}_input.title"
        title = "sheets.mss.title" if key == "mss" else title
        self._put(1, layout()(title))
        self.row += 2

    def _put(self, column: int, value: object, width: int = 1) -> None:
        if value is None or value == "":
            return
        at = self.hand.right + column
        if isinstance(value, tuple):
            self.sheet.write_formula(self.row, at, value[0], None, value[1])
        elif width > 1:
            self.sheet.merge_range(
                self.row, at, self.row, at + width - 1, value, self.head
            )
        else:
            self.sheet.write(self.row, at, value)

    def _said(self, key: str, value: object) -> object:
        return self.hand.edit.get(key, value)

    def _line(self, columns: Mapping[str, int], texts: Mapping[str, object]) -> None:
        for role, column in columns.items():
            self._put(column, texts.get(role))
        self.row += 1

    # -- the input sheets --------------------------------------------------------

    def _input(self, stage: Stage) -> None:
        self._begin(stage)
        self.is_own = self.hand.own_report and stage is Stage.REPORT
        table1, table2 = (layout().table(f"table{n}", stage) for n in (1, 2))
        heads = dict(table1.headings)
        if not self.hand.column:
            heads.pop("period", None)
        self._title(table1.title)
        columns = self._heads(heads)
        for n, p in enumerate((q for q in self.m.inputs if q.is_monitored), 1):
            for unit in self._units(stage, p):
                self._line(columns, dict(self._row1(stage, p, n, unit)))
                self.row += self.hand.gaps
        self.row += 1
        self._title(table2.title)
        columns = self._heads(table2.headings)
        for p in self.m.inputs:
            if p.is_monitored:
                continue
            for unit in self._units(Stage.PLAN, p):
                self._line(columns, dict(self._row2(stage, p, unit)))
                self.row += self.hand.gaps
        self.row += 1
        self._table3(stage)
        self._legend()

    def _title(self, text: str) -> None:
        if self.hand.titles:
            self._put(1, "Overview" if self.is_own else text)
        self.row += 1

    def _heads(self, heads: Mapping[str, str]) -> dict[str, int]:
        width, column = 2 if self.hand.wide else 1, 1
        columns = {}
        for role in heads:
            columns[role] = column
            column += width + (role == self.hand.extra)
        if self.hand.letters and not self.is_own:
            for n, at in enumerate(columns.values()):
                self._put(at, f"({chr(97 + n)})", width)
            self.row += 1
        for role, at in columns.items():
            text = self.hand.heading.get(role, heads[role])
            text = f"Column {at}" if self.is_own else text
            self._put(at, wide_signs(text) if self.hand.full_width else text, width)
        self.row += 1
        return columns

    def _units(self, stage: Stage, p: Parameter) -> list[int]:
        """Return the numbers of the rows of one parameter; 0 for one row only."""
        if p.index is None or self.hand.units == "separate":
            return [0]
        sets = [q.name for q in self.m.inputs if q.index == p.index]
        used = {
            u
            for u in range(1, self.submission.rows[p.index] + 1)
            for name in sets
            if self.given.get(f"{stage}.value:{name}[{u}]") is not None
        }
        return sorted(used) or [1]

    def _row1(
        self, stage: Stage, p: Parameter, n: int, unit: int
    ) -> list[tuple[str, object]]:
        u = f"[{unit}]" if unit else ""
        point = f"({n})-{unit}" if unit and self.hand.units == "point" else f"({n})"
        if self.hand.full_width:
            point = wide_signs(point)
        option = self.given.get(f"{stage}.option:{p.name}{u}")
        texts = self._texts(stage, p, unit, option)
        label = self._said(f"{stage}.label:{p.name}", p.label)
        only = f"Option {p.options[0]}" if len(p.options) == 1 else ""
        return [
            ("period", self._period(p)),
            ("point", self._said(f"{stage}.point:{p.name}{u}", point)),
            *self._about(stage, p, unit),
            ("label", label),
            ("value", self._value(stage, p, u)),
            ("option", self._said(f"{stage}.option:{p.name}{u}", option or only)),
            *texts.items(),
        ]

    def _row2(self, stage: Stage, p: Parameter, unit: int) -> list[tuple[str, object]]:
        u = f"[{unit}]" if unit else ""
        rest = [
            (role, self.given.get(f"mps.{role}:{p.name}"))
            for role in ("source", "comment")
        ]
        value = self._value(Stage.PLAN, p, u)
        return [
            *self._about(stage, p, unit, is_numbered=self.hand.units == "point"),
            ("label", self._said(f"{stage}.label:{p.name}", p.label)),
            ("value", self._said(f"{stage}.value:{p.name}{u}", value)),
            *rest,
        ]

    def _about(
        self, stage: Stage, p: Parameter, unit: int, *, is_numbered: bool = False
    ) -> list[tuple[str, object]]:
        symbol = plain_symbol(p.symbol)
        if unit and (is_numbered or self.hand.units == "symbol"):
            tokens = typed_symbol(p.symbol).replace("_", "_,").split(",")
            symbol = ",".join(str(unit) if t == p.index else t for t in tokens)
            symbol = symbol.replace("_,", "_")
        if self.hand.full_width:
            symbol = wide_signs(symbol)
        beside = "-" if p.is_choice else str(p.unit)
        return [
            ("symbol", self._said(f"{stage}.symbol:{p.name}", symbol)),
            ("unit", self._said(f"{stage}.unit:{p.name}", beside)),
        ]

    def _value(self, stage: Stage, p: Parameter, u: str) -> object:
        key = f"{stage}.value:{p.name}{u}"
        value: object = self.given.get(key)
        if self.hand.units == "separate" and p.index:
            value = f"see {NAMES[f'{stage}_separate']}"
        return self._said(key, value)

    def _texts(
        self, stage: Stage, p: Parameter, unit: int, option: Value
    ) -> dict[str, object]:
        block = next((b for b in p.monitoring if f"Option {b.option}" == option),
                     p.monitoring[0])  # fmt: skip
        texts: dict[str, object] = {}
        for role in ("source", "procedure", "frequency", "comment"):
            made = getattr(block, role, None)
            texts[role] = self.given.get(f"{stage}.{role}:{p.name}") or made
        return texts

    def _period(self, p: Parameter | None = None) -> object:
        days = [self.given.get(f"period.{key}") for key in ("start", "end")]
        if not all(isinstance(day, date) for day in days):
            return None
        text = self.hand.period.format(*days)
        return self._said(f"mrs.period:{p.name}" if p else "period", text)

    def _table3(self, stage: Stage) -> None:
        table = layout().table("table3", stage)
        heads = table.headings
        if self.hand.own_table_3:
            return
        self._title(table.title)
        wide = 2 if self.hand.wide else 1
        if stage is Stage.REPORT:
            self._put(1, heads["period"])
        self._put(2 + wide, heads["value"])
        self._put(4 + wide, heads["unit"])
        self.row += 1
        if stage is Stage.REPORT:
            self._put(1, self._period())
        result = self.results[stage]
        calc = self.hand.names.get(f"{stage}_calc", NAMES[f"{stage}_calc"])
        figure: object = None
        if result.sheet_credited is not None:
            figure = (f"=ROUNDDOWN('{calc}'!{self._cell_of_er()},0)",
                      result.sheet_credited)  # fmt: skip
        self._put(2 + wide, self._said(f"{stage}.result", figure))
        self._put(4 + wide, "tCO2/p")
        self.row += 2

    def _legend(self) -> None:
        table = layout().table("options", "mps")
        self._put(1, table.title)
        self.row += 1
        for cells in (table.headings.values(), *layout()("options.rows")):
            for n, cell in enumerate(cells):
                self._put(1 + 3 * n, cell)
            self.row += 1

    # -- the other sheets --------------------------------------------------------

    def _separate(self, stage: Stage) -> None:
        self._begin(f"{stage}_separate")
        for index in self.m.sets:
            over = [p for p in self.m.inputs if p.index == index]
            for role in ("symbol", "unit", "label"):
                for n, p in enumerate(over):
                    about = dict(self._about(stage, p, 0)) | {"label": p.label}
                    self._put(2 + n, about[role])
                    if role == "label" and len(p.options) > 1:
                        self._put(20 + n, "Monitoring option")
                self.row += 1
            units = _Writer._units(
                _Narrow(self.book, self.m, self.submission, Hand()), stage, over[0]
            )
            for unit in units:
                self._put(1, f"({unit})")
                for n, p in enumerate(over):
                    own = stage if p.is_monitored else Stage.PLAN
                    key = f"{own}.value:{p.name}[{unit}]"
                    self._put(2 + n, self._said(key, self.given.get(key)))
                self.row += 1
            self.row += 1

    def _mss(self) -> None:
        self._begin("mss")
        for n, heading in enumerate(layout().table("mss").headings.values()):
            self._put(1 + n, heading)
        for number in range(1, layout()("mss.rows") + 1):
            self.row += 1
            self._put(1, self.given.get(f"mss.person:{number}"))
            self._put(2, self.given.get(f"mss.role:{number}"))

    def _cell_of_er(self) -> str:
        return address(self.hand.down + 6, self.hand.right + 7)

    def _calc(self, stage: Stage) -> None:
        self._begin(f"{stage}_calc")
        m, text = self.m, layout()
        result: Result = self.results[stage]
        names = (m.results.reduction, m.results.reference, m.results.project)
        blocks = ("reduction", "reference", "project")
        headings = text.table("calc").headings
        for block, name in zip(blocks, names, strict=True):
            self._put(1, text(f"calc.{block}"))
            for n, heading in enumerate(headings.values()):
                self._put(5 + n, heading)
            self.row += 1
            quantity, f = result.get(name), m.formulas[name]
            value = quantity.value if quantity else None
            self._put(1, f.label)
            if value is not None:
                figure = (f"={value!r}+0", value)
                self._put(6, self._said(f"{stage}.quantity:{name}", figure))
            self._put(7, str(f.unit))
            self._put(8, plain_symbol(f.symbol))
            self.row += 2


class _Narrow(_Writer):
    """The same book with its rows told apart: to ask which units are used."""
