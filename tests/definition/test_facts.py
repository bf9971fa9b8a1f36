"""A fact of a country stands once; definitions cite it and follow it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from jcm_xl.definition.facts import cited, digest_of, parse_facts, shipped
from jcm_xl.definition.library import entries, load
from jcm_xl.definition.load import load_file
from jcm_xl.definition.problems import DefinitionError
from jcm_xl.model.methodology import Evidence, Methodology

NAME = "EX_AM902_ver01.0.toml"
SOUND = (Path(__file__).parents[1] / "definitions" / NAME).read_text(encoding="utf-8")
START = SOUND.index("value  = 0.560")
STATED = SOUND[START : SOUND.index("\n\n", START)]
FACTS = """
[EX.grid]
label      = "grid"
value      = 0.560
unit       = "tCO2/MWh"
belongs_to = ["EX_AM902@1.0"]
evidence   = "document"
source.title   = "Attachment"
source.section = "Attachment 1"
source.says    = "0.560."
source.read    = 2026-11-30

[EX.other]
label      = "another grid"
value      = 0.560
unit       = "tCO2/MWh"
belongs_to = ["EX_AM901@1.0"]
evidence   = "secondary"
source     = { title = "Press" }

[EX.open]
label = "a grid that nobody knows"
unit  = "tCO2/MWh"
open  = { note = "See section I.", address = "https://example.org" }
"""


def citing(
    folder: Path, *lines: str, facts: str = FACTS, given: str = ""
) -> Methodology:
    """Load the sound definition, its factor cited, with a table of facts beside it."""
    text = SOUND.replace(STATED, "\n".join(lines))
    text = text.replace("[examples.given]\n", f"[examples.given]\n{given}")
    (folder / "facts.toml").write_text(facts, encoding="utf-8")
    path = folder / NAME
    path.write_text(text, encoding="utf-8")
    return load_file(path)


def test_a_citation_takes_value_source_and_grade(tmp_path: Path) -> None:
    p = citing(tmp_path, 'fact = "EX.grid"').parameters["EF_elec"]
    assert (p.value, p.fact) == (Decimal("0.560"), "EX.grid")
    assert p.evidence is Evidence.DOCUMENT
    assert p.source is not None
    assert (p.source.version, p.source.read) == ("1.0", date(2026, 11, 30))


def test_the_weaker_grade_holds(tmp_path: Path) -> None:
    weak = ('fact = "EX.grid"', 'evidence = "recollection"')
    assert citing(tmp_path, *weak).parameters["EF_elec"].evidence is (
        Evidence.RECOLLECTION
    )
    strong = ('fact = "EX.other"', 'evidence = "document"')
    assert citing(tmp_path, *strong).parameters["EF_elec"].evidence is (
        Evidence.SECONDARY
    )


def test_confirming_a_fact_confirms_who_cites_it(tmp_path: Path) -> None:
    line = 'fact = "EX.grid"'
    weak = FACTS.replace('evidence   = "document"', 'evidence   = "secondary"', 1)
    before = citing(tmp_path, line, facts=weak)
    after = citing(tmp_path, line)
    name = "parameters.EF_elec"
    assert [s.is_official for s in before.statements if s.name == name] == [False]
    assert [s.is_official for s in after.statements if s.name == name] == [True]
    assert before.digest != after.digest, "another text for the books made from it"


def test_an_open_fact_is_asked_for(tmp_path: Path) -> None:
    m = citing(tmp_path, 'fact = "EX.open"', given="EF_elec = 0.560\n")
    assert m.parameters["EF_elec"].is_input
    assert [s.evidence for s in m.statements][:1] == [None]


@pytest.mark.parametrize(
    ("lines", "key", "words"),
    [
        (('fact = "EX.grit"',), "fact", "did you mean 'EX.grid'"),
        (('fact = "EX.grid"', "value = 0.5"), "value", "state it once"),
        (('fact = "EX.other"',), "evidence", "not read in a document of this version"),
    ],
)
def test_what_does_not_go_together_is_named(
    lines: tuple[str, ...], key: str, words: str, tmp_path: Path
) -> None:
    with pytest.raises(DefinitionError) as error:
        citing(tmp_path, *lines)
    assert any(
        p.key == f"parameters.EF_elec.{key}" and words in p.reason
        for p in error.value.problems
    ), str(error.value)


def test_the_digest_does_not_ask_for_the_order_of_the_table() -> None:
    content = {"parameters": {"EF": {"fact": "EX.grid"}}}
    facts = parse_facts(FACTS)
    turned = dict(reversed(facts.items()))
    assert digest_of("x", content, facts) == digest_of("x", content, turned)
    assert digest_of("x", {}, facts) != digest_of("x", content, facts)


def test_every_shipped_fact_is_sourced() -> None:
    for name, fact in shipped().items():
        assert fact["label"], name
        if "open" in fact:
            assert fact["open"]["note"], name
            continue
        assert fact["source"]["title"], name
        if fact["evidence"] == "document":
            assert {"section", "says", "read"} <= fact["source"].keys(), name
            assert "belongs_to" in fact, name


def test_what_is_to_be_assigned_is_cited_by_nobody() -> None:
    unassigned = {n for n, f in shipped().items() if f.get("belongs_to") == []}
    assert unassigned
    for entry in entries():
        m = load(entry.key)
        names = {p.fact for p in m.parameters.values()}
        names |= {row.fact for t in m.tables.values() for row in t.rows}
        assert not names & unassigned


def test_the_lower_factor_holds_in_the_indonesian_table() -> None:
    """In every row that was read: case 2 is the lower of case 1 and 0.533."""
    facts = shipped()
    cap = facts["world.diesel"]["value"]
    rows = [n.removesuffix(".case1") for n in facts if n.endswith(".case1")]
    assert len(rows) == 12
    for row in rows:
        one, two = (facts[f"{row}.case{n}"]["value"] for n in (1, 2))
        assert two == min(one, cap), row


def test_a_number_of_electricity_stands_once() -> None:
    """No definition states such a factor itself; each cites the table of facts."""
    for entry in entries():
        m = load(entry.key)
        for p in m.parameters.values():
            is_factor = str(p.unit) == "tCO2/MWh" and p.value is not None
            assert not is_factor or p.fact, f"{m.key} {p.name}: cite a fact"


def test_what_is_cited_is_named_once() -> None:
    content = {
        "parameters": {"a": {"fact": "x"}, "b": {"fact": "x"}, "c": {}},
        "tables": {"t": {"rows": [{"fact": "w"}, {"value": 1}]}},
    }
    assert cited(content) == ("w", "x")
