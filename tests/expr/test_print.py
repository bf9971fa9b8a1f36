from __future__ import annotations

import keyword
import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from jcm_xl.expr.convert import MAX_DEPTH
from jcm_xl.expr.functions import FUNCTIONS
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
    children,
)
from jcm_xl.expr.parse import parse, parse_condition
from jcm_xl.expr.scan import MAX_LENGTH
from jcm_xl.expr.to_excel import TableRange, to_excel
from jcm_xl.expr.to_text import to_latex, to_plain, to_source

CASES: list[dict[str, str]] = tomllib.loads(
    Path(__file__).with_name("printed.toml").read_text("utf-8")
)["case"]


def place(table: str) -> TableRange:
    return TableRange(
        match="exact" if table == "EXACT" else "class",
        keys=f"{table}.k",
        values=f"{table}.v",
        first=f"{table}.first",
        last=f"{table}.last",
        last_closed=table == "CLOSED",
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["expr"])
def test_one_tree_has_four_renderings(case: dict[str, str]) -> None:
    tree = parse(case["expr"])
    assert {
        "expr": case["expr"],
        "source": to_source(tree),
        "plain": to_plain(tree, str),
        "latex": to_latex(tree, str),
        "excel": to_excel(tree, str, str, place),
    } == case


def test_every_function_is_printed_and_rendered() -> None:
    text = " ".join(case["expr"] for case in CASES)
    assert set(re.findall(r"(\w+)\(", text)) >= set(FUNCTIONS), (
        "add a case to tests/expr/printed.toml"
    )


def test_names_are_printed_as_their_symbols() -> None:
    symbols = {"EG_i_p": "EG_{i,p}", "EF": "EF_{grid}"}
    tree = parse("EG_i_p / EF")
    assert to_plain(tree, symbols.__getitem__) == "EG_{i,p} / EF_{grid}"
    assert to_latex(tree, symbols.__getitem__) == r"\frac{EG_{i,p}}{EF_{grid}}"


def _is_free(name: str) -> bool:
    return name not in FUNCTIONS and not keyword.iskeyword(name)


NAMES = st.from_regex(r"[A-Za-z][A-Za-z0-9_]{0,5}", fullmatch=True).filter(_is_free)
NAME = NAMES.map(Name)
NUMBER = st.from_regex(
    r"(0|[1-9][0-9]{0,5})(\.[0-9]{1,5})?([eE][+-]?[0-9]{1,2})?", fullmatch=True
).map(Number)
TEXT = st.text(max_size=10).filter(str.isprintable)
TEXTS = TEXT.filter(lambda text: "\\" not in text).map(Text)
DIGITS = st.integers(0, 9).map(lambda digits: Number(str(digits)))
COMPARISONS = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])


def _one_condition() -> st.SearchStrategy[Expr]:
    sides = VALUES | TEXTS
    return st.one_of(
        st.builds(Comparison, COMPARISONS, sides, sides),
        st.builds(Junction, st.sampled_from(["and", "or"]), _several(CONDITIONS)),
        st.builds(Inversion, CONDITIONS),
    )


def _one_value() -> st.SearchStrategy[Expr]:
    three = st.tuples(CONDITIONS, VALUES, VALUES)
    return st.one_of(
        NAME,
        NUMBER,
        st.builds(Negation, VALUES),
        st.builds(Binary, st.sampled_from("+-*/"), VALUES, VALUES),
        st.builds(Call, st.sampled_from(["min", "max"]), _several(VALUES)),
        st.builds(Call, st.sampled_from(["abs", "exp", "ln"]), st.tuples(VALUES)),
        st.builds(Call, st.just("round_down"), st.tuples(VALUES, DIGITS)),
        st.builds(Call, st.just("sum"), st.tuples(NAME)),
        st.builds(Call, st.just("lookup"), st.tuples(NAME, VALUES | TEXTS)),
        st.builds(Call, st.just("when"), three),
    )


def _several(
    parts: st.SearchStrategy[Expr],
) -> st.SearchStrategy[tuple[Expr, ...]]:
    return st.lists(parts, min_size=2, max_size=3).map(tuple)


VALUES: st.SearchStrategy[Expr] = st.deferred(_one_value)
CONDITIONS: st.SearchStrategy[Expr] = st.deferred(_one_condition)


def _depth(tree: Expr) -> int:
    return 1 + max(map(_depth, children(tree)), default=0)


def _assume_within_limits(tree: Expr) -> None:
    assume(len(to_source(tree)) <= MAX_LENGTH and _depth(tree) <= MAX_DEPTH)


@pytest.mark.slow
@settings(derandomize=True, deadline=None, max_examples=500)
@given(VALUES)
def test_parsing_the_source_gives_the_tree_back(tree: Expr) -> None:
    _assume_within_limits(tree)
    assert parse(to_source(tree)) == tree


@settings(derandomize=True, deadline=None)
@given(CONDITIONS)
def test_parsing_a_condition_gives_the_tree_back(tree: Expr) -> None:
    _assume_within_limits(tree)
    assert parse_condition(to_source(tree)) == tree


@settings(derandomize=True, deadline=None)
@given(VALUES)
def test_every_tree_can_be_printed(tree: Expr) -> None:
    assert to_plain(tree, str)
    assert to_latex(tree, str).count("{") == to_latex(tree, str).count("}")
    assert to_excel(tree, str, str, place).count("(") >= to_source(tree).count("(") // 2
