"""An expression with other expressions in the place of some names."""

from __future__ import annotations

from collections.abc import Mapping

from jcm_xl.expr.nodes import (
    Binary,
    Call,
    Comparison,
    Expr,
    Inversion,
    Junction,
    Name,
    Negation,
)


def replaced_names(tree: Expr, known: Mapping[str, Expr]) -> Expr:
    """Return a tree in which each of these names is what is known for it."""
    match tree:
        case Name(name):
            return known.get(name, tree)
        case Negation(operand):
            return Negation(replaced_names(operand, known))
        case Inversion(operand):
            return Inversion(replaced_names(operand, known))
        case Binary(sign, left, right):
            pair = replaced_names(left, known), replaced_names(right, known)
            return Binary(sign, *pair)
        case Comparison(sign, left, right):
            pair = replaced_names(left, known), replaced_names(right, known)
            return Comparison(sign, *pair)
        case Junction(word, parts):
            return Junction(word, tuple(replaced_names(p, known) for p in parts))
        case Call(function, arguments):
            return Call(function, tuple(replaced_names(a, known) for a in arguments))
    return tree
