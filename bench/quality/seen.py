"""Tampered books, of which LibreOffice shows that they are.

`tampered` takes by its making that a book is tampered with. Here LibreOffice opens the
same kinds of books, calculates and prints them: where a page, a text or a number is
another than in the honest book, exit 0 is wrong. What only Excel would show is counted
aside.
"""

from __future__ import annotations

import tempfile
from functools import lru_cache
from pathlib import Path

from bench.quality.changes import FORMULA_CHANGED, KINDS
from bench.quality.office import View, view
from bench.quality.outcome import NOTHING, Outcome
from bench.quality.tampered import HANDS, Base, Mutant, mutant, told_more
from tests.office.harness import OfficeError, missing

_OTHERS = 1_000_000
"""The books are others than those that `tampered` judges."""
_WITH_FORMULAS = {**KINDS, "result": (*KINDS["result"], FORMULA_CHANGED)}
TARGETS = {
    _row: f"tampered, as LibreOffice shows or calculates, book {hand}: 0 with exit 0"
    for hand, _row in {hand: f"seen, {hand}" for hand in HANDS}.items()
}


def seen(seeds: range) -> dict[str, Outcome]:
    """Ask LibreOffice of tampered books; exit 0 is wrong where it shows another."""
    total = dict.fromkeys(TARGETS, NOTHING)
    if missing():
        return total
    with tempfile.TemporaryDirectory() as folder:
        for seed in seeds:
            book = mutant(_OTHERS + seed, _WITH_FORMULAS)
            total[f"seen, {book.hand}"] += _seen(seed, book, Path(folder))
    return total


def _seen(seed: int, book: Mutant, folder: Path) -> Outcome:
    cells = [(slot.sheet, slot.address) for slot in book.honest.carrying]
    honest = _honest(book.honest)
    try:
        found = view(book.data, cells)
    except OfficeError:
        return Outcome(0, 0, aside=(("LibreOffice does not open it", 1),))
    if found == honest:
        return Outcome(0, 0, aside=(("only Excel would show it", 1),))
    passed = not told_more(book, folder)
    return Outcome(1, int(passed), (f"seed {seed}: {book}",) if passed else ())


@lru_cache(maxsize=64)
def _honest(book: Base) -> View:
    return view(book.data, [(slot.sheet, slot.address) for slot in book.carrying])
