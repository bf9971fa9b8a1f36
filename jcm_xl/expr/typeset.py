"""Tree to boxes: an equation as it is set on a page, before MathML or OMML.

Keeps the author's order and sets as few parentheses as that allows, as the
print on one line does; divisions become fractions, which need none.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias, TypeGuard

from jcm_xl.dataclass import dataclass
from jcm_xl.expr.functions import CONDITIONAL, OF_TABLES
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
from jcm_xl.expr.operators import OPERATORS, Binding

LINE = 60
"""So many letters of an equation fit on a line of paper, its left side apart."""
_SYMBOL = re.compile(r"^(?P<base>[^_]+)_(?:\{(?P<group>[^{}]*)\}|(?P<plain>[^{}]*))$")


@dataclass(frozen=True, slots=True)
class Word:
    """A symbol without its index, such as EG."""

    text: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as the author wrote it."""

    text: str


@dataclass(frozen=True, slots=True)
class Sign:
    """An operator or a comma."""

    text: str


@dataclass(frozen=True, slots=True)
class Prose:
    """Words between formulas, and the texts of choices."""

    text: str


@dataclass(frozen=True, slots=True)
class BoxRow:
    """Boxes side by side."""

    parts: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Indexed:
    """A symbol with its index below."""

    base: Box
    index: Box


@dataclass(frozen=True, slots=True)
class Fraction:
    """A division."""

    above: Box
    below: Box


@dataclass(frozen=True, slots=True)
class Fenced:
    """Something in parentheses or between bars."""

    body: Box
    left: str = "("
    right: str = ")"


@dataclass(frozen=True, slots=True)
class Raised:
    """Something to a power."""

    body: Box
    power: Box


@dataclass(frozen=True, slots=True)
class Root:
    """The square root of something."""

    body: Box


@dataclass(frozen=True, slots=True)
class Total:
    """A sum over the units of a set."""

    over: Box | None
    body: Box


@dataclass(frozen=True, slots=True)
class BrokenLines:
    """A sum or product too long for one line, broken before its signs."""

    lines: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Cases:
    """Values with the condition of each, behind one brace."""

    lines: tuple[tuple[Box, Box], ...]


Box: TypeAlias = (
    Word | Figure | Sign | Prose | BoxRow | Indexed | Raised | Root | Fraction | Fenced
    | Total | BrokenLines | Cases
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Naming:
    """How names are printed: the symbol, and the index a quantity runs over."""

    symbol: Callable[[str], str]
    index: Callable[[str], str | None] = lambda _: None


def typeset(expr: Expr, naming: Naming) -> Box:
    """Return an expression or a condition as boxes."""
    return _Setter(naming).top(expr)


def equation(name: str, expr: Expr, naming: Naming) -> Box:
    """Return `name = expression` as boxes."""
    left = symbol_box(naming.symbol(name))
    return BoxRow((left, Sign("="), typeset(expr, naming)))


def symbol_box(symbol: str) -> Box:
    """Return `EG_{i,p}` as a symbol with an index; what is no symbol as prose."""
    match = _SYMBOL.match(symbol)
    if match is None:
        return Prose(symbol) if " " in symbol else Word(symbol)
    index = match["group"] if match["group"] is not None else match["plain"]
    return Indexed(Word(match["base"]), _index_box(index))


def _index_box(index: str) -> Box:
    boxes: list[Box] = []
    for part in index.split(","):
        if boxes:
            boxes.append(Sign(","))
        boxes.append(Prose(part) if re.search(r"[^A-Za-z0-9]", part) else Word(part))
    return boxes[0] if len(boxes) == 1 else BoxRow(tuple(boxes))


class _Setter:
    """Sets one tree; every method returns a box and how tightly it binds."""

    def __init__(self, naming: Naming) -> None:
        self._naming = naming

    def top(self, expr: Expr) -> Box:
        """The box without outer parentheses."""
        return self._set(expr)[0]

    def _set(self, expr: Expr) -> tuple[Box, int]:
        match expr:
            case Number() | Text() | Name():
                return self._leaf(expr), Binding.ATOM
            case Negation(operand):
                return BoxRow(
                    (Sign("−"), self._tight(operand, Binding.ATOM))
                ), Binding.SIGN
            case Binary("/", left, right):
                return Fraction(self.top(left), self.top(right)), Binding.ATOM
            case Binary(operator):
                return self._chain(expr, OPERATORS[operator].binding)
            case Comparison(operator, left, right):
                sign = Sign(OPERATORS[operator].typeset)
                sides = (
                    self._tight(left, Binding.COMPARE),
                    self._tight(right, Binding.SUM),
                )
                return BoxRow((sides[0], sign, sides[1])), Binding.COMPARE
            case Junction(operator, parts):
                return self._junction(operator, parts)
            case Inversion(operand):
                return BoxRow(
                    (Prose("not "), self._tight(operand, Binding.ATOM))
                ), Binding.NOT
            case Call(function, arguments):
                return self._call(function, arguments)

    def _leaf(self, expr: Number | Text | Name) -> Box:
        match expr:
            case Number(text):
                return Figure(text)
            case Text(value):
                return Prose(f"‘{value}’")
            case Name(identifier):
                return symbol_box(self._naming.symbol(identifier))

    def _chain(self, expr: Binary, binding: Binding) -> tuple[Box, int]:
        """Return a sum or product of any length, broken where it is too long."""
        parts: list[tuple[Box, ...]] = []
        left: Expr = expr
        while _is_of_chain(left, binding):
            # A sign after an operator reads badly: a - (-b).
            is_signed = isinstance(left.right, Negation)
            right = self._tight(left.right, Binding.ATOM if is_signed else binding + 1)
            sign = Sign(OPERATORS[left.operator].typeset)
            parts.insert(0, (sign, right))
            left = left.left
        return _broken([(self._tight(left, binding),), *parts]), binding

    def _junction(self, operator: str, parts: tuple[Expr, ...]) -> tuple[Box, int]:
        binding = OPERATORS[operator].binding
        boxes: list[Box] = []
        for part in parts:
            if boxes:
                boxes.append(Prose(f" {OPERATORS[operator].typeset} "))
            boxes.append(self._tight(part, binding + 1))
        return BoxRow(tuple(boxes)), binding

    def _call(self, function: str, arguments: tuple[Expr, ...]) -> tuple[Box, int]:
        match function, arguments:
            case "sum", (Name(identifier),):
                index = self._naming.index(identifier)
                over = Word(index) if index else None
                return Total(over, self.top(arguments[0])), Binding.SUM - 1
            case _, (Name() as asked, condition) if function in CONDITIONAL:
                body, _ = self._call(function, (asked,))
                where = (body, Prose(" where "), self.top(condition))
                return BoxRow(where), Binding.SUM - 1
            case "any", (operand,):
                return self._any(operand)
            case "when", _:
                return _narrow(Cases(self._cases(arguments))), Binding.ATOM
            case (("abs" | "sqrt" | "t_value"), _):
                return self._signed(function, arguments), Binding.ATOM
            case "power", (base, power):
                raised = Raised(self._tight(base, Binding.ATOM), self.top(power))
                return raised, Binding.ATOM - 1
            case _, (table, *keys) if function in OF_TABLES:
                return self._of_table(function, table, keys), Binding.COMPARE
            case _:
                name = Word(function.replace("_", " ").replace(" down", "down"))
                return BoxRow((name, Fenced(self._list(arguments)))), Binding.ATOM

    def _any(self, operand: Expr) -> tuple[Box, int]:
        if isinstance(operand, Name):
            return Prose(f"any unit of {operand.id}"), Binding.ATOM
        inside = self._tight(operand, Binding.COMPARE)
        return BoxRow((inside, Prose(" for any unit"))), Binding.COMPARE

    def _signed(self, function: str, arguments: tuple[Expr, ...]) -> Box:
        """Return a function that has a sign of its own."""
        last = self.top(arguments[-1])
        if function == "abs":
            return Fenced(last, "|", "|")
        if function == "sqrt":
            return Root(last)
        return BoxRow((Indexed(Word("t"), self.top(arguments[0])), Fenced(last)))

    def _of_table(self, function: str, table: Expr, keys: list[Expr]) -> Box:
        words = "value in " if function == "lookup" else "value interpolated in "
        first, *more = keys
        head = (Prose(words), self.top(table), Prose(" for "), self.top(first))
        return BoxRow((*head, *(b for k in more for b in (Sign(","), self.top(k)))))

    def _cases(self, arguments: tuple[Expr, ...]) -> tuple[tuple[Box, Box], ...]:
        """Return the lines; a choice within the last branch goes on behind them."""
        condition, first, other = arguments
        when = BoxRow((Prose("if "), self.top(condition)))
        line = (self.top(first), when)
        if isinstance(other, Call) and other.function == "when":
            return (line, *self._cases(other.arguments))
        return (line, (self.top(other), Prose("otherwise")))

    def _list(self, arguments: tuple[Expr, ...]) -> Box:
        boxes: list[Box] = []
        for argument in arguments:
            if boxes:
                boxes.append(Sign(","))
            boxes.append(self.top(argument))
        return BoxRow(tuple(boxes))

    def _tight(self, expr: Expr, binding: int) -> Box:
        box, own = self._set(expr)
        return box if own >= binding else Fenced(box)


def _is_of_chain(expr: Expr, binding: Binding) -> TypeGuard[Binary]:
    """Tell whether a chain goes on; a division is a fraction of its own."""
    if not isinstance(expr, Binary) or expr.operator == "/":
        return False
    return OPERATORS[expr.operator].binding is binding


def _broken(parts: list[tuple[Box, ...]]) -> Box:
    lines: list[list[Box]] = [[]]
    for part in parts:
        if lines[-1] and width(BoxRow((*lines[-1], *part))) > LINE:
            lines.append([])
        lines[-1] += part
    rows = tuple(BoxRow(tuple(line)) for line in lines)
    return rows[0] if len(rows) == 1 else BrokenLines(rows)


def _narrow(cases: Cases) -> Cases:
    """Return cases whose conditions stand below the values where that is needed."""
    if width(cases) <= LINE + 15:
        return cases
    indent = Prose("    ")
    return Cases(
        tuple(
            (BrokenLines((value, BoxRow((indent, condition)))), Prose(""))
            for value, condition in cases.lines
        )
    )


def width(box: Box) -> float:
    """Return about how wide a box is, in letters."""
    match box:
        case Word(text) | Figure(text) | Sign(text) | Prose(text):
            return len(text) + 1 if isinstance(box, Sign) else len(text)
        case BoxRow(parts):
            return sum(map(width, parts))
        case Indexed(base, small) | Raised(base, small):
            return width(base) + width(small) * 0.7
        case Fraction(above, below):
            return max(width(above), width(below))
        case Fenced(body) | Root(body):
            return width(body) + 1
        case Total(_, body):
            return width(body) + 2
        case BrokenLines(lines):
            return max(map(width, lines))
        case Cases(lines):
            values, conditions = zip(*lines, strict=True)
            return max(map(width, values)) + max(map(width, conditions)) + 3
