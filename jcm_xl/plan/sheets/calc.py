"""MPS(calc_process) and MRS(calc_process): every number a native formula.

Blocks 1 to 5 as on the official sheet (answer first, working below), then the
calculation by unit and the count of input cells that are still missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Literal, cast

from jcm_xl.expr.nodes import Call, Comparison, Expr, Junction, Name, Text
from jcm_xl.expr.to_excel import TableRange, to_excel
from jcm_xl.expr.used import names
from jcm_xl.model.dependencies import dependencies, set_groups
from jcm_xl.model.key import Key, value_key
from jcm_xl.model.methodology import (
    Constant,
    Formula,
    Item,
    Methodology,
    Parameter,
    Row,
    Table,
    UnitSet,
)
from jcm_xl.model.submission import Stage
from jcm_xl.plan.builder import Builder, Cursor, quoted
from jcm_xl.plan.cached_values import CachedValues
from jcm_xl.plan.ranges import unit_row
from jcm_xl.plan.slot import Cached, Computed, fixed_address, fixed_range
from jcm_xl.plan.tables import FIRST_COLUMN
from jcm_xl.text.spellings import full_width
from jcm_xl.xlsx.grid import address
from jcm_xl.xlsx.grid import column_letters as letters

_BLOCKS = ("reduction", "selected", "reference", "project")
"""Names of the blocks 1 to 4."""


def reach(m: Methodology, name: str) -> set[str]:
    """Return the formulas on which a quantity depends, itself included."""
    return {n for n in dependencies(m, name) if n in m.formulas}


def place_formulas(m: Methodology) -> dict[str, int]:
    """Return the block (1 to 4) of every formula without index.

    3 and 4 hold what only the reference or only the project needs, 2 what both
    need, 1 the rest: the reduction and what leads from the two to it.
    """
    reference, project = reach(m, m.results.reference), reach(m, m.results.project)
    return {
        name: (2 if name in project else 3)
        if name in reference
        else 4
        if name in project
        else 1
        for name, f in m.formulas.items()
        if f.index is None
    }


class CalcSheet:
    """Lays out one calculation sheet."""

    def __init__(self, b: Builder, stage: str) -> None:
        self.b, self.stage = b, stage
        self.blocks = place_formulas(b.m)
        self.of_project = reach(b.m, b.m.results.project)
        self.table = b.layout.table("calc", stage)
        self.keys = b.layout.table("calc.key", stage)
        self.classes = b.layout.table("calc.class", stage)
        self.numbers = b.layout.table("calc.number", stage)
        self.last = max(c.last for c in self.table if c.role != "source")
        self.sheet = ""
        self.row = b.layout("calc.first")

    def build(self) -> None:
        """Place all cells first, then write the formulas that point at them."""
        self.sheet = self.b.begin(f"{self.stage}_calc", self.last)
        self.later: list[Callable[[], None]] = []
        for name in self.b.layout("calc.blocks"):
            if name == "defaults":
                self._defaults()
            else:
                self._block(_BLOCKS.index(name) + 1)
        for unit_set in self.b.m.sets.values():
            self._by_unit(unit_set)
        for write in self.later:
            write()
        self._completeness()
        self.b.freeze[self.sheet] = (self.b.layout.header_rows + 1, 0)

    @property
    def at(self) -> Cursor:
        """Return the row that is laid out."""
        return self.b.row(self.sheet, self.row, self.table)

    def _part(self, key: Key, title: str) -> None:
        """Put the title of a part that is as wide as the official columns."""
        self.at.put(FIRST_COLUMN, key.beside("title"), "heading",
                    content=title, style="block", span=self.last - 1)  # fmt: skip

    # -- blocks 1 to 4 ---------------------------------------------------------

    def _block(self, number: int) -> None:
        head, at = Key(self.stage, "block", unit=number), self.at
        at.put("label", head.beside("title"), "heading", style="block",
               content=self.b.layout(f"calc.{_BLOCKS[number - 1]}"))  # fmt: skip
        for i, (role, text) in enumerate(self.table.headings.items(), 1):
            at.put(
                role, head.beside("head").nth(i), "heading", content=text, style="head"
            )
        self.row += 1
        if number == 2:
            self._selected()
        for f in self._scalars(number):
            self._quantity(f)
        if number != 2:
            for name in self._inputs_of(number):
                self._repeat(name, number)
        self.row += 1

    def _scalars(self, number: int) -> list[Formula]:
        m = self.b.m
        first = {1: m.results.reduction, 3: m.results.reference, 4: m.results.project}
        inside = [m.formulas[n] for n, block in self.blocks.items() if block == number]
        return sorted(inside, key=lambda f: f.name != first.get(number))

    def _inputs_of(self, number: int) -> list[str]:
        """Return what the formulas of a block read that is typed or selected."""
        result: dict[str, None] = {}
        for f in self._scalars(number):
            for name in names(f.tree):
                item = self.b.label(name)
                if not isinstance(item, Formula) and not getattr(item, "index", None):
                    result[name] = None
        return list(result)

    def _selected(self) -> None:
        """Put all that is chosen or fixed ex ante, and what both sides share."""
        m = self.b.m
        wanted = [
            p.name
            for p in m.parameters.values()
            if p.index is None and not p.is_monitored
        ]
        wanted += list(m.constants)
        repeated = {n for block in (1, 3, 4) for n in self._inputs_of(block)}
        needed = {
            n
            for f in m.formulas.values()
            for n in names(f.tree)
            if f.index is not None or self.blocks.get(f.name) == 2
        }
        shared = [
            p.name
            for p in self.b.monitored
            if p.index is None and (p.name in needed or p.name not in repeated)
        ]
        for name in (*wanted, *shared):
            self._repeat(name, 2)

    def _wording(self, key: Key, item: Item | Constant, fuel: str) -> None:
        b, at, label = self.b, self.at, item.label
        b.label_of(at, "label", key.beside("label"), item)
        at.put("fuel", key.beside("fuel"), "fuel", style="unit", content=fuel)
        at.put("unit", key.beside("unit"), "unit", style="unit", content=b.unit(item),
               trust=b.trust(item))  # fmt: skip
        b.symbol(at, "symbol", key.beside("symbol"), item)
        if len(label) > 75:
            at.height(30 if len(label) < 150 else 45)

    def _quantity(self, f: Formula) -> None:
        key, at = Key(self.stage, "quantity", f.name), self.at
        self._wording(key, f, f.fuel or "n/a")
        self._source(key.beside("source"), f"{f.source} ({f.evidence})")
        block = self.blocks[f.name]
        at.put("value", key, "quantity")
        self.later.append(lambda: self._write_formula(key, f, block, None))
        self.row += 1

    def _source(self, key: Key, content: str) -> None:
        at = self.at
        at.put("source", key, "source_note", content=content, style="source")
        self._widen(self.table["source"].last)
        lines = -(-len(content) // 70)
        if lines > 1:
            at.height(11 * lines + 2)

    def _widen(self, column: int) -> None:
        last = self.b.last_columns
        last[self.sheet] = max(last[self.sheet], column)

    def _write(self, key: Key, formula: Computed, **more: object) -> None:
        """Give a cell that was placed its formula; it moves behind all other cells."""
        cells = self.b.cells
        cells[key] = cells.pop(key)._replace(computed=formula, **more)  # type: ignore[arg-type]

    def _write_formula(self, key: Key, f: Formula, block: int, u: int | None) -> None:
        text = self._render(f.tree, block, u)
        if u is not None and f.index:
            text = f'IF({self._used(f.index, u)}=0,"",{text})'
        value = partial(CachedValues.quantity, stage=self.stage, name=f.name, u=u)
        self._write(key, Computed(text, value), style="value", name=f.name, unit=u,
                    trust=str(f.evidence))  # fmt: skip
        if u is None:
            self.b.names[f"{self.stage}_{f.name}"] = self.b.cells[key].absolute

    def _render(self, tree: Expr, block: int, u: int | None) -> str:
        def cell(name: str) -> str:
            return self._cell(name, block, u)

        return to_excel(tree, cell, self._column, self._table_range)

    def _column(self, name: str) -> str:
        """Return the range of a quantity over its units, of a set its flags of use."""
        if name in self.b.m.sets:
            keys = self.b.unit_keys(Key(self.stage, "used", name), name)
        else:
            kind = "quantity" if name in self.b.m.formulas else "repeat"
            index = self.b.label(name).index
            keys = self.b.unit_keys(Key(self.stage, kind, name), index)
        return self.b.column_range(keys, self.sheet)

    def _cell(self, name: str, block: int, u: int | None) -> str:
        cells, stage = self.b.cells, self.stage
        keys = [
            Key(stage, "quantity", name, u),
            Key(stage, "repeat", name, u),
            Key(stage, "quantity", name),
        ]
        keys += [Key(stage, "repeat", name, at=k) for k in (block, 2, 3, 4, 1)]
        for key in keys:
            if key in cells:
                return cells[key].address
        raise AssertionError(f"{name} has no cell")

    def _repeat(self, name: str, block: int) -> None:
        """Repeat an input under the calculation that uses it, by reference."""
        item = self.b.label(name)
        key, at = Key(self.stage, "repeat", name, at=block), self.at
        if key in self.b.cells:
            return
        self._wording(key, item, getattr(item, "fuel", ""))
        at.put("value", key, "repeat", name=name)
        self.later.append(lambda: self._write_repeat(key, name, block))
        self.row += 1

    def _write_repeat(self, key: Key, name: str, block: int) -> None:
        cells, item = self.b.cells, self.b.label(name)
        selected = Key(self.stage, "repeat", name, at=2)
        typed = isinstance(item, Parameter) and item.is_input
        if block != 2 and selected in cells:
            formula = cells[selected].address
        elif isinstance(item, Parameter) and typed:
            formula = self._guarded(item, None)
        else:
            formula = cells[Key(self.stage, "default", name)].address
        value = (
            partial(_repeated, stage=self.stage, name=name)
            if typed
            else partial(_default, name=name)
        )
        style = "value" if typed else "default"
        self._write(key, Computed(formula, value), style=style)

    def _guarded(self, p: Parameter, u: int | None) -> str:
        """Render an input so that blank, text or a foreign choice is never zero."""
        source = self.b.cells[value_key(self.stage, p.name, u)]
        place = source.seen_from(self.sheet)
        missing = "NA()"
        if p.required_when is not None:
            missing = f'IF({self._condition(p.required_when, u)},NA(),"")'
        if not p.is_choice:
            return f"IF(ISNUMBER({place}),{place},{missing})"
        if self.b.is_steady:
            return self._chosen(p, place, missing)
        return f"IF({self._is_choice(p, place)},{place},{missing})"

    def _chosen(self, p: Parameter, place: str, missing: str) -> str:
        """Render the choice as the definition spells it, however it was typed."""
        texts = self.b.m.choices(p)
        shown = [quoted(text) for text in texts]
        if isinstance(p.choices, str):
            shown = self._table_keys(p.choices)
        formula = missing
        for text, cell in reversed(list(zip(texts, shown, strict=True))):
            same = f"OR(TRIM({place})={cell},TRIM({place})={quoted(full_width(text))})"
            formula = f"IF({same},{cell},{formula})"
        return formula

    def _condition(self, tree: Expr, u: int | None) -> str:
        """Render a condition on choices; one that is blank equals no text."""
        if not self.b.is_steady:
            return self._first_condition(tree, u)

        def cell(name: str) -> str:
            copy = self._cell(name, 2, u)
            return f'IF(ISERROR({copy}),"",{copy})'

        return to_excel(tree, cell, self._column, self._table_range)

    def _first_condition(self, tree: Expr, u: int | None) -> str:
        """Render a condition as the first shape does: it reads the inputs."""
        match tree:
            case Call("any", (inside,)):
                return self._first_condition(inside, None)
            case Junction(_, parts) if u is None and self._has_units(tree):
                inner = (self._first_condition(part, u) for part in parts)
                return f"OR({','.join(inner)})"
            case Comparison(_, Name(name), Text(text)) if u is None:
                index = self.b.m.index_of(name)
                if index is not None:
                    keys = self.b.unit_keys(Key(self.stage, "value", name), index)
                    column = self.b.column_range(keys, self.sheet)
                    return f"COUNTIF({column},{quoted(text)})>0"
        return to_excel(tree, lambda name: self._raw(name, u), str, self._table_range)

    def _has_units(self, tree: Expr) -> bool:
        return any(self.b.m.index_of(name) for name in names(tree))

    def _is_choice(self, p: Parameter, place: str) -> str:
        if isinstance(p.choices, str):
            keys = self._table_range(p.choices).keys
            return f"SUMPRODUCT(--({keys}={place}))>0"
        parts = ",".join(f"{place}={quoted(text)}" for text in self.b.m.choices(p))
        return f"OR({parts})"

    def _raw(self, name: str, u: int | None) -> str:
        key = value_key(self.stage, name, u if self.b.label(name).index else None)
        return self.b.cells[key].seen_from(self.sheet)

    # -- block 5 -----------------------------------------------------------------

    def _defaults(self) -> None:
        m = self.b.m
        self._part(Key(self.stage, "block", unit=5), self.b.layout("calc.defaults"))
        self.row += 1
        for p in m.parameters.values():
            if p.value is not None:
                self._default(p, f"{p.source} ({p.evidence})", str(p.evidence))
        for c in m.constants.values():
            self._default(c, c.basis, "document")
        for table in m.tables.values():
            self._table(table)
        self.row += 1

    def _default(self, item: Parameter | Constant, source: str, trust: str) -> None:
        key = Key(self.stage, "default", item.name)
        self._wording(key, item, getattr(item, "fuel", ""))
        self.at.put("value", key, "default", name=item.name, content=item.value,
                    style="default", trust=trust)  # fmt: skip
        self._source(key.beside("source"), source)
        self.row += 1

    def _table(self, table: Table) -> None:
        b, key = self.b, Key(self.stage, "table", table.name)
        self.b.row(self.sheet, self.row, self.keys).put(
            "key", key.beside("title"), "label", content=table.label, style="section",
            trust=b.trust(table),
        )  # fmt: skip
        self.row += 1
        for i, row in enumerate(table.rows):
            self._table_row(key.with_unit(i), table, row)

    def _table_row(self, key: Key, table: Table, row: Row) -> None:
        at, trust = self.at, str(row.evidence)
        if table.match == "exact":
            self.b.row(self.sheet, self.row, self.keys).put(
                "key", key.beside("key"), "default_key", content=row.key,
                style="default",
                trust=trust,
            )  # fmt: skip
        else:
            self._class(key, table, row)
        at.put("value", key.beside("value"), "default", content=row.value,
               style="default", trust=trust, name=table.name)  # fmt: skip
        at.put(
            "unit", key.beside("unit"), "unit", content=str(table.unit), style="unit"
        )
        self._source(key.beside("source"), f"{row.source} ({row.evidence})")
        self.row += 1

    def _class(self, key: Key, table: Table, row: Row) -> None:
        at, trust = self.b.row(self.sheet, self.row, self.classes), str(row.evidence)
        if row.end is None:
            wording = f"{table.key_label} = {row.start}"
        else:
            wording = self.b.layout(
                "calc.class", start=row.start, end=row.end, key=table.key_label,
                sign="<=" if row.is_closed else "<",
            )  # fmt: skip
        at.put("label", key.beside("label"), "label", trust=trust,
               content=f"{wording} [{table.key_unit}]")  # fmt: skip
        for role, limit in (("from", row.start), ("to", row.end)):
            if limit is None:
                continue
            at.put(role, key.beside(role), "default", content=limit, style="default",
                   trust=trust)  # fmt: skip

    def _table_range(self, name: str) -> TableRange:
        table, cells = self.b.m.tables[name], self.b.cells
        key, last = Key(self.stage, "table", name), len(table.rows) - 1
        kind = "key" if table.match == "exact" else "from"
        upper = "to" if table.match == "class" else "from"
        first, end = key.with_unit(0), key.with_unit(last)
        top, bottom = cells.get(first.beside(kind)), cells.get(end.beside(kind))
        if top is None or bottom is None:
            raise AssertionError(f"the table {name} is not placed yet")
        return TableRange(
            match=cast("Literal['exact', 'class', 'points']", table.match),
            keys=fixed_range(top, bottom),
            values=fixed_range(
                cells[first.beside("value")], cells[end.beside("value")]
            ),
            first=top.fixed,
            last="" if kind == "key" else cells[end.beside(upper)].fixed,
            last_closed=table.rows[-1].is_closed,
        )

    # -- calculation by unit -----------------------------------------------------

    def _used(self, index: str, u: int) -> str:
        slot = self.b.cells[Key(self.stage, "used", index, u)]
        return f"${letters(slot.column)}{slot.row}"

    def _by_unit(self, unit_set: UnitSet) -> None:
        b, index = self.b, unit_set.name
        head = Key(self.stage, "by_unit", index)
        self._part(head, b.layout("calc.by_unit", set=unit_set))
        heads = self.at.down()
        for i, role in enumerate(("number", "used"), 1):
            heads.put(self.numbers[role].first, head.beside("number").nth(i),
                      "heading", content=self.numbers[role].heading, style="head",
                      )  # fmt: skip
        items: tuple[Item, ...] = (*b.indexed(index), *b.formulas_over(index))
        left = self.numbers["item"].first
        for column, item in enumerate(items, left):
            self._heads_of(heads, column, head.beside(item.name), item)
        heads.down().height(90)
        self._widen(left + len(items) - 1)
        units = range(1, b.rows[index] + 1)
        for u in units:
            self._unit(heads.down(2 + u), index, u, items)
        self._name_columns(index, items)
        self.row += 4 + len(units) + 1

    def _heads_of(self, at: Cursor, column: int, key: Key, item: Item) -> None:
        self.b.symbol(at, column, key.beside("symbol"), item, style="head")
        self.b.label_of(at.down(), column, key.beside("label"), item)
        self.b.unit_of(at.down(2), column, key.beside("unit"), item)

    def _unit(self, at: Cursor, index: str, u: int, items: Iterable[Item]) -> None:
        number = self.b.m.sets[index].number(u)
        at.put(self.numbers["number"].first, Key(self.stage, "unit_number", index, u),
               "label", content=number, style="unit")  # fmt: skip
        self._used_flag(at, index, u)
        for column, item in enumerate(items, self.numbers["item"].first):
            if isinstance(item, Formula):
                self._unit_formula(at, column, item, u)
            elif isinstance(item, Parameter):
                self._unit_input(at, column, item, u)

    def _name_columns(self, index: str, items: Iterable[Item]) -> None:
        b = self.b
        for item in items:
            kind = "quantity" if isinstance(item, Formula) else "value"
            keys = b.unit_keys(Key(self.stage, kind, item.name), index)
            b.names[f"{self.stage}_{item.name}"] = b.column_range(keys, "")

    def _used_flag(self, at: Cursor, index: str, u: int) -> None:
        """Tell whether the unit's row holds anything: a number, a text or an error.

        COUNTBLANK also counts the empty texts of the sheet's own formulas. A unit of
        the plan is in use in the report too: blank there, it is missing, not zero.
        """
        b, stage = self.b, self.stage
        if b.m.sets[index].is_fixed:
            always = Computed("1", partial(_is_used, stage=stage, index=index, u=u))
            at.put(self.numbers["used"].first, Key(stage, "used", index, u), "used",
                   style="unit", name=index, unit=u, computed=always)  # fmt: skip
            return
        number = b.cells[Key(stage, "number", index, u)]
        row = unit_row(b.m, b.cells, b.layout, Stage(stage), index, u)
        first, last = number.column + 1, max(slot.column for slot in row)
        if b.is_steady:  # from the number to the empty cell behind the row: both locked
            first, last = first - 1, last + 1
        where = (
            f"'{number.sheet}'!{fixed_address(number.row, first)}"
            f":{fixed_address(number.row, last)}"
        )
        count = f"COLUMNS({where})-COUNTBLANK({where})"
        if b.is_steady:
            count += "-1"
        if stage == "mrs":
            count += "+" + b.cells[Key("mps", "used", index, u)].seen_from(self.sheet)
        computed = Computed(
            f"IF({count}>0,1,0)", partial(_is_used, stage=stage, index=index, u=u)
        )
        at.put(self.numbers["used"].first, Key(stage, "used", index, u), "used",
               style="unit", name=index, unit=u, computed=computed)  # fmt: skip

    def _unit_input(self, at: Cursor, column: int, p: Parameter, u: int) -> None:
        key = Key(self.stage, "repeat", p.name, u)
        at.put(column, key, "repeat", style="value", name=p.name, unit=u)
        if self.b.is_steady:  # its condition names the copies of choices
            self.later.append(lambda: self._write_unit_input(key, p, u))
        else:
            self._write_unit_input(key, p, u)

    def _write_unit_input(self, key: Key, p: Parameter, u: int) -> None:
        formula = f'IF({self._used(p.index or "", u)}=0,"",{self._guarded(p, u)})'
        value = partial(_repeated, stage=self.stage, name=p.name, u=u)
        self._write(key, Computed(formula, value))

    def _unit_formula(self, at: Cursor, column: int, f: Formula, u: int) -> None:
        key = Key(self.stage, "quantity", f.name, u)
        at.put(column, key, "quantity")
        block = 4 if f.name in self.of_project else 3
        self.later.append(lambda: self._write_formula(key, f, block, u))

    # -- completeness ------------------------------------------------------------

    def _completeness(self) -> None:
        b, text, stage = self.b, self.b.layout, self.stage
        self._part(Key(stage, "complete"), text("calc.complete"))
        self.row += 1
        first, column = self.row, self.table["value"].first
        for p in b.m.inputs:
            value = partial(CachedValues.missing, stage=stage, name=p.name)
            self._count(Key(stage, "missing", p.name), p.label,
                        Computed(self._missing(p), value))  # fmt: skip
        for group in set_groups(b.m):
            used = ",".join(map(self._column, group))
            none = partial(CachedValues.missing_units, stage=stage, group=group)
            self._count(Key(stage, "missing_units", group[0]),
                        text("calc.no_unit", set=b.any_of(group)),
                        Computed(f"IF(SUM({used})=0,1,0)", none))  # fmt: skip
        counts = f"{address(first, column)}:{address(self.row - 1, column)}"
        total = partial(CachedValues.missing, stage=stage)
        self._count(Key(stage, "missing"), text("calc.total"),
                    Computed(f"SUM({counts})", total))  # fmt: skip

    def _missing(self, p: Parameter) -> str:
        stage = self.stage
        if p.index is None:
            cells = self.b.cells
            place = next(
                cells[key].address
                for key in (Key(stage, "repeat", p.name, at=k) for k in (2, 3, 4, 1))
                if key in cells
            )
            return f"IF(ISERROR({place}),1,0)"
        # Not ISERROR over the range: not every program takes that for an array.
        keys = self.b.unit_keys(Key(stage, "repeat", p.name), p.index)
        where = self.b.column_range(keys, self.sheet)
        sound = f"COUNT({where})"
        if p.is_choice:
            texts = [quoted(text) for text in self.b.m.choices(p)]
            if isinstance(p.choices, str):
                texts = self._table_keys(p.choices)
            sound = "-".join(f"COUNTIF({where},{text})" for text in texts)
        return f"ROWS({where})-{sound}-COUNTBLANK({where})"

    def _table_keys(self, name: str) -> list[str]:
        rows = range(len(self.b.m.tables[name].rows))
        key = Key(self.stage, "table", name)
        return [self.b.cells[key.with_unit(i).beside("key")].fixed for i in rows]

    def _count(self, key: Key, label: str, computed: Computed) -> None:
        self.b.row(self.sheet, self.row, self.keys).put(
            "key", key.beside("label"), "label", content=label
        )
        self.at.put("value", key, "count", style="unit", computed=computed)
        self.row += 1


def _repeated(
    shown: CachedValues, stage: str, name: str, u: int | None = None
) -> Cached:
    quantity = shown.results[Stage(stage)].get(name, u)
    if quantity is None:
        return ""
    if quantity.value is None:
        return "#N/A" if quantity.error == "#N/A" else ""
    return quantity.value


def _default(shown: CachedValues, name: str) -> Cached:
    m = shown.plan.methodology
    return float((m.constants.get(name) or m.parameters[name]).value or 0)


def _is_used(shown: CachedValues, stage: str, index: str, u: int) -> Cached:
    return 1.0 if u in shown.used(stage, index) else 0.0
