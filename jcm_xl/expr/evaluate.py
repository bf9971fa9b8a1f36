"""Tree to a function of a scope: closures built once, called for every unit."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Protocol, TypeAlias

from jcm_xl.expr.arithmetic import (
    DIVISION,
    NO_UNIT,
    NOT_AVAILABLE,
    Arithmetic,
    NotCalculable,
)
from jcm_xl.expr.exact import EXACT
from jcm_xl.expr.functions import BETWEEN_KEYS, OF_TABLES, OVER_UNITS
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
from jcm_xl.expr.sheet import SHEET
from jcm_xl.expr.student import student_t
from jcm_xl.expr.used import names

__all__ = [
    "EXACT",
    "SHEET",
    "Arithmetic",
    "NotCalculable",
    "Scope",
    "compile_expression",
]


class Scope(Protocol):
    """Where a compiled expression finds its values.

    Numbers are floats for SHEET and Decimals for EXACT. Each method may raise
    :class:`NotCalculable` for a missing input, an unknown key and the like.
    """

    def value(self, name: str) -> float | Decimal | str:
        """The number or choice of a quantity."""

    def column(self, name: str) -> Sequence[float] | Sequence[Decimal]:
        """The numbers of an indexed quantity, of used units only."""

    def look_up(self, table: str, key: float | Decimal | str) -> float | Decimal:
        """The value of a table's row."""

    def units(self, names: tuple[str, ...]) -> Iterable[Scope]:
        """A scope for each unit in use of the set that is named or run over."""


Compiled: TypeAlias = Callable[[Scope], Any]


def compile_expression(expr: Expr, arithmetic: Arithmetic) -> Compiled:
    """A function of a scope: a value gives a number or text, a condition a bool.

    Calling it raises :class:`NotCalculable` where a spreadsheet shows an error.
    """
    return _Compiler(arithmetic).value(expr)


class _Compiler:
    """Builds closures; a spreadsheet's AND and OR look at all their parts."""

    def __init__(self, arithmetic: Arithmetic) -> None:
        self._by = arithmetic

    def value(self, expr: Expr) -> Compiled:
        """A number or a text, or a condition."""
        match expr:
            case Text(text):
                return lambda scope: text
            case Name(identifier):
                return lambda scope: scope.value(identifier)
            case Comparison(sign, left, right):
                return self._comparison(sign, self.value(left), self.value(right))
            case Junction(word, parts):
                return _junction(word, [self.value(part) for part in parts])
            case Inversion(operand):
                condition = self.value(operand)
                return lambda scope: not condition(scope)
            case Call("when", (decision, first, second)):
                return _choice(*map(self.value, (decision, first, second)))
            case Call("any", (operand,)):
                return self._any(operand)
            case _:
                return self.number(expr)

    def number(self, expr: Expr) -> Compiled:
        """A number; a text in its place raises ``#VALUE!``."""
        match expr:
            case Number(text):
                constant = self._by.literal(text)
                return lambda scope: constant
            case Negation(operand):
                return _applied(self._by.negate, self.number(operand))
            case Binary(sign, left, right):
                return self._binary(sign, self.number(left), self.number(right))
            case Call(function, arguments) if function != "when":
                return self._call(function, arguments)
            case _:
                return _applied(self._by.number, self.value(expr))

    def _binary(self, sign: str, left: Compiled, right: Compiled) -> Compiled:
        operations = {
            "+": self._by.add,
            "-": self._by.subtract,
            "*": self._by.multiply,
            "/": self._by.divide,
        }
        operation = operations[sign]
        return lambda scope: operation(left(scope), right(scope))

    def _comparison(self, sign: str, left: Compiled, right: Compiled) -> Compiled:
        compare, holds = self._by.compare, _HOLDS[sign]
        return lambda scope: holds(compare(left(scope), right(scope)), 0)

    def _any(self, operand: Expr) -> Compiled:
        if isinstance(operand, Name):
            asked = (operand.id,)
            return lambda scope: len(list(scope.units(asked))) > 0
        over, condition = names(operand), self.value(operand)
        return lambda scope: any([condition(unit) for unit in scope.units(over)])

    def _call(self, function: str, arguments: tuple[Expr, ...]) -> Compiled:
        match function, arguments:
            case _, (Name(identifier), *conditions) if function in OVER_UNITS:
                return self._over_units(function, self._units(identifier, *conditions))
            case _, (Name(identifier), key) if function in OF_TABLES:
                found = self.value(key)
                return lambda scope: scope.look_up(identifier, found(scope))
            case "lookup", (Name(identifier), *keys):
                each = [self.value(key) for key in keys]
                return lambda scope: scope.look_up(
                    identifier, BETWEEN_KEYS.join(str(key(scope)) for key in each)
                )
            case "t_value", (Number() as share, degrees):
                degree = self.number(degrees)
                return lambda scope: self._by.literal(
                    student_t(share.decimal, float(degree(scope)))
                )
            case (("round_down" | "power"), (operand, digits)):
                by = self._by.round_down if function[0] == "r" else self._by.power
                inside, places = self.number(operand), whole(digits)
                return lambda scope: by(inside(scope), places)
            case (("min" | "max"), _):
                pick = min if function == "min" else max
                parts = [self.number(argument) for argument in arguments]
                return lambda scope: pick([part(scope) for part in parts])
            case _:
                single = {
                    "abs": self._by.absolute,
                    "exp": self._by.exp,
                    "ln": self._by.ln,
                    "sqrt": self._by.root,
                }
                return _applied(single[function], self.number(arguments[0]))

    def _units(self, name: str, *conditions: Expr) -> Compiled:
        """Take an indexed quantity of all units, or of those of a choice."""
        if not conditions:
            return lambda scope: scope.column(name)
        (condition,) = map(self.value, conditions)
        over = (name,)

        def chosen(scope: Scope) -> Any:
            # First what is chosen, of all units: one that is missing stops it all.
            holds = [condition(unit) for unit in scope.units(over)]
            units = zip(scope.units(over), holds, strict=True)
            return [unit.value(name) for unit, is_of_it in units if is_of_it]

        return chosen

    def _over_units(self, function: str, units: Compiled) -> Compiled:
        """Make one number of an indexed quantity; of no unit there is only the sum."""
        by = self._by
        match function:
            case "sum":
                return lambda scope: by.total(units(scope))
            case "count":
                number = by.number
                return lambda scope: by.literal(
                    str(len([number(value) for value in units(scope)]))
                )
            case "mean":

                def mean(scope: Scope) -> Any:
                    values = _some(units(scope), DIVISION)
                    return by.divide(by.total(values), by.literal(str(len(values))))

                return mean
        pick = max if function == "largest" else min
        return lambda scope: pick(map(by.number, _some(units(scope), NOT_AVAILABLE)))


def _some(values: Sequence[Any], error: str) -> Sequence[Any]:
    if not values:
        raise NotCalculable(error, NO_UNIT)
    return values


_HOLDS: Mapping[str, Callable[[int, int], bool]] = MappingProxyType(
    {
        "==": operator.eq,
        "!=": operator.ne,
        "<": operator.lt,
        "<=": operator.le,
        ">": operator.gt,
        ">=": operator.ge,
    }
)


def _applied(operation: Callable[[Any], Any], operand: Compiled) -> Compiled:
    return lambda scope: operation(operand(scope))


def _choice(condition: Compiled, first: Compiled, second: Compiled) -> Compiled:
    return lambda scope: first(scope) if condition(scope) else second(scope)


def _junction(word: str, parts: Sequence[Compiled]) -> Compiled:
    decide = all if word == "and" else any
    return lambda scope: decide([part(scope) for part in parts])
