"""One tree, set for a browser and for Word."""

from __future__ import annotations

import re
import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from jcm_xl.expr.functions import FUNCTIONS
from jcm_xl.expr.parse import parse, parse_condition
from jcm_xl.expr.to_mathml import to_mathml
from jcm_xl.expr.to_omml import to_omml
from jcm_xl.expr.typeset import (
    LINE,
    Box,
    BoxRow,
    BrokenLines,
    Cases,
    Indexed,
    Naming,
    Prose,
    Sign,
    Word,
    equation,
    symbol_box,
    typeset,
    width,
)

CASES: list[dict[str, str]] = tomllib.loads(
    Path(__file__).with_name("typeset.toml").read_text("utf-8")
)["case"]
NAMING = Naming(str, lambda name: "i" if name.endswith("_i") else None)


def mathml(box: Box) -> str:
    outer = re.fullmatch(r"<math [^>]*>(.*)</math>", to_mathml(box))
    assert outer
    return outer[1]


def omml(box: Box) -> str:
    text = to_omml(box, is_block=False)
    text = re.sub(r"<m:r>.*?<m:t[^>]*>(.*?)</m:t></m:r>", r"[\1]", text)
    return re.sub(r"^<m:oMath [^>]*>|</m:oMath>$", "", text)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["expr"])
def test_one_tree_has_two_forms_of_equation(case: dict[str, str]) -> None:
    box = typeset(parse(case["expr"]), NAMING)
    assert {"expr": case["expr"], "mathml": mathml(box), "omml": omml(box)} == case


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=lambda f: f.name)
def test_every_function_can_be_set(function: object) -> None:
    texts = {
        "sum": "sum(X_i)", "lookup": "lookup(T, k)", "min": "min(a, b)",
        "max": "max(a, b)", "abs": "abs(a)", "exp": "exp(a)", "ln": "ln(a)",
        "round_down": "round_down(a, 0)", "when": "when(a > b and not c < 1, a, b)",
        "mean": "mean(X_i)", "largest": "largest(X_i)", "smallest": "smallest(X_i)",
        "count": "count(X_i, a == 'x')", "t_value": "t_value(0.9, n - 1)",
        "interpolate": "interpolate(T, k)", "sqrt": "sqrt(a + b)",
        "power": "power(-a, -2)",
        "any": "when(any(X_i == 'x' or X_i == 'y') and any(l), a, b)",
    }  # fmt: skip
    box = typeset(parse(texts[function.name]), NAMING)  # type: ignore[attr-defined]
    ET.fromstring(to_mathml(box, "a < b"))
    ET.fromstring(to_omml(box))


@pytest.mark.parametrize(
    ("symbol", "box"),
    [
        ("EG_{i,p}", Indexed(Word("EG"), BoxRow((Word("i"), Sign(","), Word("p"))))),
        ("ER_p", Indexed(Word("ER"), Word("p"))),
        ("T_{cooling-out}", Indexed(Word("T"), Prose("cooling-out"))),
        ("Supply", Word("Supply")),
        ("Table 1", Prose("Table 1")),
        ("a_b_c", Indexed(Word("a"), Prose("b_c"))),
    ],
)
def test_symbols_are_read_from_how_they_are_written(symbol: str, box: Box) -> None:
    assert symbol_box(symbol) == box


def test_a_condition_is_set_too() -> None:
    box = typeset(parse_condition("a >= 6.0 or b != 'x'"), NAMING)
    assert "<mo>≥</mo>" in mathml(box)
    assert "<mo>≠</mo>" in mathml(box)


def test_choices_in_the_last_branch_stand_behind_one_brace() -> None:
    box = typeset(parse("when(s == 'a', 1, when(s == 'b', 2, 3))"), NAMING)
    assert isinstance(box, Cases)
    assert len(box.lines) == 3


def test_a_long_sum_is_broken_before_its_signs() -> None:
    names = [f"quantity_{n}" for n in range(20)]
    box = typeset(parse(" + ".join(names)), NAMING)
    assert isinstance(box, BrokenLines)
    assert width(box) <= LINE
    assert [to_mathml(line).count("quantity") for line in box.lines[:1]] != [20]
    for line in box.lines[1:]:
        assert isinstance(line, BoxRow)
        assert line.parts[0] == Sign("+")


def test_an_equation_has_its_name_on_the_left() -> None:
    box = equation("ER_p", parse("RE_p - PE_p"), NAMING)
    assert mathml(box).startswith("<mrow><msub><mi>ER</mi><mi>p</mi></msub><mo>=</mo>")
