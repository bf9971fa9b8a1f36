"""The work list has every number that no document confirms, with the page to open."""

from __future__ import annotations

from pathlib import Path

from jcm_xl.definition.gaps import GapKind, gaps_of, row_name
from jcm_xl.definition.library import entries, load
from jcm_xl.definition.load import load_file
from jcm_xl.definition.overlay import prove
from jcm_xl.model.methodology import Matter
from tests.definition.overlays import overlay, unconfirmed
from tests.questions import of_every

PARTS = {
    Matter.NUMBER: (GapKind.OPEN, GapKind.UNKNOWN, GapKind.DEFAULT, GapKind.ROW),
    Matter.FORMULA: (GapKind.FORMULA,),
    Matter.TEXT: (GapKind.TEXT,),
}


def test_every_kind_is_listed_with_its_facts(tmp_path: Path) -> None:
    m = load_file(unconfirmed(tmp_path))
    found = [(g.kind.value, g.name, g.row, g.value, g.unit) for g in gaps_of(m)]
    assert found[:4] == [
        ("default", "parameters.EF_elec", "", "0.560", "tCO2/MWh"),
        ("table row", "tables.COP_RE_by_class", "from 0 below 3.0", "3.60", "-"),
        ("table row", "tables.COP_RE_by_class", "from 3.0 below 5.3", "3.40", "-"),
        ("table row", "tables.COP_RE_by_class", "from 5.3 upto 10.6", "3.20", "-"),
    ]
    assert [name for kind, name, *_ in found[4:] if kind == "formula"] == [
        f"formulas.{name}" for name in m.formulas
    ]
    first = next(gaps_of(m))
    assert (first.methodology, first.evidence) == ("EX_AM902@1.0", "recollection")
    assert first.place == "Illustrative figure, I"


def test_texts_are_listed_if_asked_for(tmp_path: Path) -> None:
    m = load_file(unconfirmed(tmp_path))
    texts = [g.name for g in gaps_of(m, with_texts=True) if g.kind is GapKind.TEXT]
    assert texts == [
        "eligibility.EC1",
        "eligibility.EC2",
        "monitoring.EC_PJ_i_p.C.source",
        "monitoring.EC_PJ_i_p.C.frequency",
        "monitoring.EC_PJ_i_p.C.procedure",
        "emission_sources.reference.1",
        "emission_sources.project.1",
    ]


def test_what_an_overlay_confirms_is_no_gap(tmp_path: Path) -> None:
    definition = unconfirmed(tmp_path)
    m = prove(definition, overlay(tmp_path)).methodology
    names = {gap.name for gap in gaps_of(m)}
    assert "parameters.EF_elec" not in names
    assert "tables.COP_RE_by_class" in names


@of_every(entry.key for entry in entries())
def test_the_list_is_what_keeps_a_definition_a_draft(key: str) -> None:
    m = load(key)
    gaps = list(gaps_of(m, with_texts=True))
    for part, kinds in PARTS.items():
        assert sum(g.kind in kinds for g in gaps) == m.tallies[part].unread
    assert m.is_draft == bool(gaps)
    assert all("jcm.go.jp/" in gap.address for gap in gaps)


def test_rows_have_names_that_differ() -> None:
    for entry in entries():
        for table in load(entry.key).tables.values():
            names = [row_name(row) for row in table.rows]
            assert len(set(names)) == len(names)
