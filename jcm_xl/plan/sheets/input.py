"""MPS(input) and MRS(input): Tables 1 to 3 and the monitoring options."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import chain
from typing import Any

from jcm_xl.model.key import PERIOD, PLAN_DAYS, Key, option_key
from jcm_xl.model.methodology import Monitoring, Parameter
from jcm_xl.plan.builder import Builder, Cursor, quoted
from jcm_xl.plan.cached_values import CachedValues
from jcm_xl.plan.slot import Cached, Computed, fixed_address
from jcm_xl.plan.tables import FIRST_COLUMN, OPTION_TEXT, TEXT, Column, SheetTable
from jcm_xl.text.days import MONTH_NAMES, period_text
from jcm_xl.text.room import height
from jcm_xl.xlsx.grid import address

_HEAD_HEIGHT = 32
_ROW_HEIGHT = 60
"""Four lines, or five of the letters in which the methodology's texts stand."""
_OF_TEXTS = ("medium", "small")
_OF_INPUTS = ("medium_input", "small_input")
"""Letters of the texts of measurement: the largest in which a text takes the row."""


class InputSheet:
    """Positions of one input sheet: its tables one below the other."""

    def __init__(self, b: Builder, stage: str) -> None:
        self.b, self.stage = b, stage
        self.is_report = stage == "mrs"
        self.tables = {
            key: b.layout.table(key, stage) for key in b.layout("input.tables")
        }
        self.choices = [p for p in b.monitored if len(p.options) > 1]
        self.tops = dict(self._tops())
        self.sheet = ""

    def _tops(self) -> Iterator[tuple[str, int]]:
        """Yield the row of the title of each table, one blank row between them."""
        rows = {
            "table1": len(self.b.monitored),
            "table2": max(len(self.b.fixed), 1),
            "table3": 1,
            "options": len(self.b.layout("options.rows")),
            "texts": sum(len(p.options) for p in self.choices),
        }
        top = self.b.layout("input.first")
        for key, table in self.tables.items():
            yield key, top
            if rows[key]:
                top += _heads(table) + rows[key] + 1

    def _row(self, key: str, n: int = 0) -> Cursor:
        """Return the n-th row below the headings of a table."""
        table = self.tables[key]
        return self.b.row(self.sheet, self.tops[key] + _heads(table) + n, table)

    def build(self) -> None:
        """Put every slot but the result of Table 3, which needs the other sheet."""
        b, stage = self.b, self.stage
        last = b.layout.last_of_input(stage)
        self.sheet = b.begin(f"{stage}_input", last)
        if self.is_report:
            self._period()
        self._heads("table1").height(_HEAD_HEIGHT)
        for n, p in enumerate(b.monitored):
            self._row1(self._row("table1", n), n, p)
        self._heads("table2")
        for n, p in enumerate(b.fixed):
            self._row2(self._row("table2", n), p)
        if not b.fixed:
            self._no_row2(self._row("table2"))
        self._table3(last)
        self._legend()
        self._option_texts()
        for p in b.m.inputs:
            if p.index is None:
                name, value = f"{stage}_{p.name}", Key(stage, "value", p.name)
                b.names[name] = b.cells[value].absolute
        b.freeze[self.sheet] = (b.layout.header_rows + 1, 0)

    # -- the period, and what stands above every table -----------------------------

    def _period(self) -> None:
        text, stage = self.b.layout, self.stage
        at = self.b.row(self.sheet, text("period.row"), text.table("period", stage))
        at.put("label", Key(stage, "period.label"), "heading", style="section",
               content=text("period.label"))  # fmt: skip
        for key, day in (("first", "start"), ("last", "end")):
            at.put(key, Key(stage, f"period.{key}"), "heading", style="right",
                   content=text(f"period.{key}"))  # fmt: skip
            self.b.input(at, day, Key("period", day), "period", "date", style="date")
        at.put("hint", Key(stage, "period.hint"), "note", style="plain",
               content=text("period.hint"))  # fmt: skip

    def _heads(self, key: str) -> Cursor:
        """Put title, letters and headings of a table; return the row of headings."""
        table, stage = self.tables[key], self.stage
        at = self._title(key, table.title).down()
        if table.has_letters:
            for i, column in enumerate(table, 1):
                at.put(column.role, Key(stage, f"{key}.letter", unit=i), "heading",
                       content=f"({chr(96 + i)})", style="letter")  # fmt: skip
            at = at.down()
        for i, column in enumerate(table, 1):
            at.put(column.role, Key(stage, f"{key}.head", unit=i), "heading",
                   content=column.heading, style="head")  # fmt: skip
        return at

    def _title(self, key: str, title: str, slot: str = "") -> Cursor:
        at = self.b.row(self.sheet, self.tops[key], self.tables[key])
        at.put(FIRST_COLUMN, Key(self.stage, f"{slot or key}.title"), "heading",
               style="section", content=title)  # fmt: skip
        return at

    # -- Table 1 -------------------------------------------------------------------

    def _row1(self, at: Cursor, n: int, p: Parameter) -> None:
        for column in self.tables["table1"]:
            self._cell1(at, column, n, p)
        if self.b.has_first_view:
            at.height(_ROW_HEIGHT)
            return
        longest = max(len(block.procedure) for block in p.monitoring)
        at.height(min(400, max(45, 15 * (longest // 50 + 2))))

    def _cell1(self, at: Cursor, column: Column, n: int, p: Parameter) -> None:
        key = Key(self.stage, column.role, p.name)
        match column.kind:
            case "period":
                at.put("period", Key(self.stage, "period_copy", p.name), "period_copy",
                       style="symbol", computed=self._period_copy())  # fmt: skip
            case "point":
                at.put("point", key, "point", content=f"({n + 1})", style="unit",
                       name=p.name)  # fmt: skip
            case "value":
                self._value(at, p)
            case "option":
                self._option(at, p)
            case "option text":
                self._text(at, p, column.role)
            case _:
                self._usual(at, column, p)

    def _usual(self, at: Cursor, column: Column, p: Parameter) -> None:
        """Put a cell that is the same in Tables 1 and 2."""
        key = Key(self.stage, column.role, p.name)
        match column.kind:
            case "symbol":
                self.b.symbol(at, "symbol", key, p)
            case "label":
                self.b.label_of(at, "label", key, p)
            case "unit":
                self.b.unit_of(at, "unit", key, p)
            case _:
                self.b.input(at, column.role, key, column.role, "text", name=p.name)

    def _period_copy(self) -> Computed:
        row, table = self._row("table3"), self.tables["table3"]
        return Computed(fixed_address(row.row, table["period"].first), _period_value)

    def _value(self, at: Cursor, p: Parameter) -> None:
        b, stage = self.b, self.stage
        if p.index is None:
            rule = "choice" if p.is_choice else "number"
            b.input(
                at, "value", Key(stage, "value", p.name), "value", rule, name=p.name
            )
        elif p.is_additive:
            keys = b.unit_keys(Key(stage, "value", p.name), p.index)
            where, see = b.input_range(keys, self.sheet), b.see(f"{stage}_separate")
            computed = Computed(
                f"IF(COUNT({where})=0,{quoted(see)},SUM({where}))",
                partial(CachedValues.total, stage=stage, name=p.name, index=p.index),
            )
            style = "total" if b.has_first_view else "value"
            at.put("value", Key(stage, "total", p.name), "total", style=style,
                   name=p.name, computed=computed)  # fmt: skip
        else:
            self._see(at, "value", Key(stage, "total", p.name), p)

    def _see(self, at: Cursor, column: str, key: Key, p: Parameter) -> None:
        """Put a reference to the sheet that has the values by unit."""
        at.put(column, key, "label", name=p.name,
               content=self.b.see(f"{self.stage}_separate"))  # fmt: skip

    def _option(self, at: Cursor, p: Parameter) -> None:
        key = Key(self.stage, "option", p.name)
        if len(p.options) == 1:
            at.put("option", key, "option_fixed", style="unit", name=p.name,
                   content=f"Option {p.options[0]}")  # fmt: skip
        elif p.index is None:
            self.b.input(at, "option", key, "option", "option", name=p.name)
        else:
            self._see(at, "option", key, p)

    def _text(self, at: Cursor, p: Parameter, role: str) -> None:
        """Put the methodology's text: of the only option, or of the one chosen."""
        key = Key(self.stage, role, p.name)
        texts = [getattr(block, role) for block in p.monitoring]
        shown: dict[str, Any] = {"content": texts[0]}
        if len(p.options) > 1:
            value = partial(_option_text, stage=self.stage, name=p.name, role=role)
            shown = {"computed": Computed(self._chosen_text(p, role), value)}
        self.b.input(at, role, key, role, "text", name=p.name, style="input", **shown)
        if self.b.has_first_view:  # units may take different options: all texts at once
            self.b.fit(key, ["".join(texts)] if p.index else texts, _OF_INPUTS)

    def _chosen_text(self, p: Parameter, role: str) -> str:
        before = self.choices[: self.choices.index(p)]
        first = self._row("texts", sum(len(q.options) for q in before))
        column = self.tables["texts"][role].first
        cells = [address(first.row + i, column) for i in range(len(p.options))]
        if p.index is None:
            chosen = self.b.cells[Key(self.stage, "option", p.name)].address
            formula = '""'
            for option, cell in reversed(list(zip(p.options, cells, strict=True))):
                formula = f'IF({chosen}="Option {option}",{cell},{formula})'
            return formula
        keys = self.b.unit_keys(Key(self.stage, "option", p.name), p.index)
        where = self.b.input_range(keys, self.sheet)
        return "&".join(
            f'IF(COUNTIF({where},"Option {option}")>0,{cell},"")'
            for option, cell in zip(p.options, cells, strict=True)
        )

    # -- Table 2 -------------------------------------------------------------------

    def _row2(self, at: Cursor, p: Parameter) -> None:
        """Put a row of Table 2; that of the report repeats the plan."""
        for column in self.tables["table2"]:
            role = column.role
            key = Key(self.stage, role, p.name)
            if column.kind == "value" and p.index is not None:
                self._see(at, "value", Key(self.stage, "total", p.name), p)
            elif column.kind in ("value", TEXT) and self.is_report:
                self.b.copy_of(at, role, key, key.in_plan(), name=p.name)
            elif column.kind == "value":
                self._value(at, p)
            else:
                self._usual(at, column, p)
        at.height(self._height2(p))

    def _height2(self, p: Parameter) -> float:
        """Return the height of a row of Table 2 in which all choices can be read."""
        if not self.b.has_first_view:
            return 45 if len(p.label) > 64 else 32
        table = self.b.layout.table("table1", self.stage)
        choices = self.b.m.choices(p) if p.is_choice and p.index is None else ()
        wide = sum(table["value"].widths)
        return max([32, *(height(text, wide) for text in choices)])

    def _no_row2(self, at: Cursor) -> None:
        """Say that there is nothing in Table 2."""
        # Books since 0.1.0 have it one column further right in the report.
        column = FIRST_COLUMN + self.is_report
        at.put(column, Key(self.stage, "table2.none"), "label", content="-",
               style="symbol", span=self.tables["table2"]["symbol"].span)  # fmt: skip

    # -- Table 3 -------------------------------------------------------------------

    def _table3(self, last: int) -> None:
        b, table, row = self.b, self.tables["table3"], self._row("table3")
        heads = self._title("table3", table.title).down()
        heads.height(_HEAD_HEIGHT)
        shown = ("value", "unit", "period") if self.is_report else ("value", "unit")
        for role in shown:
            slot = {"unit": "units"}.get(role, role)
            heads.put(role, Key(self.stage, f"table3.{slot}"), "heading", style="head",
                      content=table[role].heading)  # fmt: skip
        if self.is_report:
            computed = Computed(self._period_formula(), _period_value)
            row.put("period", Key("mrs", "period"), "period_copy", style="symbol",
                    computed=computed)  # fmt: skip
        else:
            row.put("days_label", Key("mps", "days.label"), "note", style="plain",
                    content=b.layout("table3.days"))  # fmt: skip
            b.input(row, "days", PLAN_DAYS, "days", "number")

    def _period_formula(self) -> str:
        # TEXT() codes follow the computer's language (yyyy is jjjj in German Excel).
        months = ",".join(quoted(month) for month in MONTH_NAMES)
        start, end = (self.b.cells[key].fixed for key in PERIOD)
        parts = '&"-"&'.join(
            f'DAY({d})&"/"&CHOOSE(MONTH({d}),{months})&"/"&YEAR({d})'
            for d in (start, end)
        )
        return f'IF(AND(ISNUMBER({start}),ISNUMBER({end})),{parts},"")'

    def result_slot(self) -> None:
        """Put the figure of Table 3, once the calculation sheet stands."""
        b, stage, at = self.b, self.stage, self._row("table3")
        value = partial(CachedValues.result, stage=stage)
        at.put("value", Key(stage, "result"), "result", style="result",
               computed=Computed(self._result_formula(), value))  # fmt: skip
        unit = b.m.formulas[b.m.results.reduction].unit
        at.put("unit", Key(stage, "result.unit"), "unit", style="unit",
               content=str(unit))  # fmt: skip
        b.names[f"{stage}_result"] = b.cells[Key(stage, "result")].absolute

    def _result_formula(self) -> str:
        b, stage, text = self.b, self.stage, self.b.layout
        total = b.cells[Key(stage, "missing")].seen_from(self.sheet)
        reduction = b.cells[Key(stage, "quantity", b.m.results.reduction)]
        value = reduction.seen_from(self.sheet)
        before, one, many, failed = (
            quoted(text(f"incomplete.{k}"))
            for k in ("before", "one", "after", "failed")
        )
        return (
            f"IF({total}>0,{before}&{total}&IF({total}=1,{one},{many}),"
            f"IF(ISNUMBER({value}),ROUNDDOWN({value},0),{failed}))"
        )

    # -- the monitoring options ------------------------------------------------------

    def _legend(self) -> None:
        text, table, stage = self.b.layout, self.tables["options"], self.stage
        heads = self._title("options", table.title, "legend").down()
        heads.height(_HEAD_HEIGHT)
        rows = [[column.heading for column in table], *text("options.rows")]
        for i, cells in enumerate(rows):
            for j, (role, cell) in enumerate(zip(table.roles, cells, strict=True)):
                heads.down(i).put(role, Key(stage, "legend", unit=i, part=str(j)),
                                  "heading",
                                  content=cell, style="fixed" if i else "head",
                                  )  # fmt: skip

    def _option_texts(self) -> None:
        table = self.tables["texts"]
        if not self.choices:
            return
        heads = self._title("texts", table.title).down()
        headings = self.b.layout.table("table1").headings
        for i, role in enumerate(table.of_kind(OPTION_TEXT), 1):
            heads.put(role, Key(self.stage, "texts.head", unit=i), "heading",
                      style="head", content=headings[role])  # fmt: skip
        blocks = chain.from_iterable(
            ((p, b) for b in p.monitoring) for p in self.choices
        )
        for n, (p, block) in enumerate(blocks):
            self._option_row(self._row("texts", n), p, block)

    def _option_row(self, at: Cursor, p: Parameter, block: Monitoring) -> None:
        key = Key(self.stage, "texts.symbol", p.name, part=block.option)
        self.b.symbol(at, "symbol", key, p)
        at.put("option", key.of("texts.option"), "label", style="unit",
               content=f"Option {block.option}", name=p.name)  # fmt: skip
        trust = "official" if block.is_official else "paraphrase"
        is_low = self.b.has_first_view
        for role in self.tables["texts"].of_kind(OPTION_TEXT):
            text, cell = getattr(block, role), key.of(f"texts.{role}")
            at.put(role, cell, "label", name=p.name, style="fixed", content=text,
                   trust=trust)  # fmt: skip
            if is_low:
                self.b.fit(cell, [text], _OF_TEXTS)
        high = min(400, max(30, 15 * (len(block.procedure) // 50 + 2)))
        at.height(_ROW_HEIGHT if is_low else high)


def _heads(table: SheetTable) -> int:
    """Return the rows of title, letters and headings."""
    return 3 if table.has_letters else 2


def _period_value(shown: CachedValues) -> Cached:
    return period_text(*map(shown.submission.get, PERIOD))


def _option_text(shown: CachedValues, stage: str, name: str, role: str) -> Cached:
    p = shown.plan.methodology.parameters[name]
    units = shown.plan.units(p)
    typed = (shown.typed(option_key(stage, name, unit)) for unit in units)
    chosen = {str(option).casefold() for option in typed}
    return "".join(
        getattr(block, role)
        for block in p.monitoring
        if f"option {block.option.casefold()}" in chosen
    )
