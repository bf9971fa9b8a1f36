"""Net reduction: what is reduced and not credited; the safe direction of a default."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from jcm_xl import api
from jcm_xl.definition.library import entries, load
from jcm_xl.definition.load import load_bytes
from jcm_xl.definition.problems import DefinitionError
from jcm_xl.engine.calculate import calculate
from jcm_xl.engine.net import Direction, directions, net_of, safe_direction
from jcm_xl.inputs.example import example_inputs
from jcm_xl.model.methodology import Evidence, Methodology
from jcm_xl.model.submission import Stage, StageInputs
from jcm_xl.plan.stage import calculate_stages

NAME = "EX_AM902_ver01.0.toml"
SOUND = (Path(__file__).parents[1] / "definitions" / NAME).read_text("utf-8")
BLOCK = """[net_reduction]
route    = "both"
text     = "In our words."
usual    = "sum(RE_i_p) * 1.25"
likely   = "sum(PE_i_p) * 0.9"
source   = { title = "Illustration", section = "F.1" }
evidence = "recollection"

[sets.i]"""


def with_block(block: str = BLOCK) -> Methodology:
    return load_bytes(SOUND.replace("[sets.i]", block, 1).encode(), NAME)


def inputs_of(m: Methodology) -> StageInputs:
    inputs, _ = calculate_stages(*api.filled(m, example_inputs(m, 1)))
    return inputs[Stage.REPORT]


def test_usual_and_likely_stand_beside_what_is_credited() -> None:
    m = with_block()
    found = net_of(m, inputs_of(m))
    result = calculate(m, inputs_of(m))
    assert found.reference is not None
    assert found.project is not None
    assert found.usual == pytest.approx(found.reference * 1.25)
    assert found.likely == pytest.approx(found.project * 0.9)
    assert found.credited == result.sheet_credited
    assert found.reduced == pytest.approx(found.usual - found.likely)
    assert found.net == pytest.approx(found.usual - found.likely - found.credited)


def test_what_nobody_knows_stays_a_gap() -> None:
    m = load_bytes(SOUND.encode(), NAME)
    found = net_of(m, inputs_of(m))
    assert (found.usual, found.likely, found.reduced, found.net) == (None,) * 4


def test_the_sign_tells_which_direction_credits_less() -> None:
    m = with_block()
    signs = {d.name: d.safe for d in directions(m, inputs_of(m))}
    assert signs == {"EF_elec": "lower", "COP_RE_by_class": "higher"}
    assert Direction("x", "x", "1 -", 0.0).safe == "neither"


def test_an_open_default_has_a_sign_too() -> None:
    m = api.load("ID_AM002@2.0")
    found = {d.name: d for d in directions(m, inputs_of(m))}
    assert (found["COP_RE_i"].value, found["COP_RE_i"].safe) == (
        "open, typed",
        "higher",
    )
    assert found["COP_RE_i"].why is None


def test_cases_that_differ_have_no_single_direction() -> None:
    assert safe_direction([0.5, 0.0, 2.0]) == "lower"
    assert safe_direction([0.5, -0.1]) == "either"
    assert safe_direction([]) == "neither"


def test_the_reason_is_the_fact_s_the_row_s_or_that_of_the_block() -> None:
    solar, mongolia = api.load("TH_AM001@1.0"), api.load("MN_AM003@2.0")
    row = solar.tables["EF_RE_by_connection"].rows[0]
    why = solar.conservatism("EF_RE_by_connection", row)
    assert why is not None
    assert (why.text, why.evidence) == (solar.net.text, Evidence.SUMMARY)
    (diesel,) = {
        mongolia.conservatism(t.name, r)
        for t in mongolia.tables.values()
        for r in t.rows
        if r.fact == "world.diesel"
    }
    assert diesel is not None
    assert "most efficient diesel generator" in diesel.text
    assert diesel.evidence is Evidence.DOCUMENT
    weaker = api.load("PW_AM001@1.0").conservatism("EF_RE")
    assert weaker is not None
    assert weaker.evidence is Evidence.RECOLLECTION


@pytest.mark.parametrize(
    ("find", "put", "words"),
    [
        ('"sum(RE_i_p) * 1.25"', '"sum(EC_PJ_i_p)"', "unit is that of RE_p"),
        ('"sum(RE_i_p) * 1.25"', '"sum(NO_i_p)"', "NO_i_p"),
        ('"both"', '"somehow"', "somehow"),
        ('evidence = "recollection"\n\n[sets', "\n[sets", "evidence"),
    ],
)
def test_a_wrong_block_is_refused_at_its_key(find: str, put: str, words: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        with_block(BLOCK.replace(find, put))
    assert any("net_reduction" in str(p) and words in str(p)
               for p in caught.value.problems)  # fmt: skip


@pytest.mark.library
def test_the_direction_agrees_with_the_change_of_every_default() -> None:
    for entry in entries():
        m = load(entry.key)
        inputs = inputs_of(m)
        base = calculate(m, inputs).unrounded
        for found in directions(m, inputs):
            assert base is not None, entry.key
            number = found.value.split()[0]
            assert number == "open," or Decimal(number) is not None
            assert found.safe in ("lower", "higher", "neither")
            assert (found.change > 0) == (found.safe == "lower")
