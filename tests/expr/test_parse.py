from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from jcm_xl.errors import JcmError
from jcm_xl.expr.nodes import Binary, Comparison, Name, Number, Text
from jcm_xl.expr.parse import ExpressionError, parse, parse_condition
from jcm_xl.expr.used import names, over_units, tables

REFUSED: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("refused.toml").read_text("utf-8")
)["case"]


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case["text"])
def test_everything_else_is_refused_with_its_place(case: dict[str, Any]) -> None:
    with pytest.raises(ExpressionError) as failure:
        parse(case["text"])
    found = failure.value
    assert (found.text, found.column, found.reason) == (
        case["text"],
        case["column"],
        case["says"],
    )


def test_the_message_shows_the_text_and_a_caret() -> None:
    with pytest.raises(JcmError) as failure:
        parse("EF *\n EG.x")
    assert str(failure.value) == (
        "A name has no dot. (column 7)\n    EF *  EG.x\n          ^"
    )


@pytest.mark.parametrize(
    "text",
    ["(" * 300 + "a" + ")" * 300, "-" * 900 + "a", " + ".join("a" * 200), "a" * 1001],
    ids=["parentheses", "signs", "terms", "length"],
)
def test_an_endless_expression_is_refused(text: str) -> None:
    with pytest.raises(ExpressionError):
        parse(text)


def test_line_breaks_count_as_spaces() -> None:
    assert parse("\n  a\n  + b\n") == Binary("+", Name("a"), Name("b"))


def test_numbers_and_texts_are_kept_as_written() -> None:
    assert parse("0.560") == Number("0.560")
    assert parse("0.560") != parse("0.56")
    assert parse("'Réseau \"Est\"'") == Text('Réseau "Est"')
    assert parse('"Bob\'s"') == Text("Bob's")


def test_a_condition_is_not_a_value_nor_the_other_way() -> None:
    assert parse_condition("a > b") == Comparison(">", Name("a"), Name("b"))
    with pytest.raises(ExpressionError, match=r"condition stands only"):
        parse("a > b")
    with pytest.raises(ExpressionError, match=r"condition is needed"):
        parse_condition("a")
    with pytest.raises(ExpressionError, match=r"condition is needed"):
        parse_condition("a > b and c")


def test_the_names_of_an_expression() -> None:
    tree = parse("b * sum(X_i) + lookup(T, key) - when(a > b, lookup(U, c), sum(Y_i))")
    assert names(tree) == ("b", "X_i", "key", "a", "c", "Y_i")
    assert over_units(tree) == ("X_i", "Y_i")
    assert tables(tree) == ("T", "U")
