"""Sentences for authors who wrote what the language does not have."""

from __future__ import annotations

import ast

from jcm_xl.expr.functions import FUNCTIONS

OF_UNITS = (
    "Units are chosen by equal texts, joined by and: a_i == 'x'. Give any other "
    "condition a quantity of its own: when(condition, X_i, 0)."
)


def is_condition(node: ast.expr) -> bool:
    """Tell whether a call is true or false: of `any`, which has no value."""
    match node:
        case ast.Call(func=ast.Name("any")):
            return True
    return False


def why_no_value(node: ast.expr) -> str:
    """Why this piece of Python is no value of the language."""
    match node:
        case ast.Call():
            return "A condition stands only in the first place of when()."
        case ast.Compare() | ast.BoolOp() | ast.UnaryOp(op=ast.Not()):
            return "A condition stands only in the first place of when()."
        case ast.BinOp(op=ast.Pow()):
            return "A power is written power(x, 2), a root sqrt(x)."
        case ast.UnaryOp(op=ast.UAdd()):
            return "A plus stands between two values."
        case ast.BinOp():
            return "Only + - * / calculate."
        case ast.IfExp():
            return "A choice is written when(condition, a, b)."
        case ast.Attribute():
            return "A name has no dot."
        case ast.Tuple():
            return "A comma stands only between the arguments of a function."
        case _:
            return "This is not part of the language."


def unknown_function(name: str) -> str:
    """What to call instead of a function that is not there."""
    if not name:
        return "Only a function of the language can be called."
    from difflib import get_close_matches

    near = get_close_matches(name.lower(), FUNCTIONS, n=1)
    hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(FUNCTIONS)}."
    return f"There is no function {name}; {hint}"
