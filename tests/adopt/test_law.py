"""The law: a blank of a definition, adopted, says what the definition says."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from jcm_xl.adopt.adoption import adopt
from tests.adopt.books import as_official
from tests.library.sweep import of_every_definition
from tests.support import methodology


@of_every_definition
def test_a_blank_adopted_is_its_definition(key: str) -> None:
    m = methodology(key)
    with TemporaryDirectory() as folder:
        found = adopt(as_official(m, Path(folder)), m, fills=20)
    assert [(i.item, i.verdict, i.place, i.reason) for i in found.differences] == []
    said = {
        item.item.partition(".")[2].split(".")[0].split("[")[0] for item in found.items
    }
    everything = {i.name for i in (*m.items, *m.constants.values())} | m.tables.keys()
    assert everything <= said
    assert found.proof.is_equal
    assert all(i.reason for i in found.items if i.verdict == "not printed")
