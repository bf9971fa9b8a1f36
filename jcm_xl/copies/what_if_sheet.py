"""A copy of a book with a sheet that calculates with a verifier's values.

Every input has the claimed value, by a formula that points at its cell, and beside it a
cell for the verifier's; every quantity below is a native formula over what is taken.
The cells of the book stay as they are, and the sheet carries our mark.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from jcm_xl.copies.marks import MARK, WHAT_IF
from jcm_xl.engine.whatif import WhatIf, what_if
from jcm_xl.errors import JcmError
from jcm_xl.expr.to_excel import TableRange, to_excel
from jcm_xl.model.key import Key, value_key
from jcm_xl.model.methodology import Formula, Parameter
from jcm_xl.model.submission import Stage
from jcm_xl.plan.slot import fixed_address
from jcm_xl.submission.open import open_book
from jcm_xl.submission.opened import OpenedBook
from jcm_xl.text.symbols import typed_symbol
from jcm_xl.xlsx.added_parts import AddedCell, add_sheet
from jcm_xl.xlsx.grid import address
from jcm_xl.xlsx.package import open_package
from jcm_xl.xlsx.patch import PatchedBook

_WIDTHS = (30, 7, 16, 22, 22, 22, 30)
_HEADS = (
    "Input",
    "Unit",
    "Measured in",
    "Claimed",
    "Verifier's value",
    "Taken",
    "Cell",
)
_HINT = (
    "Type a verifier's value beside a claimed one; nothing else of the book changes, "
    "and no cell of it points here."
)
_CLAIMED, _OWN, _TAKEN = 4, 5, 6
_Row = tuple[AddedCell, ...]


def write_what_if(path: Path, changes: Iterable[str], stage: str = "auto") -> bytes:
    """Return the copy. Raises `JcmError` for a change that cannot be made."""
    book = open_book(path, stage=stage)
    chosen = book.stages[-1]
    if book.results[chosen].sheet_credited is None:
        raise JcmError(
            f"The {chosen.word} of {book.name} has no figure to begin with; "
            "`jcm-xl calc` tells which inputs are missing."
        )
    asked = what_if(book.methodology, book.inputs[chosen], changes)
    patched = PatchedBook(open_package(path), book.file.grid)
    add_sheet(patched, WHAT_IF, _WIDTHS, _WhatIfSheet(book, chosen, asked).rows())
    patched.calculate_on_opening()
    return patched.saved()


class _WhatIfSheet:
    """Lays out the sheet: results first, then inputs, tables and quantities."""

    def __init__(self, book: OpenedBook, stage: Stage, asked: WhatIf) -> None:
        self.book, self.m, self.stage = book, book.methodology, stage
        self.inputs, self.asked = book.inputs[stage], asked
        self.changed = {(c.name, c.row): c.after for c in asked.changes}
        self.taken: dict[tuple[str, int | None], str] = {}
        self.areas: dict[str, tuple[str, str]] = {}
        self.body: list[_Row] = []
        self.first = 12

    def rows(self) -> list[_Row]:
        """Return all rows of the sheet."""
        for p in self.m.parameters.values():
            self._parameter(p)
        for c in self.m.constants.values():
            self._input(c.name, None, str(c.unit), float(c.value), "")
        for name in self.m.sets:
            for unit in self.inputs.used.get(name, ()):
                self._put(name, unit, (_text(f"row in use: {name}"), _number(unit),
                                       *_blanks(3), _number(1)))  # fmt: skip
        for table in self.m.tables.values():
            for row in table.rows:
                key = _text(row.key) if table.match == "exact" else _number(row.start)
                value = _number(row.value)
                cells = (_text(table.name), *_blanks(2), key, *_blanks(1), value)
                self._put(table.name, None, cells)
        for name in self.m.order:
            self._formula(self.m.formulas[name])
        return [*self._head(), *self.body]

    def _head(self) -> Iterator[_Row]:
        facts = f"{self.m.key}, {self.stage.word} of {self.book.name}"
        yield (AddedCell(f"What if: {facts}", is_bold=True),)
        yield (_text(MARK),)
        yield (_text(_HINT),)
        yield ()
        heads = (
            "Result",
            "",
            "Measured in",
            "Claimed",
            "With the values",
            "Difference",
        )
        yield tuple(AddedCell(text, is_bold=True) for text in heads)
        names = self.m.results
        for name in (names.reference, names.project, names.reduction):
            item = self.m.formulas[name]
            then = self.taken[name, None]
            yield self._result(typed_symbol(item.symbol), str(item.unit), name, then)
        whole = f"IF(ISNUMBER({then}),ROUNDDOWN({then},0),NA())"
        yield self._result("Table 3", "tCO2", "", whole)
        yield ()
        yield tuple(AddedCell(text, is_bold=True) for text in _HEADS)

    def _result(self, label: str, unit: str, name: str, then: str) -> _Row:
        before, after = self.asked.before, self.asked.after
        key = Key(self.stage, "quantity", name) if name else Key(self.stage, "result")
        if name:
            was, now = (r.quantities[name, None].value for r in (before, after))
        else:
            was, now = before.sheet_credited, after.sheet_credited
        slot = self.book.plan.get(key)
        row = 6 + [self.m.results.reference, self.m.results.project,
                   self.m.results.reduction, ""].index(name)  # fmt: skip
        claimed = self._pointing(slot and self.book.place(slot), was)
        both = f"{address(row, 5)}-{address(row, 4)}"
        change = now - was if _both_numbers(was, now) else None  # type: ignore[operator]
        return (_text(label), AddedCell(), _text(unit), claimed,
                _formula(then, now), _formula(both, change))  # fmt: skip

    def _pointing(self, place: tuple[str, str] | None, value: object) -> AddedCell:
        if place is None:
            return _number(value) if _is_number(value) else _text(str(value or ""))
        at = "'{}'!{}".format(place[0].replace("'", "''"), place[1])
        return _formula(f'IF(ISBLANK({at}),"",{at})', "" if value is None else value)

    def _parameter(self, p: Parameter) -> None:
        unit = "-" if p.is_choice else str(p.unit)
        if not p.is_input:
            if p.value is not None:
                self._input(p.name, None, unit, float(p.value), "")
            return
        used = (None,) if p.index is None else self.inputs.used.get(p.index, ())
        value = self.inputs.values[p.name]
        for row in used:
            one = value[row - 1] if row and isinstance(value, tuple) else value
            key = value_key(self.stage, p.name, row)
            slot = self.book.plan.get(key) or self.book.plan.get(
                Key(self.stage, "total", p.name)
            )
            self._input(p.name, row, unit, one, slot and self.book.place(slot))

    def _input(
        self, name: str, row: int | None, unit: str, value: object, place: object
    ) -> None:
        at = self.first + len(self.body)
        claimed, own = address(at, _CLAIMED), address(at, _OWN)
        there = place if isinstance(place, tuple) else None
        typed = self.changed.get((name, row))
        taken = value if typed is None else typed
        cells = (
            _text(typed_symbol(self.m.named(name).symbol)),
            _number(row) if row else AddedCell(), _text(unit),
            self._pointing(there, value),
            _number(typed) if _is_number(typed) else _text(str(typed or "")),
            _formula(f"IF(ISBLANK({own}),{claimed},{own})", taken or ""
                     if not _is_number(taken) else taken),
            _text("'{}'!{}".format(*there) if there else "default value"),
        )  # fmt: skip
        self._put(name, row, cells)

    def _put(self, name: str, row: int | None, cells: _Row) -> None:
        at = self.first + len(self.body)
        cell = fixed_address(at, _TAKEN)
        self.taken[name, row] = cell
        self.areas[name] = (self.areas.get(name, (cell, ""))[0], cell)
        self.body.append(cells)

    def _formula(self, f: Formula) -> None:
        used = (None,) if f.index is None else self.inputs.used.get(f.index, ())
        for row in used:
            quantity = self.asked.after.get(f.name, row)
            value = quantity.value if quantity else None
            text = to_excel(
                f.tree, partial(self._cell, row=row), self._column, self._table
            )
            unit = _number(row) if row else AddedCell()
            shown = _formula(text, "#N/A" if value is None else value)
            label, measure = _text(typed_symbol(f.symbol)), _text(str(f.unit))
            cells = (label, unit, measure, *_blanks(2), shown)
            self._put(f.name, row, cells)

    def _cell(self, name: str, *, row: int | None) -> str:
        return self.taken.get((name, row)) or self.taken[name, None]

    def _column(self, name: str) -> str:
        return ":".join(self.areas[name])

    def _table(self, name: str) -> TableRange:
        values = self._column(name)
        table = self.m.tables[name]
        keys = values.replace("$F", "$D")
        if table.match == "exact":
            return TableRange("exact", keys, values)
        last = table.rows[-1]
        return TableRange("class", keys, values, keys.split(":")[0], str(last.end),
                          last.is_closed)  # fmt: skip


def _text(text: str) -> AddedCell:
    return AddedCell(text)


def _number(value: object) -> AddedCell:
    return AddedCell(value=float(value))  # type: ignore[arg-type]


def _formula(formula: str, value: object) -> AddedCell:
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    stored = float(value) if is_whole else value  # type: ignore[arg-type]
    return AddedCell(formula=formula, value=stored)  # type: ignore[arg-type]


def _blanks(count: int) -> _Row:
    return (AddedCell(),) * count


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _both_numbers(one: object, two: object) -> bool:
    return _is_number(one) and _is_number(two)
