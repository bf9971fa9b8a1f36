"""A definition carried as JSON is the definition."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from jcm_xl.definition import library
from jcm_xl.live.arguments import FunctionError
from jcm_xl.live.as_json import CarriedDefinitions, file_name
from jcm_xl.model.as_json import from_json, to_json
from jcm_xl.model.methodology import Methodology
from tests.books import CORE


def same(first: Methodology, second: Methodology) -> bool:
    """Compare value by value, types and order included; a methodology has no `==`."""
    return all(
        repr(getattr(first, f.name)) == repr(getattr(second, f.name))
        and getattr(first, f.name) == getattr(second, f.name)
        for f in fields(Methodology)
    )


@pytest.mark.parametrize("key", CORE)
def test_writing_and_reading_gives_the_same_definition(key: str) -> None:
    m = library.load(key)
    assert same(m, from_json(to_json(m)))
    assert not same(m, library.load("TH_AM002@2.0"))


@pytest.mark.library
def test_every_definition_of_the_library_is_carried_unchanged() -> None:
    loaded = [library.load(entry.key) for entry in library.entries()]
    assert [m.key for m in loaded if not same(m, from_json(to_json(m)))] == []


def test_a_folder_of_definitions_is_read_when_asked_for(tmp_path: Path) -> None:
    m = library.load("TH_AM001@3.0")
    (tmp_path / file_name(m.key)).write_text(to_json(m), encoding="utf-8")
    find = CarriedDefinitions(tmp_path)
    assert same(find("TH_AM001@3.0"), m)
    assert find("TH_AM001@3.0") is find("TH_AM001@3.0")
    with pytest.raises(FunctionError, match=r"TH_AM001@1\.0 is not among"):
        find("TH_AM001@1.0")
