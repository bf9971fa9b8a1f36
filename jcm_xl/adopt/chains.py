"""Nested conditions over one key read as the look-up table that they stand for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from jcm_xl.adopt.lift import CELL, TABLE, Lifter
from jcm_xl.adopt.lookups import ReadRow, ReadTable
from jcm_xl.adopt.points import lookups
from jcm_xl.expr.functions import OVER_UNITS
from jcm_xl.expr.nodes import (
    Binary,
    Call,
    Comparison,
    Expr,
    Junction,
    Name,
    Negation,
    Number,
    Text,
)
from jcm_xl.formula.scan import CellPlace
from jcm_xl.xlsx.grid import parse_address

_NOWHERE: CellPlace = ("", 0, 0)


class _Step(NamedTuple):
    """One condition of a chain and the number behind it."""

    condition: Expr
    value: Expr


def with_tables(ours: Expr, official: Expr, lifter: Lifter) -> Expr:
    """Return the official tree, its chains as look-ups where ours looks up more."""
    if len(list(lookups(ours))) <= len(list(lookups(official))):
        return official
    return _Chains(lifter).within(official)


class _Chains:
    def __init__(self, lifter: Lifter) -> None:
        self.lifter = lifter

    def within(self, tree: Expr) -> Expr:
        """Return a tree in which each chain over one key is a look-up."""
        found = self._chain(tree)
        if found is not None:
            return found
        match tree:
            case Binary(sign, left, right):
                return Binary(sign, self.within(left), self.within(right))
            case Negation(operand):
                return Negation(self.within(operand))
            case Call("when", (condition, first, second)):
                return Call(
                    "when", (condition, self.within(first), self.within(second))
                )
            case Call(function, arguments) if function not in (*OVER_UNITS, "lookup"):
                return Call(function, tuple(map(self.within, arguments)))
        return tree

    def _chain(self, tree: Expr) -> Expr | None:
        steps, last = list[_Step](), tree
        while isinstance(last, Call) and last.function == "when":
            condition, value, last = last.arguments
            if not self._is_number(value):
                return None
            steps.append(_Step(condition, value))
        if not steps or not self._is_number(last):
            return None
        return self._exact(steps, last) or self._classes(steps, last)

    def _is_number(self, tree: Expr) -> bool:
        return isinstance(tree, Number) or (
            isinstance(tree, Name) and tree.id in self.lifter.numbers
        )

    def _number(self, tree: Expr) -> tuple[float, CellPlace]:
        """Return a number and where it stands; nowhere if in the formula itself."""
        if isinstance(tree, Number):
            return float(tree.text), _NOWHERE
        assert isinstance(tree, Name)
        sheet, _, text = tree.id.removeprefix(CELL).rpartition("!")
        return self.lifter.numbers[tree.id], (sheet, *parse_address(text))

    def _exact(self, steps: list[_Step], last: Expr) -> Expr | None:
        """Read `when(k == 'a', 1, when(k == 'b', 2, 3))`; the last has no key."""
        keys, rows = set[Expr](), list[ReadRow]()
        for condition, value in steps:
            texts = list(_equals(condition))
            if not texts:
                return None
            number, place = self._number(value)
            for key, text in texts:
                keys.add(key)
                rows.append(
                    ReadRow(text, None, None, False, number, place, place, place)
                )
        number, place = self._number(last)
        rows.append(ReadRow("", None, None, False, number, place, place, place))
        return self._table("exact", rows, keys)

    def _classes(self, steps: list[_Step], last: Expr) -> Expr | None:
        """Read `when(k < 450, 1, when(k < 550, 2, 3))`."""
        keys, rows, start = set[Expr](), list[ReadRow](), None
        begins = _NOWHERE
        for condition, value in steps:
            limit = self._limit(condition)
            if limit is None:
                return None
            key, end, end_place, is_closed = limit
            keys.add(key)
            number, place = self._number(value)
            rows.append(
                ReadRow("", start, end, is_closed, number, begins, end_place, place)
            )
            start, begins = end, end_place
        number, place = self._number(last)
        rows.append(ReadRow("", start, None, False, number, begins, _NOWHERE, place))
        return self._table("class", rows, keys)

    def _limit(self, condition: Expr) -> tuple[Expr, float, CellPlace, bool] | None:
        if isinstance(condition, Junction) and condition.operator == "and":
            limits = [found for p in condition.parts if (found := self._limit(p))]
            return limits[0] if len(limits) == 1 else None
        match condition:
            case Comparison(("<" | "<=") as sign, key, limit) if self._is_number(limit):
                return key, *self._number(limit), sign == "<="
            case Comparison((">" | ">=") as sign, limit, key) if self._is_number(limit):
                return key, *self._number(limit), sign == ">="
        return None

    def _table(self, match: str, rows: list[ReadRow], keys: set[Expr]) -> Expr | None:
        if len(keys) != 1:
            return None
        known = self.lifter.tables
        name = next(
            (n for n, t in known.items() if t.match == match and t.rows == tuple(rows)),
            f"{TABLE}{len(known) + 1}",
        )
        known[name] = ReadTable(name, match, tuple(rows))
        return Call("lookup", (Name(name), keys.pop()))


def _equals(condition: Expr) -> Iterator[tuple[Expr, str]]:
    """Yield (key, text) of `k == 'a'`, also of several joined by `or`."""
    match condition:
        case Comparison("==", key, Text(text)) | Comparison("==", Text(text), key):
            yield key, text
        case Junction("or", parts):
            for part in parts:
                yield from _equals(part)
