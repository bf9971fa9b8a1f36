"""Tree to print: for people (plain, LaTeX) and back to source.

Plain and LaTeX keep the author's order and set as few parentheses as that
allows; ``symbol`` gives the printed form of every name, tables included.
"""

from __future__ import annotations

from collections.abc import Callable

from jcm_xl.expr.functions import CONDITIONAL
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
from jcm_xl.expr.print_style import LATEX, PLAIN, Style


def to_plain(expr: Expr, symbol: Callable[[str], str]) -> str:
    """One line for a sheet or terminal: ``EC × (COP_PJ / COP_RE) × EF``."""
    return _Printer(PLAIN, symbol).top(expr)


def to_latex(expr: Expr, symbol: Callable[[str], str]) -> str:
    r"""A formula for a page; divisions become ``\frac``."""
    return _Printer(LATEX, symbol).top(expr)


def to_source(expr: Expr) -> str:
    """Fully parenthesised source: ``parse(to_source(e)) == e``."""
    match expr:
        case Number(text):
            return text
        case Text(value):
            return repr(value)
        case Name(identifier):
            return identifier
        case Negation(operand):
            return f"(-{to_source(operand)})"
        case Binary(operator, left, right) | Comparison(operator, left, right):
            return f"({to_source(left)} {operator} {to_source(right)})"
        case Junction(operator, parts):
            return f"({f' {operator} '.join(map(to_source, parts))})"
        case Inversion(operand):
            return f"(not {to_source(operand)})"
        case Call(function, arguments):
            return f"{function}({', '.join(map(to_source, arguments))})"


class _Printer:
    """Prints one tree; every method returns text and how tightly it binds."""

    def __init__(self, style: Style, symbol: Callable[[str], str]) -> None:
        self._style = style
        self._symbol = symbol

    def top(self, expr: Expr) -> str:
        """The text without outer parentheses."""
        return self._print(expr)[0]

    def _print(self, expr: Expr) -> tuple[str, int]:
        match expr:
            case Number() | Text() | Name():
                return self._leaf(expr), Binding.ATOM
            case Negation(operand):
                return f"-{self._tight(operand, Binding.ATOM)}", Binding.SIGN
            case Binary("/", left, right) if self._style.is_fractional:
                return rf"\frac{{{self.top(left)}}}{{{self.top(right)}}}", Binding.ATOM
            case Binary(operator, left, right):
                binding = OPERATORS[operator].binding
                # A sign after an operator reads badly: a - (-b).
                after = Binding.ATOM if isinstance(right, Negation) else binding + 1
                return self._between(operator, left, right, (binding, after))
            case Comparison(operator, left, right):
                return self._between(
                    operator, left, right, (Binding.COMPARE, Binding.SUM)
                )
            case Junction(operator, parts):
                return self._junction(operator, parts)
            case Inversion(operand):
                return (
                    f"{self._sign('not')} {self._tight(operand, Binding.ATOM)}",
                    Binding.NOT,
                )
            case Call(function, arguments):
                return self._call(function, arguments)

    def _leaf(self, expr: Number | Text | Name) -> str:
        match expr:
            case Number(text):
                return text
            case Text(value):
                return self._style.text(value)
            case Name(identifier):
                return self._symbol(identifier)

    def _between(
        self, operator: str, left: Expr, right: Expr, binding: tuple[int, int]
    ) -> tuple[str, int]:
        before = self._tight(left, binding[0])
        after = self._tight(right, binding[1])
        return f"{before} {self._sign(operator)} {after}", binding[0]

    def _junction(self, operator: str, parts: tuple[Expr, ...]) -> tuple[str, int]:
        binding = OPERATORS[operator].binding
        printed = [self._tight(part, binding + 1) for part in parts]
        return f" {self._sign(operator)} ".join(printed), binding

    def _call(self, function: str, arguments: tuple[Expr, ...]) -> tuple[str, int]:
        match function, arguments:
            case "any", (Name(identifier),):
                words = self._style.text(f"any unit of {identifier}")
                return words.strip("'"), Binding.ATOM
            case "any", (condition,):
                inside = self._tight(condition, Binding.COMPARE)
                return self._style.pattern(function).format(inside), Binding.COMPARE
        printed = [self.top(argument) for argument in arguments]
        joined = {"all": ", ".join(printed), "rest": ", ".join(printed[1:])}
        text = self._style.pattern(function).format(*printed, **joined)
        if function in CONDITIONAL and len(printed) > 1:
            where = self._style.text(" where ").strip("'")
            return f"{text}{where}{printed[1]}", Binding.SUM - 1
        return text, Binding.SUM - 1 if function == "sum" else Binding.ATOM

    def _tight(self, expr: Expr, binding: int) -> str:
        text, own = self._print(expr)
        return text if own >= binding else self._style.group.format(text)

    def _sign(self, operator: str) -> str:
        return self._style.sign(OPERATORS[operator])
