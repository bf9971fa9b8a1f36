"""MPS(calc_process) and MRS(calc_process): every number a native formula.

Blocks 1 to 5 as on the official sheet (answer first, working below), then the
calculation by unit and the count of input cells that are still missing.
"""

from __future__ import annotations

from collections.abc import Callable

from jcm_xl.expr.nodes import Expr
from jcm_xl.expr.parse import names
from jcm_xl.expr.to_excel import TableRange, to_excel
from jcm_xl.model.methodology import (
    Formula,
    Item,
    Methodology,
    Parameter,
    Row,
    Table,
    UnitSet,
)
from jcm_xl.plan.builder import Builder, quoted
from jcm_xl.xlsx.grid import column_letters as letters

FIRST = 5
_WORDING, _FUEL, _VALUE, _UNIT, _SYMBOL, _SOURCE = 2, 6, 7, 8, 9, 10
_BLOCKS = ("reduction", "selected", "reference", "project")


def reach(m: Methodology, name: str) -> set[str]:
    """Return the formulas on which a quantity depends, itself included."""
    found: set[str] = set()
    todo = [name]
    while todo:
        here = todo.pop()
        if here in found or here not in m.formulas:
            continue
        found.add(here)
        todo.extend(names(m.formulas[here].tree))
    return found


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
        self.sheet = ""
        self.row = FIRST

    def build(self) -> None:
        """Place all cells first, then write the formulas that point at them."""
        self.sheet = self.b.begin(f"{self.stage}_calc", _SYMBOL)
        self.later: list[Callable[[], None]] = []
        for number in (1, 2, 3, 4):
            self._block(number)
        self._defaults()
        for unit_set in self.b.m.sets.values():
            self._by_unit(unit_set)
        for write in self.later:
            write()
        self._completeness()
        self.b.freeze[self.sheet] = (4, 0)

    # -- blocks 1 to 4 ---------------------------------------------------------

    def _block(self, number: int) -> None:
        text, row = self.b.layout, self.row
        head = f"{self.stage}.block:{number}"
        self.b.put(
            f"{head}.title",
            self.sheet,
            row,
            _WORDING,
            "heading",
            content=text(f"calc.{_BLOCKS[number - 1]}"),
            style="block",
            span=4,
        )
        self.b.line(f"{head}.head", self.sheet, row, _FUEL, text("calc.headings"))
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

    def _wording(self, key: str, item: object, fuel: str, *, formula: bool) -> None:
        b, row = self.b, self.row
        label = getattr(item, "label", "")
        b.put(
            f"{key}.label",
            self.sheet,
            row,
            _WORDING,
            "label",
            content=label,
            span=4,
            trust=b.trust(item),
            name=getattr(item, "name", ""),
        )
        b.put(
            f"{key}.fuel",
            self.sheet,
            row,
            _FUEL,
            "fuel",
            style="unit",
            content=fuel or ("n/a" if formula else ""),
        )
        b.put(
            f"{key}.unit",
            self.sheet,
            row,
            _UNIT,
            "unit",
            style="unit",
            content=b.unit(item),
            trust=b.trust(item),
        )
        b.symbol(f"{key}.symbol", self.sheet, row, _SYMBOL, item)
        if len(label) > 75:
            tall = 30 if len(label) < 150 else 45
            b.heights[self.sheet, row] = max(b.heights.get((self.sheet, row), 0), tall)

    def _quantity(self, f: Formula) -> None:
        key, row = f"{self.stage}.quantity:{f.name}", self.row
        self._wording(key, f, f.fuel, formula=True)
        self._source(f"{key}.source", row, f"{f.source} ({f.evidence})")
        block = self.blocks[f.name]
        self._reserve(key, row, _VALUE)
        self.later.append(lambda: self._put_formula(key, row, _VALUE, f, block, None))
        self.row += 1

    def _reserve(self, key: str, row: int, column: int) -> None:
        self.b.put(key, self.sheet, row, column, "quantity")

    def _source(self, key: str, row: int, content: str) -> None:
        b, sheet = self.b, self.sheet
        b.put(
            key,
            sheet,
            row,
            _SOURCE,
            "source_note",
            content=content,
            span=4,
            style="source",
        )
        b.last_columns[sheet] = max(b.last_columns[sheet], _SOURCE + 3)
        lines = -(-len(content) // 70)
        if lines > 1:
            b.heights[sheet, row] = max(b.heights.get((sheet, row), 0), 11 * lines + 2)

    def _put_formula(
        self, key: str, row: int, column: int, f: Formula, block: int, u: int | None
    ) -> None:
        text = self._render(f.tree, block, u)
        if u is not None and f.index:
            text = f'IF({self._used(f.index, u)}=0,"",{text})'
        del self.b.cells[key]
        self.b.put(
            key,
            self.sheet,
            row,
            column,
            "quantity",
            style="value",
            formula=text,
            name=f.name,
            unit=u,
            trust=str(f.evidence),
            recipe=("quantity", self.stage, f.name, u, f.index),
        )
        if u is None:
            self.b.names[f"{self.stage}_{f.name}"] = self.b.cells[key].absolute

    def _render(self, tree: Expr, block: int, u: int | None) -> str:
        def cell(name: str) -> str:
            return self._cell(name, block, u)

        def column(name: str) -> str:
            index = self.b.label(name).index
            kind = "quantity" if name in self.b.m.formulas else "repeat"
            keys = self.b.unit_keys(f"{self.stage}.{kind}", name, index)
            return self.b.column_range(keys, self.sheet)

        return to_excel(tree, cell, column, self._table_range)

    def _cell(self, name: str, block: int, u: int | None) -> str:
        cells, stage = self.b.cells, self.stage
        keys = [
            f"{stage}.quantity:{name}[{u}]",
            f"{stage}.repeat:{name}[{u}]",
            f"{stage}.quantity:{name}",
        ]
        keys += [f"{stage}.repeat:{name}@{k}" for k in (block, 2, 3, 4, 1)]
        for key in keys:
            if key in cells:
                return cells[key].address
        raise AssertionError(f"{name} has no cell")

    def _repeat(self, name: str, block: int) -> None:
        """Repeat an input under the calculation that uses it, by reference."""
        item = self.b.label(name)
        key, row = f"{self.stage}.repeat:{name}@{block}", self.row
        if key in self.b.cells:
            return
        self._wording(key, item, getattr(item, "fuel", ""), formula=False)
        self._reserve(key, row, _VALUE)
        self.later.append(lambda: self._put_repeat(key, row, name, block))
        self.row += 1

    def _put_repeat(self, key: str, row: int, name: str, block: int) -> None:
        cells, item = self.b.cells, self.b.label(name)
        selected = f"{self.stage}.repeat:{name}@2"
        typed = isinstance(item, Parameter) and item.is_input
        recipe: tuple[object, ...] = ("repeat", self.stage, name, None, None)
        if block != 2 and selected in cells:
            formula = cells[selected].address
        elif isinstance(item, Parameter) and typed:
            formula = self._guarded(item, None)
        else:
            formula = cells[f"{self.stage}.default:{name}"].address
        if not typed:
            recipe = ("default", name)
        del cells[key]
        self.b.put(
            key,
            self.sheet,
            row,
            _VALUE,
            "repeat",
            formula=formula,
            name=name,
            style="value" if typed else "default",
            recipe=recipe,
        )

    def _guarded(self, p: Parameter, u: int | None) -> str:
        """Render an input so that blank, text or a foreign choice is never zero."""
        unit = f"[{u}]" if u else ""
        source = self.b.cells[f"{self.stage}.value:{p.name}{unit}"]
        place = source.seen_from(self.sheet)
        sound = self._is_choice(p, place) if p.is_choice else f"ISNUMBER({place})"
        missing = "NA()"
        if p.required_when is not None:
            condition = to_excel(
                p.required_when, lambda name: self._raw(name, u), str, self._table_range
            )
            missing = f'IF({condition},NA(),"")'
        return f"IF({sound},{place},{missing})"

    def _is_choice(self, p: Parameter, place: str) -> str:
        if isinstance(p.choices, str):
            keys = self._table_range(p.choices).keys
            return f"SUMPRODUCT(--({keys}={place}))>0"
        parts = ",".join(f"{place}={quoted(text)}" for text in self.b.m.choices(p))
        return f"OR({parts})"

    def _raw(self, name: str, u: int | None) -> str:
        unit = f"[{u}]" if self.b.label(name).index else ""
        return self.b.cells[f"{self.stage}.value:{name}{unit}"].seen_from(self.sheet)

    # -- block 5 -----------------------------------------------------------------

    def _defaults(self) -> None:
        text, m = self.b.layout, self.b.m
        self.b.put(
            f"{self.stage}.block:5.title",
            self.sheet,
            self.row,
            _WORDING,
            "heading",
            content=text("calc.defaults"),
            style="block",
            span=8,
        )
        self.row += 1
        plain = [p for p in m.parameters.values() if p.value is not None]
        for p in plain:
            self._default(p.name, p, f"{p.source} ({p.evidence})", str(p.evidence))
        for c in m.constants.values():
            self._default(c.name, c, c.basis, "document")
        for table in m.tables.values():
            self._table(table)
        self.row += 1

    def _default(self, name: str, item: object, source: str, trust: str) -> None:
        key = f"{self.stage}.default:{name}"
        self._wording(key, item, getattr(item, "fuel", ""), formula=False)
        self.b.put(
            key,
            self.sheet,
            self.row,
            _VALUE,
            "default",
            name=name,
            content=getattr(item, "value", None),
            style="default",
            trust=trust,
        )
        self._source(f"{key}.source", self.row, source)
        self.row += 1

    def _table(self, table: Table) -> None:
        b, key = self.b, f"{self.stage}.table:{table.name}"
        b.put(
            f"{key}.title",
            self.sheet,
            self.row,
            _WORDING,
            "label",
            span=5,
            content=table.label,
            style="section",
            trust=b.trust(table),
        )
        self.row += 1
        for i, row in enumerate(table.rows):
            self._table_row(f"{key}[{i}]", table, row)

    def _table_row(self, key: str, table: Table, row: Row) -> None:
        b, here, trust = self.b, self.row, str(row.evidence)
        if table.match == "exact":
            b.put(
                f"{key}.key",
                self.sheet,
                here,
                _WORDING,
                "default_key",
                span=5,
                content=row.key,
                style="default",
                trust=trust,
            )
        else:
            wording = b.layout(
                "calc.class",
                start=row.start,
                end=row.end,
                key=table.key_label,
                closed=row.is_closed,
            )
            b.put(
                f"{key}.label",
                self.sheet,
                here,
                _WORDING,
                "label",
                span=3,
                content=f"{wording} [{table.key_unit}]",
                trust=trust,
            )
            b.put(
                f"{key}.from",
                self.sheet,
                here,
                5,
                "default",
                content=row.start,
                style="default",
                trust=trust,
            )
            b.put(
                f"{key}.to",
                self.sheet,
                here,
                6,
                "default",
                content=row.end,
                style="default",
                trust=trust,
            )
        b.put(
            f"{key}.value",
            self.sheet,
            here,
            _VALUE,
            "default",
            content=row.value,
            style="default",
            trust=trust,
            name=table.name,
        )
        b.put(
            f"{key}.unit",
            self.sheet,
            here,
            _UNIT,
            "unit",
            content=str(table.unit),
            style="unit",
        )
        self._source(f"{key}.source", here, f"{row.source} ({row.evidence})")
        self.row += 1

    def _table_range(self, name: str) -> TableRange:
        table, cells = self.b.m.tables[name], self.b.cells
        key, last = f"{self.stage}.table:{name}", len(table.rows) - 1
        is_class = table.match == "class"
        kind = "from" if is_class else "key"
        top, bottom = cells.get(f"{key}[0].{kind}"), cells.get(f"{key}[{last}].{kind}")
        if top is None or bottom is None:
            raise AssertionError(f"the table {name} is not placed yet")
        column, values = letters(top.column), letters(_VALUE)
        return TableRange(
            match="class" if is_class else "exact",
            keys=f"${column}${top.row}:${column}${bottom.row}",
            values=f"${values}${top.row}:${values}${bottom.row}",
            first=f"${column}${top.row}",
            last=f"$F${bottom.row}" if is_class else "",
            last_closed=table.rows[-1].is_closed,
        )

    # -- calculation by unit -----------------------------------------------------

    def _used(self, index: str, u: int) -> str:
        slot = self.b.cells[f"{self.stage}.used:{index}[{u}]"]
        return f"${letters(slot.column)}{slot.row}"

    def _by_unit(self, unit_set: UnitSet) -> None:
        b, text, index, row = self.b, self.b.layout, unit_set.name, self.row
        head = f"{self.stage}.by_unit:{index}"
        inputs, formulas = b.indexed(index), b.formulas_over(index)
        width = 2 + len(inputs) + len(formulas)
        b.last_columns[self.sheet] = max(b.last_columns[self.sheet], 1 + width)
        b.put(
            f"{head}.title",
            self.sheet,
            row,
            _WORDING,
            "heading",
            style="block",
            content=text("calc.by_unit", set=unit_set),
            span=8,
        )
        b.line(
            f"{head}.number",
            self.sheet,
            row + 1,
            2,
            [text("separate.number"), text("calc.used")],
        )
        first, units = row + 4, range(1, b.rows[index] + 1)
        items: tuple[Item, ...] = (*inputs, *formulas)
        for i, item in enumerate(items):
            b.symbol(
                f"{head}.{item.name}.symbol",
                self.sheet,
                row + 1,
                4 + i,
                item,
                style="head",
            )
            b.put(
                f"{head}.{item.name}.label",
                self.sheet,
                row + 2,
                4 + i,
                "label",
                content=item.label,
                name=item.name,
                trust=b.trust(item),
            )
            b.put(
                f"{head}.{item.name}.unit",
                self.sheet,
                row + 3,
                4 + i,
                "unit",
                content=b.unit(item),
                style="unit",
                name=item.name,
                trust=b.trust(item),
            )
        b.heights[self.sheet, row + 2] = 90
        for u in units:
            b.put(
                f"{self.stage}.unit_number:{index}[{u}]",
                self.sheet,
                first + u - 1,
                2,
                "label",
                content=f"({u})",
                style="unit",
            )
            self._used_flag(index, u, first + u - 1)
            for i, p in enumerate(inputs):
                self._unit_input(p, u, first + u - 1, 4 + i)
            for i, f in enumerate(formulas, len(inputs)):
                self._unit_formula(f, u, first + u - 1, 4 + i)
        for item in items:
            kind = "quantity" if isinstance(item, Formula) else "value"
            keys = b.unit_keys(f"{self.stage}.{kind}", item.name, index)
            place = (
                b.column_range(keys, "")
                if kind == "value"
                else (
                    f"'{self.sheet}'!${letters(b.cells[keys[0]].column)}${first}"
                    f":${letters(b.cells[keys[0]].column)}${first + len(units) - 1}"
                )
            )
            b.names[f"{self.stage}_{item.name}"] = place
        self.row = first + len(units) + 1

    def _used_flag(self, index: str, u: int, row: int) -> None:
        """Tell whether the unit's row holds anything: a number, a text or an error.

        COUNTBLANK also counts the empty texts of the sheet's own formulas. A unit of
        the plan is in use in the report too: blank there, it is missing, not zero.
        """
        b, stage = self.b, self.stage
        number = b.cells[f"{stage}.number:{index}[{u}]"]
        comment = b.cells[f"{stage}.comment:{index}[{u}]"]
        where = (
            f"'{number.sheet}'!$C${number.row}:${letters(comment.column)}${number.row}"
        )
        count = f"COLUMNS({where})-COUNTBLANK({where})"
        if stage == "mrs":
            count += "+" + b.cells[f"mps.used:{index}[{u}]"].seen_from(self.sheet)
        b.put(
            f"{stage}.used:{index}[{u}]",
            self.sheet,
            row,
            3,
            "used",
            style="unit",
            formula=f"IF({count}>0,1,0)",
            name=index,
            unit=u,
            recipe=("used", stage, index, u),
        )

    def _unit_input(self, p: Parameter, u: int, row: int, column: int) -> None:
        key = f"{self.stage}.repeat:{p.name}[{u}]"
        formula = f'IF({self._used(p.index or "", u)}=0,"",{self._guarded(p, u)})'
        self.b.put(
            key,
            self.sheet,
            row,
            column,
            "repeat",
            style="value",
            name=p.name,
            unit=u,
            formula=formula,
            recipe=("repeat", self.stage, p.name, u, p.index),
        )

    def _unit_formula(self, f: Formula, u: int, row: int, column: int) -> None:
        key = f"{self.stage}.quantity:{f.name}[{u}]"
        self._reserve(key, row, column)
        block = 4 if f.name in self.of_project else 3
        self.later.append(lambda: self._put_formula(key, row, column, f, block, u))

    # -- completeness ------------------------------------------------------------

    def _completeness(self) -> None:
        b, text, stage = self.b, self.b.layout, self.stage
        b.put(
            f"{stage}.complete.title",
            self.sheet,
            self.row,
            _WORDING,
            "heading",
            content=text("calc.complete"),
            style="block",
            span=8,
        )
        self.row += 1
        first = self.row
        for p in b.m.inputs:
            self._count(
                f"{stage}.missing:{p.name}",
                p.label,
                self._missing(p),
                ("missing", stage, p.name),
            )
        for unit_set in b.m.sets.values():
            keys = b.unit_keys(f"{stage}.used", unit_set.name, unit_set.name)
            where = b.column_range(keys, self.sheet)
            self._count(
                f"{stage}.missing_units:{unit_set.name}",
                text("calc.no_unit", set=unit_set),
                f"IF(SUM({where})=0,1,0)",
                ("missing_units", stage, unit_set.name),
            )
        total = f"SUM(G{first}:G{self.row - 1})"
        self._count(
            f"{stage}.missing", text("calc.total"), total, ("missing_total", stage)
        )

    def _missing(self, p: Parameter) -> str:
        stage = self.stage
        if p.index is None:
            cells = self.b.cells
            place = next(
                cells[key].address
                for key in (f"{stage}.repeat:{p.name}@{k}" for k in (2, 3, 4, 1))
                if key in cells
            )
            return f"IF(ISERROR({place}),1,0)"
        # Not ISERROR over the range: not every program takes that for an array.
        keys = self.b.unit_keys(f"{stage}.repeat", p.name, p.index)
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
        cells = (self.b.cells[f"{self.stage}.table:{name}[{i}].key"] for i in rows)
        return [f"${letters(cell.column)}${cell.row}" for cell in cells]

    def _count(
        self, key: str, label: str, formula: str, recipe: tuple[object, ...]
    ) -> None:
        b = self.b
        b.put(
            f"{key}.label",
            self.sheet,
            self.row,
            _WORDING,
            "label",
            content=label,
            span=5,
        )
        b.put(
            key,
            self.sheet,
            self.row,
            _VALUE,
            "count",
            formula=formula,
            style="unit",
            recipe=recipe,
        )
        self.row += 1
