"""What must hold for every definition of the library."""

from __future__ import annotations

from pathlib import Path

import pytest

from jcm_xl.definition.library import UnknownMethodology, entries, find, load
from jcm_xl.definition.load import load_file
from jcm_xl.model.methodology import Evidence
from tests.questions import of_every

ENTRIES = list(entries())
FILES = [entry.path for entry in ENTRIES]


def stem(path: Path) -> str:
    return path.stem


@of_every(FILES, stem)
def test_it_loads_and_its_examples_hold(path: Path) -> None:
    m = load_file(path)
    assert m.examples
    assert path.parent.name == m.country.lower()


@of_every(FILES, stem)
def test_every_number_and_formula_has_a_source(path: Path) -> None:
    m = load_file(path, with_examples=False)
    weak = [
        p.name
        for p in m.parameters.values()
        if p.value is not None and not (p.source and p.source.title and p.evidence)
    ]
    weak += [
        f"{t.name}[{r.key}]"
        for t in m.tables.values()
        for r in t.rows
        if not (r.source.title and r.evidence)
    ]
    weak += [f.name for f in m.formulas.values() if not f.source.title]
    assert weak == []


@of_every(FILES, stem)
def test_a_draft_says_what_keeps_it_one(path: Path) -> None:
    m = load_file(path, with_examples=False)
    weak = {f.evidence for f in m.formulas.values()} - {Evidence.DOCUMENT}
    assert m.is_draft or not weak


@pytest.mark.parametrize(
    "key", ["id_am002", "ID_AM002@2.0", "ID_AM002@02.0", "JCM_ID_AM002_ver02.0"]
)
def test_a_methodology_is_found_however_it_is_written(key: str) -> None:
    assert find(key).key == "ID_AM002@2.0"


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("ID_AM00", "not a methodology id"),
        ("ID_AM999", "No definition of ID_AM999"),
        ("ID_AM002@9.0", "it has 1.0, 2.0"),
        ("", "not a methodology id"),
    ],
)
def test_an_unknown_methodology_is_said_to_be_unknown(key: str, words: str) -> None:
    with pytest.raises(UnknownMethodology, match=words):
        find(key)


def test_the_refrigerator_vector_reproduces_to_the_tonne() -> None:
    (first, *_) = load("ID_AM003@1.0").examples
    assert first.credited == 25
    assert first.source is not None
