"""A short round over what is fuzzed: what earlier runs kept, and changes by chance."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.fuzz.nasty import ANYTHING
from tests.fuzz.targets import TARGETS, kept, seeds

FEW = 150
_QUICK = sorted(set(TARGETS) - {"book"})


@pytest.mark.parametrize("name", _QUICK)
def test_what_was_kept_breaks_no_law(name: str, tmp_path: Path) -> None:
    known = list(seeds(name))
    assert known
    for data in known:
        TARGETS[name](data, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(TARGETS))
def test_changes_by_chance_break_no_law(name: str, tmp_path: Path) -> None:
    chance = random.Random(name)
    known = list(seeds(name))
    for _ in range(FEW if name == "book" else 10 * FEW):
        TARGETS[name](_changed(chance.choice(known), known, chance), tmp_path)


@pytest.mark.slow
def test_what_was_kept_of_books_breaks_no_law(tmp_path: Path) -> None:
    for data in kept("book"):
        TARGETS["book"](data, tmp_path)


def _changed(data: bytes, known: list[bytes], chance: random.Random) -> bytes:
    """Return an input after some splices, as a search without guidance makes them."""
    for _ in range(chance.choice((1, 1, 2, 4))):
        at = chance.randint(0, len(data))
        end = min(len(data), at + chance.choice((0, 1, 3, 20)))
        other = chance.choice(known)
        start = chance.randint(0, len(other))
        piece = chance.choice((other[start : start + 30], chance.choice(ANYTHING)[:60]))
        data = data[:at] + piece + data[end:]
    return data
