"""Inputs that move to another version of their methodology."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import pytest

from jcm_xl import api
from jcm_xl.definition.library import entries
from jcm_xl.submission.open import CannotUse, open_book
from tests.rounds import later
from tests.support import example_book

SHORT = ("ID_AM002@1.0 ID_AM002@2.0", "MN_AM003@2.0 MN_AM003@3.0")


def pairs() -> Iterator[object]:
    versions: dict[str, list[str]] = {}
    for entry in entries():
        versions.setdefault(entry.id, []).append(entry.key)
    for keys in versions.values():
        for old, new in permutations(keys, 2):
            pair = f"{old} {new}"
            yield pair if pair in SHORT else later(pair)


@pytest.mark.parametrize("pair", list(pairs()))
def test_each_input_moves_or_is_listed(pair: str, tmp_path: Path) -> None:
    old, new = pair.split()
    path = tmp_path / "old.xlsx"
    path.write_bytes(api.book(*example_book(old)))
    before = open_book(path).submission.values
    done = api.import_book(path, key=new)
    listed = {item.key for item in done.unplaced}
    assert done.plan.methodology.key == new
    assert done.made_as == old
    assert done.submission.values == {
        key: value for key, value in before.items() if key not in listed
    }
    fresh = tmp_path / "new.xlsx"
    fresh.write_bytes(api.book(done.plan, done.submission))
    assert open_book(fresh).submission.values == done.submission.values


def test_another_methodology_is_no_other_version(tmp_path: Path) -> None:
    path = tmp_path / "old.xlsx"
    path.write_bytes(api.book(*example_book("ID_AM002@1.0")))
    with pytest.raises(CannotUse, match=r"a book of ID_AM002@1.0, not of ID_AM003@1.0"):
        api.import_book(path, key="ID_AM003@1.0")
