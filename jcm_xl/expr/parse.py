"""Formulas and conditions: text to tree."""

from __future__ import annotations

from jcm_xl.expr.convert import Converter
from jcm_xl.expr.fault import ExpressionError
from jcm_xl.expr.nodes import Expr
from jcm_xl.expr.scan import SourceText

__all__ = ["ExpressionError", "parse", "parse_condition"]


def parse(text: str) -> Expr:
    """The tree of a formula: a value. Raises :class:`ExpressionError`."""
    source = SourceText.of(text)
    return Converter(source).value(source.tree())


def parse_condition(text: str) -> Expr:
    """The tree of a condition, such as ``a > b and supply == 'both'``."""
    source = SourceText.of(text)
    return Converter(source).condition(source.tree())
