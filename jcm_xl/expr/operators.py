"""The operators: how tightly each binds and how each is written, row by row."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple


class Binding(IntEnum):
    """How tightly a part holds together, the loosest first."""

    OR = 0
    AND = 1
    NOT = 2
    COMPARE = 3
    SUM = 4
    PRODUCT = 5
    SIGN = 6
    ATOM = 7


class Operator(NamedTuple):
    """An operator as a definition spells it, and its sign in each form of print.

    plain: a line of text. typeset: an equation. excel: an Excel formula; of words it
    is the function that takes the parts.
    """

    source: str
    binding: Binding
    plain: str
    typeset: str
    latex: str
    excel: str


_ROWS = (
    Operator("or", Binding.OR, "or", "or", r"\text{ or }", "OR"),
    Operator("and", Binding.AND, "and", "and", r"\text{ and }", "AND"),
    Operator("not", Binding.NOT, "not", "not", r"\text{not }", "NOT"),
    Operator("==", Binding.COMPARE, "=", "=", "=", "="),
    Operator("!=", Binding.COMPARE, "≠", "≠", r"\neq", "<>"),
    Operator("<", Binding.COMPARE, "<", "<", "<", "<"),
    Operator("<=", Binding.COMPARE, "≤", "≤", r"\leq", "<="),
    Operator(">", Binding.COMPARE, ">", ">", ">", ">"),
    Operator(">=", Binding.COMPARE, "≥", "≥", r"\geq", ">="),
    Operator("+", Binding.SUM, "+", "+", "+", "+"),
    Operator("-", Binding.SUM, "-", "−", "-", "-"),
    Operator("*", Binding.PRODUCT, "×", "×", r"\times", "*"),
    Operator("/", Binding.PRODUCT, "/", "/", "/", "/"),
)
OPERATORS = {row.source: row for row in _ROWS}
