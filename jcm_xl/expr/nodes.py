"""The tree of an expression: small frozen values, compared by content.

A *value* is a number or a text; a *condition* is true or false and stands only
in the first argument of ``when`` or alone (an eligibility check). The parser
keeps the two apart, so no other module has to.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TypeAlias

from jcm_xl.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Number:
    """A literal number, kept as the author wrote it: ``Number("0.560")``."""

    text: str

    @property
    def decimal(self) -> Decimal:
        """The exact value of the literal."""
        return Decimal(self.text)


@dataclass(frozen=True, slots=True)
class Text:
    """A literal text, such as one choice of a drop-down list."""

    value: str


@dataclass(frozen=True, slots=True)
class Name:
    """A quantity; or a table, as the first argument of ``lookup``."""

    id: str


@dataclass(frozen=True, slots=True)
class Negation:
    """``-operand``"""

    operand: Expr


@dataclass(frozen=True, slots=True)
class Binary:
    """``left operator right`` with one of ``+ - * /``."""

    operator: str
    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class Comparison:
    """``left operator right`` with one of ``== != < <= > >=``; a condition."""

    operator: str
    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class Junction:
    """Two or more conditions joined by ``and`` or by ``or``."""

    operator: str
    parts: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Inversion:
    """``not operand``, where the operand is a condition."""

    operand: Expr


@dataclass(frozen=True, slots=True)
class Call:
    """``function(arguments)``; the functions stand in :mod:`.functions`."""

    function: str
    arguments: tuple[Expr, ...]


Expr: TypeAlias = (
    Number | Text | Name | Negation | Binary | Comparison | Junction | Inversion | Call
)


def children(expr: Expr) -> tuple[Expr, ...]:
    """The direct parts of a node, in the author's order."""
    match expr:
        case Negation(operand) | Inversion(operand):
            return (operand,)
        case Binary(_, left, right) | Comparison(_, left, right):
            return (left, right)
        case Junction(_, parts):
            return parts
        case Call(_, arguments):
            return arguments
        case _:
            return ()


def whole(digits: Expr) -> int:
    """Return the literal whole number of `round_down` and `power`."""
    match digits:
        case Negation(Number(text)):
            return -int(text)
        case Number(text):
            return int(text)
    raise TypeError(f"a literal whole number is needed, not {digits}")
