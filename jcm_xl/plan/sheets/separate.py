"""MPS(input_separate) and MRS(input_separate): one row for each unit of a set."""

from __future__ import annotations

from functools import partial

from jcm_xl.model.key import Key
from jcm_xl.model.methodology import Parameter, UnitSet
from jcm_xl.plan.builder import Builder, Cursor, quoted
from jcm_xl.plan.cached_values import CachedValues
from jcm_xl.plan.slot import Cached, Computed
from jcm_xl.plan.tables import FIRST_COLUMN, TEXT

_LEAST = {False: 6, True: 7}
"""How many columns the header needs, without and with a banner of several lines."""
_HEADS = 5
"""Rows above the first unit: title, table, symbol, description, unit."""


def separate_sheet(b: Builder, stage: str) -> None:
    """Lay out the table of every set, one below the other."""
    tables = [_UnitTable(b, stage, unit_set) for unit_set in b.m.sets.values()]
    sheet = b.begin(
        f"{stage}_separate", max(_LEAST[b.wraps_banner], *(t.last for t in tables))
    )
    first = row = b.layout("separate.first")
    for table in tables:
        table.lay_out(sheet, row)
        row += _HEADS + b.rows[table.index] + 2
    if len(tables) == 1:
        b.freeze[sheet] = (first + _HEADS - 1, FIRST_COLUMN)


class _UnitTable:
    """The table of one set: `columns` are (role, parameter) from left to right."""

    def __init__(self, b: Builder, stage: str, unit_set: UnitSet) -> None:
        self.b, self.stage, self.unit_set = b, stage, unit_set
        self.index = unit_set.name
        self.head = Key(stage, "separate", self.index)
        self.table = b.layout.table("separate", stage)
        self.columns: list[tuple[str, Parameter | None]] = []
        for role in self.table.roles:
            if role == "value":
                for p in b.indexed(self.index):
                    with_option = ("value", "option") if p.is_monitored else ("value",)
                    self.columns += [(each, p) for each in with_option]
            elif role != "option":
                self.columns.append((role, None))
        self.last = FIRST_COLUMN + len(self.columns) - 1

    @property
    def _title(self) -> str:
        return "separate.all_rows" if self.unit_set.is_fixed else "separate.title"

    def lay_out(self, sheet: str, row: int) -> None:
        """Put the title, then the columns from left to right."""
        b, at = self.b, self.b.row(sheet, row)
        at.put(FIRST_COLUMN, self.head.beside("title"), "heading", style="section",
               content=b.layout(self._title, set=self.unit_set))  # fmt: skip
        units = [(u, at.down(_HEADS + u - 1)) for u in range(1, b.rows[self.index] + 1)]
        for column, (role, p) in enumerate(self.columns, FIRST_COLUMN):
            if role == "value" and p:
                self._heads(at.down(), column, p)
            else:
                name = f"{p.name}.option" if p else role
                at.down(2).put(column, self.head.beside(name), "heading", style="head",
                               content=self.table[role].heading)  # fmt: skip
            for u, row_of_unit in units:
                self._cell(row_of_unit, column, role, p, u)

    def _cell(
        self, at: Cursor, column: int, role: str, p: Parameter | None, u: int
    ) -> None:
        key = Key(self.stage, role, p.name if p else self.index, u)
        if role == "number":
            number = self.unit_set.number(u)
            at.put(column, key, "label", content=number, style="unit", unit=u)
        elif p is None:
            self.b.input(at, column, key, role, TEXT, name=self.index, unit=u)
        elif role == "option":
            self._option(at, column, p, u)
        elif self.stage == "mrs" and not p.is_monitored:
            source = Key("mps", "value", p.name, u)
            self.b.copy_of(at, column, key, source, name=p.name, unit=u)
        else:
            rule = "choice" if p.is_choice else "number"
            self.b.input(at, column, key, "value", rule, name=p.name, unit=u)

    def _heads(self, at: Cursor, column: int, p: Parameter) -> None:
        b, key = self.b, self.head.beside(p.name)
        table = "monitored" if p.is_monitored else "fixed"
        at.put(column, key.beside("table"), "heading", style="letter",
               content=b.layout(f"separate.{table}"))  # fmt: skip
        b.symbol(at.down(), column, key.beside("symbol"), p, style="head")
        b.label_of(at.down(2), column, key.beside("label"), p)
        at.down(2).height(75)
        b.unit_of(at.down(3), column, key.beside("unit"), p)

    def _option(self, at: Cursor, column: int, p: Parameter, u: int) -> None:
        b, key = self.b, Key(self.stage, "option", p.name, u)
        if len(p.options) > 1:
            b.input(at, column, key, "option", "option", name=p.name, unit=u)
            return
        value, only = Key(self.stage, "value", p.name, u), f"Option {p.options[0]}"
        formula = f'IF({b.cells[value].address}="","",{quoted(only)})'
        shown = partial(_only_option, key=value, option=only)
        at.put(column, key, "option_copy", style="unit", name=p.name, unit=u,
               computed=Computed(formula, shown))  # fmt: skip


def _only_option(shown: CachedValues, key: Key, option: str) -> Cached:
    return "" if shown.is_blank(key) else option
