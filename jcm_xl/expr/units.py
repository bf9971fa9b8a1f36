"""The unit of an expression, from the units of its names: algebra only."""

from __future__ import annotations

from collections.abc import Callable

from jcm_xl.expr.functions import FUNCTIONS, UnitRule
from jcm_xl.expr.nodes import (
    Binary,
    Call,
    Comparison,
    Expr,
    Inversion,
    Junction,
    Name,
    Negation,
    Number,
    Text,
    whole,
)
from jcm_xl.expr.to_text import to_plain
from jcm_xl.expr.unit import ATOMS, NONE, TEXT, Unit, UnitError

__all__ = ["ATOMS", "NONE", "TEXT", "Unit", "UnitError", "UnitMismatch", "unit_of"]

TableUnits = Callable[[str], tuple[Unit | None, Unit]]


class UnitMismatch(UnitError):
    """Two units that would have to be one, or a text that is calculated with.

    ``expression`` is the smallest part that shows it; ``first`` and ``second``
    are the two units, in the order of the expression.
    """

    def __init__(self, expr: Expr, first: Unit, second: Unit, reason: str) -> None:
        """Join part, units and reason."""
        self.expression = to_plain(expr, str)
        self.first = first
        self.second = second
        self.reason = reason
        super().__init__(f"{self.expression}: {reason}")


def unit_of(
    expr: Expr, units: Callable[[str], Unit], tables: TableUnits
) -> Unit | None:
    """The unit of a value; None for a literal zero, which fits every unit.

    ``tables`` gives the unit of a table's keys (None for texts) and that of its
    values. A condition is checked as well and has no unit (``NONE``). Raises
    :class:`UnitMismatch`.
    """
    return _Checker(units, tables).unit(expr)


class _Checker:
    def __init__(self, units: Callable[[str], Unit], tables: TableUnits) -> None:
        self._units = units
        self._tables = tables

    def unit(self, expr: Expr) -> Unit | None:
        match expr:
            case Number():
                return None if expr.decimal == 0 else NONE
            case Text():
                return TEXT
            case Name(identifier):
                return self._units(identifier)
            case Negation(operand):
                return self._number(operand, expr)
            case Binary(operator, left, right):
                return self._binary(expr, operator, left, right)
            case Call(function, arguments):
                return self._call(expr, FUNCTIONS[function].unit_rule, arguments)
            case _:
                self._condition(expr)
                return NONE

    def _condition(self, expr: Expr) -> None:
        match expr:
            case Comparison(operator, left, right):
                unit = self._same(expr, self.unit(left), self.unit(right))
                if unit == TEXT and operator not in ("==", "!="):
                    reason = "texts are equal or not, none is larger"
                    raise UnitMismatch(expr, TEXT, TEXT, reason)
            case Junction(_, parts):
                for part in parts:
                    self._condition(part)
            case Inversion(operand):
                self._condition(operand)
            case Call("any", (operand,)) if not isinstance(operand, Name):
                self._condition(operand)

    def _binary(
        self, expr: Expr, operator: str, left: Expr, right: Expr
    ) -> Unit | None:
        first, second = self._number(left, expr), self._number(right, expr)
        if operator in "+-":
            return self._same(expr, first, second)
        if first is None or second is None:
            return None
        return first * second if operator == "*" else first / second

    def _call(
        self, expr: Expr, rule: UnitRule, arguments: tuple[Expr, ...]
    ) -> Unit | None:
        match rule:
            case UnitRule.TABLE:
                return self._lookup(expr, arguments)
            case UnitRule.CONDITION:
                self._condition(expr)
                return NONE
            case UnitRule.BRANCHES:
                self._condition(arguments[0])
                first, second = self.unit(arguments[1]), self.unit(arguments[2])
                return self._same(expr, first, second)
            case UnitRule.ROOT | UnitRule.POWER | UnitRule.COUNT | UnitRule.FIRST:
                return self._changed(expr, rule, arguments)
            case UnitRule.ALIKE | UnitRule.PURE:
                return self._alike(expr, arguments, is_pure=rule is UnitRule.PURE)

    def _alike(
        self, expr: Expr, arguments: tuple[Expr, ...], *, is_pure: bool
    ) -> Unit | None:
        unit: Unit | None = NONE if is_pure else None
        for argument in arguments:
            own = self._number(argument, expr)
            pair = (own, unit) if is_pure else (unit, own)
            unit = self._same(expr, *pair)
        return unit

    def _changed(
        self, expr: Expr, rule: UnitRule, arguments: tuple[Expr, ...]
    ) -> Unit | None:
        """The unit of a root or a power; of units that a condition may choose."""
        unit = self._number(arguments[0], expr)
        for condition in arguments[1:]:
            self._condition(condition)
        if rule in (UnitRule.COUNT, UnitRule.FIRST):
            return NONE if rule is UnitRule.COUNT else unit
        if unit is None:
            return None
        if rule is UnitRule.POWER:
            return unit.power(whole(arguments[1]))
        root = unit.root()
        if root is None:
            raise UnitMismatch(expr, unit, NONE, f"the unit {unit} has no square root")
        return root

    def _lookup(self, expr: Expr, arguments: tuple[Expr, ...]) -> Unit:
        table, *keys = arguments
        if not isinstance(table, Name):
            raise TypeError(f"lookup takes the name of a table, not {table}")
        unit, values = self._tables(table.id)
        for key in keys:
            self._same(expr, TEXT if unit is None else unit, self.unit(key))
        return values

    def _number(self, expr: Expr, whole: Expr) -> Unit | None:
        unit = self.unit(expr)
        if unit == TEXT:
            reason = "a text cannot be calculated with"
            raise UnitMismatch(whole, TEXT, NONE, reason)
        return unit

    def _same(self, expr: Expr, first: Unit | None, second: Unit | None) -> Unit | None:
        if first is None or second is None:
            known = second if first is None else first
            if known == TEXT:
                raise UnitMismatch(expr, TEXT, NONE, "a text is not a number")
            return known
        if first != second:
            reason = f"the units {first} and {second} differ"
            raise UnitMismatch(expr, first, second, reason)
        return first
