"""Which way a quantity works on the reductions: more of it, more credits or fewer.

Every quantity is taken to be positive, as amounts, factors and efficiencies are.
What stands on both sides (an emission factor of both reference and project) works
both ways and has no direction.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.dataclass import dataclass
from jcm_xl.expr.functions import CONDITIONAL, OF_TABLES
from jcm_xl.expr.nodes import Binary, Call, Expr, Name, Negation, children, whole
from jcm_xl.model.methodology import Methodology


@dataclass(frozen=True, slots=True)
class Visit:
    """A node of a formula; `sign` 1: with the reductions, -1: against them."""

    node: Expr
    sign: int
    formula: str

    @property
    def name(self) -> str:
        """Return the quantity or table a node stands for; empty for others."""
        return self.node.id if isinstance(self.node, Name) else ""


def visits(m: Methodology) -> Iterator[Visit]:
    """Yield every node that the reduction depends on, once for each sign."""
    waiting = [(m.results.reduction, 1)]
    seen = set(waiting)
    while waiting:
        formula, sign = waiting.pop()
        for node, own in _nodes(m.formulas[formula].tree, sign):
            yield Visit(node, own, formula)
            if isinstance(node, Name) and node.id in m.formulas:
                target = (node.id, own)
                if target not in seen:
                    seen.add(target)
                    waiting.append(target)


def _nodes(node: Expr, sign: int) -> Iterator[tuple[Expr, int]]:
    yield node, sign
    match node:
        case Negation(operand):
            yield from _nodes(operand, -sign)
        case Binary(operator, left, right):
            yield from _nodes(left, sign)
            yield from _nodes(right, -sign if operator in "-/" else sign)
        case Call("when", (condition, *branches)):
            yield from _both(condition)
            for branch in branches:
                yield from _nodes(branch, sign)
        case Call():
            yield from _called(node, sign)
        case _:
            for child in children(node):
                yield from _both(child)


def _called(node: Call, sign: int) -> Iterator[tuple[Expr, int]]:
    match node:
        case Call("abs" | "count" | "t_value", arguments):
            for argument in arguments:
                yield from _both(argument)
        case Call(function, (table, *keys)) if function in OF_TABLES:
            yield table, sign
            for key in keys:
                yield from _both(key)
        case Call(function, (name, condition)) if function in CONDITIONAL:
            yield from _nodes(name, sign)
            yield from _both(condition)
        case Call("power", (base, digits)):
            yield from _power(base, whole(digits), sign)
        case _:
            for argument in node.arguments:
                yield from _nodes(argument, sign)


def _power(base: Expr, n: int, sign: int) -> Iterator[tuple[Expr, int]]:
    """Yield the parts of a power; an even one falls where its base is negative."""
    if n % 2 == 0:
        yield from _both(base)
    else:
        yield from _nodes(base, sign if n > 0 else -sign)


def _both(node: Expr) -> Iterator[tuple[Expr, int]]:
    yield from _nodes(node, 1)
    yield from _nodes(node, -1)
