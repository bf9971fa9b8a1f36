from __future__ import annotations

from collections.abc import Iterator

import pytest

from jcm_xl import api
from jcm_xl.definition.examples import example_inputs
from jcm_xl.definition.library import entries
from jcm_xl.engine.calculate import calculate
from jcm_xl.engine.explain import Explanation, explain
from jcm_xl.model.methodology import Methodology
from jcm_xl.text.symbols import typed_symbol
from tests.questions import of_every
from tests.support import OURS, methodology

KEYS = (*(entry.key for entry in entries()), *OURS)


def tree(
    m: Methodology, name: str, row: int | None = None, example: int = 0, **more: object
) -> Explanation:
    inputs = example_inputs(m, {**m.examples[example].given, **more})
    return explain(calculate(m, inputs), inputs, name, row, spell=typed_symbol)


def walk(node: Explanation) -> Iterator[Explanation]:
    yield node
    for child in node.children:
        yield from walk(child)


def test_the_tree_of_the_refrigerators() -> None:
    m = api.load("ID_AM003@1.0")
    top = tree(m, "RE_p")
    assert (top.kind, top.symbol, top.expression) == ("formula", "RE_p", "Σ RE_i,p")
    assert top.value == pytest.approx(135.6975)
    (unit,) = top.children
    assert (unit.name, unit.row) == ("RE_i_p", 1)
    assert unit.expression == "EC_PJ,i,p × (COP_PJ,i / COP_RE,i) × EF_elec"
    assert unit.source is not None
    assert unit.source.section == "A.2"
    assert [(c.kind, c.name, c.row) for c in unit.children] == [
        ("monitored", "EC_PJ_i_p", 1),
        ("fixed", "COP_PJ_i", 1),
        ("formula", "COP_RE_i", 1),
        ("fixed", "EF_elec", None),
    ]


def test_a_look_up_names_the_row_and_its_source() -> None:
    m = api.load("ID_AM003@1.0")
    key, table = tree(m, "COP_RE_i", 1).children
    assert (key.name, key.value) == ("type_i", "Individual quick freezer")
    assert (table.kind, table.value, table.position) == ("table", 1.32, 0)
    assert table.label.endswith(": Individual quick freezer")
    assert table.source is not None
    assert str(table.evidence) == "summary"


@pytest.mark.parametrize(
    ("capacity", "position"),
    [(0, 0), (2.9, 0), (3.0, 1), (10.6, 2), (-1, None), (10.7, None)],
)
def test_a_class_is_found_as_the_engine_finds_it(
    capacity: float, position: int | None
) -> None:
    m = methodology("EX_AM902")
    node = tree(m, "COP_RE_i", 1, CC_i=[capacity])
    table = node.children[1]
    assert (table.position, table.value) == (position, node.value)
    assert bool(table.reason) == (position is None)


@of_every(KEYS)
def test_every_leaf_is_an_input_a_number_of_the_methodology_or_a_constant(
    key: str,
) -> None:
    m = methodology(key)
    for number in range(len(m.examples)):
        for node in walk(tree(m, m.results.reduction, example=number)):
            if node.kind == "formula":
                assert node.expression
                assert node.source is not None
                has_parts = node.children or node.expression.replace(".", "").isdigit()
                assert has_parts, node.name
            else:
                assert not node.children
                assert node.kind in (
                    "monitored",
                    "fixed",
                    "unknown",
                    "default",
                    "constant",
                    "table",
                )
            p = m.parameters.get(node.name)
            is_open = p is not None and p.open is not None
            if node.kind in ("table", "default") and not is_open:
                assert node.source is not None
                assert node.evidence is not None
            if node.kind == "constant":
                assert node.basis


@of_every(KEYS)
def test_the_values_are_those_of_the_result(key: str) -> None:
    m = methodology(key)
    inputs = example_inputs(m, m.examples[0].given)
    result = calculate(m, inputs)
    for node in walk(explain(result, inputs, m.results.reduction)):
        quantity = result.get(node.name, node.row)
        if node.kind != "table" and quantity is not None:
            assert node.value == quantity.value


def test_a_missing_input_is_named_at_the_top_and_at_the_leaf() -> None:
    m = api.load("ID_AM003@1.0")
    top = tree(m, "RE_p", EF_elec="")
    assert top.value is None
    assert "EF_{elec} is missing" in top.reason
    leaf = next(node for node in walk(top) if node.name == "EF_elec")
    assert leaf.value is None
    assert "missing" in leaf.reason


def test_a_blank_that_is_not_required_says_so() -> None:
    m = api.load("ID_AM002@2.0")
    leaf = next(n for n in walk(tree(m, "EF_elec")) if n.name == "EF_captive")
    assert leaf.value is None
    assert "not required" in leaf.reason


def test_each_part_of_a_formula_stands_once() -> None:
    m = api.load("ID_AM002@2.0")
    names = [node.name for node in tree(m, "EF_elec", example=1).children]
    assert names == ["supply", "EF_grid", "EF_captive", "EI_grid_p", "EG_gen_p"]


def test_of_an_unknown_name_nothing_is_explained() -> None:
    with pytest.raises(KeyError):
        tree(api.load("ID_AM003@1.0"), "nothing")
