"""Every definition of the library: a copy of a sound book changes nothing in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from jcm_xl import api
from jcm_xl.definition.library import LibraryEntry, entries
from jcm_xl.inputs.example import example_inputs


@pytest.mark.library
@pytest.mark.parametrize("entry", list(entries()), ids=lambda entry: entry.key)
def test_copies_of_a_sound_book_hold_the_same(
    entry: LibraryEntry, tmp_path: Path
) -> None:
    m = api.load(entry.key)
    book, repaired, annotated = (tmp_path / f"{n}.xlsx" for n in range(3))
    book.write_bytes(api.fill(m, example_inputs(m), monthly=True, language="ja"))
    done = api.repair(book)
    assert (done.restored, done.mended, done.lost) == ((), (), ())
    repaired.write_bytes(done.data)
    annotated.write_bytes(api.annotate(book)[0])
    for copy in (repaired, annotated):
        found = api.diff(book, copy)
        kinds = (found.inputs, found.template, found.results, found.stored)
        assert kinds == ((),) * 4
