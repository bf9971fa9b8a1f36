"""Python's syntax tree to ours: a whitelist; what is not named is refused."""

from __future__ import annotations

import ast
import re
from decimal import Decimal
from typing import NoReturn

from jcm_xl.expr.functions import FUNCTIONS, OVER_UNITS
from jcm_xl.expr.literals import number_fault, text_fault
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
)
from jcm_xl.expr.reasons import OF_UNITS, is_condition, unknown_function, why_no_value
from jcm_xl.expr.scan import SourceText

MAX_DEPTH = 40

_CALCULATIONS: dict[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
}
_COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}


class Converter:
    """One run over one source; raises :class:`.ExpressionError`."""

    def __init__(self, source: SourceText) -> None:
        """Start at the top."""
        self._source = source
        self._depth = 0

    def value(self, node: ast.expr) -> Expr:
        """A number, a text, a quantity or something calculated from them."""
        self._descend(node)
        converted: Expr
        match node:
            case ast.Constant():
                converted = self._literal(node)
            case ast.Name():
                converted = self._name(node)
            case ast.UnaryOp(op=ast.USub()):
                converted = Negation(self._number(node.operand))
            case ast.BinOp() if type(node.op) in _CALCULATIONS:
                left, right = self._number(node.left), self._number(node.right)
                converted = Binary(_CALCULATIONS[type(node.op)], left, right)
            case ast.Call() if not is_condition(node):
                converted = self._call(node)
            case _:
                self._refuse(node, why_no_value(node))
        self._depth -= 1
        return converted

    def condition(self, node: ast.expr) -> Expr:
        """A comparison, or several joined by ``and``, ``or``, ``not``."""
        self._descend(node)
        converted: Expr
        match node:
            case ast.Compare():
                converted = self._comparison(node)
            case ast.BoolOp():
                word = "and" if isinstance(node.op, ast.And) else "or"
                converted = Junction(word, tuple(map(self.condition, node.values)))
            case ast.UnaryOp(op=ast.Not()):
                converted = Inversion(self.condition(node.operand))
            case ast.Call(func=ast.Name("any")):
                converted = self._call(node)
            case _:
                self._refuse(node, "Here a condition is needed, such as a > b.")
        self._depth -= 1
        return converted

    def _number(self, node: ast.expr) -> Expr:
        converted = self.value(node)
        if isinstance(converted, Text):
            self._refuse(node, "A text cannot be calculated with.")
        return converted

    def _comparison(self, node: ast.Compare) -> Expr:
        if len(node.ops) > 1:
            reason = "Comparisons cannot be chained; write a < b and b < c."
            self._refuse(node.comparators[1], reason)
        operator = _COMPARISONS.get(type(node.ops[0]))
        if operator is None:
            self._refuse(node, "Only == != < <= > >= compare.")
        left, right = self.value(node.left), self.value(node.comparators[0])
        return Comparison(operator, left, right)

    def _literal(self, node: ast.Constant) -> Expr:
        written = self._source.written(node)
        converted: Expr = Number(written)
        if isinstance(node.value, str):
            fault = text_fault(node.value, written)
            converted = Text(node.value)
        elif type(node.value) in (int, float):
            fault = number_fault(written)
        else:
            fault = f"{written} is neither a number nor a text."
        if fault:
            self._refuse(node, fault)
        return converted

    def _name(self, node: ast.expr) -> Name:
        if not isinstance(node, ast.Name):
            self._refuse(node, "Here a single name is needed.")
        if node.id in FUNCTIONS:
            usage = FUNCTIONS[node.id].signature
            self._refuse(node, f"{node.id} is a function; write {usage}.")
        if node.id.startswith("_"):
            self._refuse(node, "A name starts with a letter.")
        return Name(node.id)

    def _call(self, node: ast.Call) -> Expr:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name not in FUNCTIONS:
            self._refuse(node, unknown_function(name))
        for extra in [*node.keywords, *node.args]:
            if isinstance(extra, ast.keyword | ast.Starred):
                self._refuse(extra, "Arguments are given by position only.")
        if not FUNCTIONS[name].accepts(len(node.args)):
            self._refuse(node, f"{name} is written {FUNCTIONS[name].signature}.")
        return Call(name, self._arguments(name, node.args))

    def _arguments(self, function: str, nodes: list[ast.expr]) -> tuple[Expr, ...]:
        match function:
            case _ if function in OVER_UNITS:
                return (self._name(nodes[0]), *map(self._of_units, nodes[1:]))
            case "interpolate":
                return (self._name(nodes[0]), self._name(nodes[1]))
            case "t_value":
                return (self._share(nodes[0]), self._number(nodes[1]))
            case "any":
                is_set = isinstance(nodes[0], ast.Name)
                return ((self._name if is_set else self.condition)(nodes[0]),)
            case "lookup":
                return (self._name(nodes[0]), *map(self.value, nodes[1:]))
            case "when":
                return (self.condition(nodes[0]), *map(self.value, nodes[1:]))
            case "power":
                power = self._digits(nodes[1], "power is")
                if power == Number("0"):
                    self._refuse(nodes[1], "To the power of 0 everything is 1.")
                return (self._number(nodes[0]), power)
            case "round_down":
                return (self._number(nodes[0]), self._digits(nodes[1]))
            case _:
                return tuple(map(self._number, nodes))

    def _of_units(self, node: ast.expr) -> Expr:
        """Return a condition on units: `a_i == 'x'`, several joined by `and`."""
        if not isinstance(node, ast.Compare | ast.BoolOp):
            self._refuse(node, OF_UNITS)
        condition = self.condition(node)
        parts = condition.parts if isinstance(condition, Junction) else (condition,)
        is_joined = not isinstance(condition, Junction) or condition.operator == "and"
        for part in parts:
            match part:
                case Comparison("==", Name(), Text()) if is_joined:
                    continue
            self._refuse(node, OF_UNITS)
        return condition

    def _share(self, node: ast.expr) -> Expr:
        share = self.value(node)
        if isinstance(share, Number) and Decimal("0.5") <= share.decimal < 1:
            return share
        self._refuse(node, "The share is a number from 0.5 to below 1, such as 0.9.")

    def _digits(self, node: ast.expr, what: str = "digits are") -> Expr:
        digits = self.value(node)
        literal = digits.operand if isinstance(digits, Negation) else digits
        if not (isinstance(literal, Number) and re.fullmatch(r"\d", literal.text)):
            self._refuse(node, f"The {what} a literal whole number, -9 to 9.")
        return digits

    def _descend(self, node: ast.expr) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            reason = f"An expression has at most {MAX_DEPTH} levels; name a part of it."
            self._refuse(node, reason)

    def _refuse(self, node: ast.expr | ast.keyword, reason: str) -> NoReturn:
        raise self._source.fault_at(node, reason)
