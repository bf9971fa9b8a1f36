"""Formulas of the workbook compared with those of the definition."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from jcm_xl.adopt.chains import with_tables
from jcm_xl.adopt.found import Labelled, OfficialSheets
from jcm_xl.adopt.items import ComparedItem, Verdict, at, compared
from jcm_xl.adopt.lift import Lifter, NotLifted
from jcm_xl.adopt.names import index_of
from jcm_xl.adopt.points import (
    Counterexample,
    Domain,
    Side,
    compare,
    domain,
    lookups,
    points,
)
from jcm_xl.adopt.rows import key_of, shown_value
from jcm_xl.adopt.tables import compare_tables
from jcm_xl.engine.program import program
from jcm_xl.expr.arithmetic import NotCalculable
from jcm_xl.expr.functions import OF_TABLES
from jcm_xl.expr.nodes import (
    Binary,
    Call,
    Comparison,
    Expr,
    Junction,
    Name,
    Negation,
    Number,
    children,
)
from jcm_xl.expr.to_text import to_source
from jcm_xl.formula.scan import CellPlace
from jcm_xl.model.methodology import Constant, Formula, Methodology, Parameter
from jcm_xl.model.tolerance import same_number


class Formulas:
    """Compares the values and formulas of every labelled cell.

    trees: formula -> what its cells calculate, in our names; `None` for what our
    language does not have. tables: (stage, name of our table) -> name
    of the workbook's. proved: (stage, name) of what was compared and is the same.
    """

    def __init__(self, m: Methodology, lifter: Lifter) -> None:
        self.m, self.lifter = m, lifter
        self.sheets: OfficialSheets = lifter.sheets
        self.tables: dict[tuple[str, str], str] = {}
        self.trees: dict[str, set[Expr | None]] = {}
        self.printed: dict[str, set[str]] = {}
        for found in self.sheets.labelled:
            self.printed.setdefault(found.stage, set()).add(found.item.name)

    def compare(self) -> Iterator[ComparedItem]:
        """Yield the verdicts on values and formulas, tables and Table 3."""
        for found in self.sheets.labelled:
            yield from self._cell(found)
        for (_, name), read in self.tables.items():
            table = self.m.tables[name]
            yield from compare_tables(table, self.lifter.tables[read], self.lifter.grid)
        for stage, spot in self.sheets.results.items():
            place = spot.sheet, spot.row, spot.column
            yield self._result(stage, place)

    # -- one cell --------------------------------------------------------------------

    def _cell(self, found: Labelled) -> Iterator[ComparedItem]:
        cell, item = found.cell, found.item
        if cell.formula is not None:
            yield from self._formula(found)
        elif isinstance(cell.value, float):
            yield from self._number(found, cell.value)
        elif isinstance(item, Formula) and not found.part.is_typed:
            yield ComparedItem(
                key_of(item), Verdict.DIFFERS, item.text, shown_value(cell.value),
                *at(found), "no formula and no number stands in its cell",
            )  # fmt: skip

    def _number(self, found: Labelled, value: float) -> Iterator[ComparedItem]:
        item, key = found.item, key_of(found.item)
        if isinstance(item, Formula):
            same = isinstance(item.tree, Number) and same_number(
                float(item.tree.text), value
            )
            yield compared(key, found, item.text, f"{value:.15g}", same=same,
                           reason="" if same else "a number, no formula")  # fmt: skip
        elif item.value is not None:
            same = same_number(float(item.value), value)
            yield compared(key, found, item.value, f"{value:.15g}", same=same)
        elif not found.part.is_typed and isinstance(item, Parameter):
            yield ComparedItem(
                key, Verdict.ONLY_OFFICIAL, "open" if item.is_unsettled else "asked",
                f"{value:.15g}", *at(found), "the workbook gives this number itself",
            )  # fmt: skip

    def _formula(self, found: Labelled) -> Iterator[ComparedItem]:
        item = found.item
        text = f"={found.cell.formula}"
        try:
            tree = self.lifter.lift(found.place, found.unit)
        except NotLifted as why:
            ours = (
                item.text if isinstance(item, Formula) else f"the value of {item.name}"
            )
            yield ComparedItem(key_of(item), Verdict.DIFFERS, ours, text, *at(found),
                               f"the formula is not understood: {why}")  # fmt: skip
            return
        own = Name(item.name)
        if tree in (own, Call("sum", (own,))):
            yield self._repeated(found, tree, text)
        elif isinstance(item, Formula):
            yield self._calculated(found, item, tree, text)
        else:
            yield compared(key_of(item), found, f"the value of {item.name}", text,
                           same=False, reason=f"it is {to_source(tree)}")  # fmt: skip

    def _repeated(self, found: Labelled, tree: Expr, text: str) -> ComparedItem:
        """Accept a cell that repeats the value it is labelled with."""
        ours = f"the value of {found.item.name}"
        return compared(f"{key_of(found.item)}.repeat", found, ours, text, same=True)

    def _calculated(
        self, found: Labelled, f: Formula, tree: Expr, text: str
    ) -> ComparedItem:
        if f.name == self.m.results.reduction:
            tree = self._without_rounding(found.stage, tree)
        other, official = self.against(found.stage, f.name, f.tree, tree)
        self.trees.setdefault(f.name, set()).add(self._in_our_names(official))
        words = to_source(official)
        return self._judged(key_of(f), found, (f.text, text), other, words)

    def _in_our_names(self, tree: Expr) -> Expr | None:
        """Return a tree of the workbook in our names, if our language has them."""
        tables = {theirs: mine for (_, mine), theirs in self.tables.items()}
        tree = _renamed(tree, tables)
        numbers = {
            name: Number(format(Decimal(repr(value)), "f"))
            for name, value in self.lifter.numbers.items()
        }
        tree = _with_numbers(tree, numbers)
        known = {*self.m.parameters, *self.m.constants, *self.m.formulas}
        is_known = all(name in known for name in _quantities(tree))
        return tree if is_known else None

    def _judged(
        self, key: str, found: Labelled | CellPlace, texts: tuple[str, str],
        other: Counterexample | None, words: str,
    ) -> ComparedItem:  # fmt: skip
        if other is None:
            return compared(key, found, *texts, same=True)
        return ComparedItem(key, Verdict.DIFFERS, *texts, *at(found),
                            f"read as {words}", str(other))  # fmt: skip

    def _without_rounding(self, stage: str, tree: Expr) -> Expr:
        """Take off the one ROUNDDOWN where Table 3 only repeats what is rounded."""
        match tree, self._result_tree(stage):
            case Call("round_down", (inside, Number("0"))), Name():
                return inside
        return tree

    def _result_tree(self, stage: str) -> Expr | None:
        spot = self.sheets.results.get(stage)
        if spot is None or spot.cell.formula is None:
            return None
        try:
            return self.lifter.lift((spot.sheet, spot.row, spot.column), 0)
        except NotLifted:
            return None

    def _result(self, stage: str, place: CellPlace) -> ComparedItem:
        cell = self.lifter.cell(place)
        name = self.m.results.reduction
        ours = f"round_down({name}, 0)"
        text = f"={cell.formula}" if cell.formula else shown_value(cell.value)
        try:
            tree = self.lifter.lift(place, 0)
        except NotLifted as why:
            return ComparedItem("results.rounding", Verdict.DIFFERS, ours, text,
                                *at(place), f"it is not understood: {why}")  # fmt: skip
        if tree == Name(name) and self._is_rounded(stage, name):
            return compared("results.rounding", place, ours, text, same=True,
                            reason="rounded down on the calculation sheet")  # fmt: skip
        wanted = Call("round_down", (Name(name), Number("0")))
        other, official = self.against(stage, "", wanted, tree)
        return self._judged("results.rounding", place, (ours, text), other,
                            to_source(official))  # fmt: skip

    def _is_rounded(self, stage: str, name: str) -> bool:
        for found in self.sheets.of(stage, name):
            try:
                tree = self.lifter.lift(found.place, 0)
            except NotLifted:
                continue
            if isinstance(tree, Call) and tree.function == "round_down":
                return True
        return False

    # -- two trees -------------------------------------------------------------------

    def against(
        self, stage: str, name: str, ours: Expr, official: Expr
    ) -> tuple[Counterexample | None, Expr]:
        """Compare two trees; return where they differ, and the official as compared."""
        official = with_tables(ours, official, self.lifter)
        aligned = self._align(stage, ours, official)
        if _renamed(ours, aligned) == official:
            return None, official
        given = self.printed.get(stage, set()) - {name}
        sides = self._sides(ours, official, given, aligned)
        domains = self._domains(ours, official, given, aligned)
        other = compare(*sides, points(domains))
        if other is not None:  # a default may be typed into the formula as a number
            fixed = {n: v for n in domains if (v := self._printed_number(stage, n))}
            less = {n: d for n, d in domains.items() if n not in fixed}
            known = [side._replace(fixed={**side.fixed, **fixed}) for side in sides]
            if fixed and compare(known[0], known[1], points(less)) is None:
                return None, official
            if name and self._from_inputs(ours, official, given, aligned):
                return None, official
        return other, official

    def _from_inputs(
        self, ours: Expr, official: Expr, given: set[str], aligned: Mapping[str, str]
    ) -> bool:
        """Tell whether two trees agree where our formulas lead back to the inputs.

        Another sheet may leave out an intermediate step, or take one more.
        """
        if set(_quantities(ours)) == set(_quantities(official)):
            return False
        less = given - self.m.formulas.keys()
        mine, other = self._sides(ours, official, less, aligned)
        other = other._replace(
            trees={**mine.trees, **other.trees},
            fixed={**mine.fixed, **other.fixed},
            tables={**mine.tables, **other.tables},
        )
        domains = self._domains(ours, official, less, aligned)
        return compare(mine, other, points(domains)) is None

    def _printed_number(self, stage: str, name: str) -> float | None:
        for found in self.sheets.of(stage, name):
            if isinstance(found.item, Parameter) and found.item.is_input:
                return None
            if found.cell.formula is None and isinstance(found.cell.value, float):
                return found.cell.value
        return None

    def _align(self, stage: str, ours: Expr, official: Expr) -> dict[str, str]:
        """Return which table of the workbook stands for which of ours."""
        first = [name for name, _ in lookups(ours)]
        second = [name for name, _ in lookups(official)]
        if len(first) != len(second):
            return {}
        pairs = dict(zip(first, second, strict=True))
        for mine, theirs in pairs.items():
            if self.m.tables[mine].match == self.lifter.tables[theirs].match:
                self.tables.setdefault((stage, mine), theirs)
        return {
            a: b for a, b in pairs.items()
            if self.m.tables[a].match == self.lifter.tables[b].match
        }  # fmt: skip

    def _sides(
        self, ours: Expr, official: Expr, given: set[str], aligned: Mapping[str, str]
    ) -> tuple[Side, Side]:
        m, lifter = self.m, self.lifter
        trees = {
            f.name: (f.tree, bool(f.index))
            for f in m.formulas.values()
            if f.name not in given
        }
        known: list[Parameter | Constant] = [*m.parameters.values()]
        known += m.constants.values()
        fixed = {
            item.name: float(item.value)
            for item in known
            if item.value is not None and item.name not in given
        }
        own: dict[str, Callable[[Any], float | None]] = {
            name: _of_program(look_up) for name, look_up in program(m).tables.items()
        }
        own |= {mine: lifter.tables[theirs].find for mine, theirs in aligned.items()}
        read = {name: table.find for name, table in lifter.tables.items()}
        hidden = {name: (tree, True) for name, tree in lifter.hidden.items()}
        return (
            Side(ours, trees, fixed, own),
            Side(official, hidden, lifter.numbers, read),
        )

    def _domains(
        self, ours: Expr, official: Expr, given: set[str], aligned: Mapping[str, str]
    ) -> dict[str, Domain]:
        special = self._special(ours, official, aligned)
        wanted = {n for tree in (ours, official) for n in self._reached(tree, given)}
        asked = {p.name for p in self.m.inputs}
        found = {}
        for name in sorted(wanted & (given | asked)):
            found[name] = domain(
                self.m, name, is_indexed=bool(index_of(self.m.named(name))),
                special=special.get(name, ()),
            )  # fmt: skip
        for table, key in lookups(ours):
            if isinstance(key, Name) and self.m.tables[table].match == "exact":
                known = found.get(key.id)
                if known is not None and not known.texts:
                    keys = self.m.tables[table].keys
                    found[key.id] = known._replace(texts=keys)
        return found

    def _reached(self, tree: Expr, given: set[str]) -> Iterator[str]:
        """Yield the names that a tree needs, through formulas that are not given."""
        waiting, seen = [tree], set[str]()
        while waiting:
            for name in _quantities(waiting.pop()):
                if name in seen:
                    continue
                seen.add(name)
                if name in self.lifter.hidden:
                    waiting.append(self.lifter.hidden[name])
                elif name not in given and name in self.m.formulas:
                    waiting.append(self.m.formulas[name].tree)
                else:
                    yield name

    def _special(
        self, ours: Expr, official: Expr, aligned: Mapping[str, str]
    ) -> dict[str, list[float]]:
        """Return the numbers at which a formula may change, by the name it compares."""
        found: dict[str, list[float]] = {}
        for table, key in lookups(ours):
            if not isinstance(key, Name):
                continue
            rows = self.m.tables[table].rows
            limits = [n for row in rows for n in (row.start, row.end) if n is not None]
            found.setdefault(key.id, []).extend(map(float, limits))
        for table, key in lookups(official):
            if isinstance(key, Name):
                rows_ = self.lifter.tables[table].rows
                both = [n for r in rows_ for n in (r.start, r.end) if n is not None]
                found.setdefault(key.id, []).extend(both)
        for tree in (ours, official):
            self._compared(tree, found)
        return found

    def _compared(self, tree: Expr, found: dict[str, list[float]]) -> None:
        match tree:
            case Comparison(_, left, right):
                numbers = [n for side in (left, right) for n in self._numbers(side)]
                for side in (left, right):
                    for name in _quantities(side):
                        found.setdefault(name, []).extend(numbers)
        for child in children(tree):
            self._compared(child, found)

    def _numbers(self, tree: Expr) -> Iterator[float]:
        match tree:
            case Number(text):
                yield float(Decimal(text))
            case Name(name) if name in self.lifter.numbers:
                yield self.lifter.numbers[name]
        for child in children(tree):
            yield from self._numbers(child)


def _renamed(tree: Expr, tables: Mapping[str, str]) -> Expr:
    """Return one of our trees with the workbook's names of the tables."""
    match tree:
        case Call(function, (Name(table), *keys)) if function in OF_TABLES:
            renamed = (_renamed(key, tables) for key in keys)
            return Call(function, (Name(tables.get(table, table)), *renamed))
        case Binary(sign, left, right):
            return Binary(sign, _renamed(left, tables), _renamed(right, tables))
        case Comparison(sign, left, right):
            return Comparison(sign, _renamed(left, tables), _renamed(right, tables))
        case Junction(word, parts):
            return Junction(word, tuple(_renamed(part, tables) for part in parts))
        case Negation(operand):
            return Negation(_renamed(operand, tables))
        case Call(function, arguments):
            return Call(function, tuple(_renamed(a, tables) for a in arguments))
    return tree


def _with_numbers(tree: Expr, numbers: Mapping[str, Number]) -> Expr:
    """Return a tree with the numbers that nameless cells hold."""
    match tree:
        case Name(name) if name in numbers:
            return numbers[name]
        case Binary(sign, left, right):
            return Binary(
                sign, _with_numbers(left, numbers), _with_numbers(right, numbers)
            )
        case Comparison(sign, left, right):
            return Comparison(
                sign, _with_numbers(left, numbers), _with_numbers(right, numbers)
            )
        case Negation(operand):
            return Negation(_with_numbers(operand, numbers))
        case Call(function, arguments):
            parts = tuple(_with_numbers(a, numbers) for a in arguments)
            return Call(function, parts)
    return tree


def _of_program(look_up: Callable[[Any], Any]) -> Callable[[Any], float | None]:
    def find(key: Any) -> float | None:
        try:
            return float(look_up(key))
        except NotCalculable:
            return None

    return find


def _quantities(tree: Expr) -> Iterator[str]:
    match tree:
        case Name(name):
            yield name
        case Call(function, (_, *keys)) if function in OF_TABLES:
            for key in keys:
                yield from _quantities(key)
        case _:
            for child in children(tree):
                yield from _quantities(child)
