"""Books whose tonnes are hidden, shown otherwise or stored twice: never exit 0.

What `changes` does to a book takes a cell on which tonnes rest: so whatever says 0 of
it is wrong. `seen` asks LibreOffice of some of them what they show, and what they give
when they are calculated.
"""

from __future__ import annotations

import random
import re
import tempfile
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from bench.quality.books import BY_CHANCE, FULL, KEYS, fill, grid_of
from bench.quality.changes import KINDS, Kind, carrying, is_result
from bench.quality.hands.judge import handmade
from bench.quality.office import saved_by_office
from bench.quality.outcome import NOTHING, Outcome
from bench.quality.package_edit import Book
from jcm_xl import api
from jcm_xl.checks.run import judge_grid
from jcm_xl.documents.report.shared import exit_code
from jcm_xl.model.finding import NO_VERDICT
from jcm_xl.plan.plan import Plan
from jcm_xl.plan.slot import Slot
from jcm_xl.xlsx.grid import column_number, parse_address

HANDS = ("ours", "saved by LibreOffice", "made by many hands")
"""Who wrote the book before it was tampered with; the last has no layout of ours."""
_BOOKS_BY_HAND = 96


class Base(NamedTuple):
    """An honest book.

    slots:    its cells, where the file has them.
    carrying: those on which its tonnes rest.
    told:     what is told of it nevertheless: chance knows nothing of eligibility.
    """

    key: str
    data: bytes
    slots: tuple[Slot, ...]
    carrying: tuple[Slot, ...]
    told: frozenset[tuple[str, str]]


class Mutant(NamedTuple):
    """A book that was tampered with at a cell."""

    key: str
    hand: str
    kind: Kind
    slot: Slot
    data: bytes
    honest: Base

    def __str__(self) -> str:
        """Name it without its bytes."""
        where = f"{self.slot.sheet}!{self.slot.address}"
        return f"{self.key} {self.hand} {self.kind.name} {where}"


def tampered(seeds: range) -> dict[str, Outcome]:
    """Judge tampered books, each kind and hand its own row; exit 0 is wrong."""
    total = dict.fromkeys(TARGETS, NOTHING)
    with tempfile.TemporaryDirectory() as folder:
        for seed in seeds:
            book = mutant(seed)
            more = told_more(book, Path(folder))
            words = (f"seed {seed}: {book}",)
            row = _row(*ROWS[seed % len(ROWS)])
            total[row] += Outcome(1, int(not more), () if more else words)
            is_elsewhere = bool(more) and not _is_told_at(book, more)
            total[_AT_IT] += Outcome(1, is_elsewhere, words if is_elsewhere else ())
    return total


def _row(name: str, hand: str) -> str:
    return f"tampered {name}, {hand}"


_AT_IT = "tampered: told at the cell"
ROWS = tuple((name, hand) for name in KINDS for hand in HANDS)
TARGETS = {
    _row(*row): f"tonnes hidden or moved by {row[0]}, book {row[1]}: 0 with exit 0"
    for row in ROWS
} | {_AT_IT: "tampered books that are told at the very cell, line or sheet: 98 %"}


def mutant(seed: int, kinds: Mapping[str, Sequence[Kind]] = KINDS) -> Mutant:
    """Tamper with one book."""
    name, hand = ROWS[seed % len(ROWS)]
    chance = random.Random(f"tampered {seed}")
    honest = base(seed // len(ROWS), hand)
    kind = chance.choice(kinds[name])
    slots = [s for s in honest.carrying if kind.fits(s)]
    # Table 3 is what most would change.
    results = [s for s in slots if is_result(s)]
    slot = results[0] if results and chance.random() < 0.3 else chance.choice(slots)
    book = Book(honest.data)
    kind.change(book, slot, chance)
    return Mutant(honest.key, hand, kind, slot, book.bytes(), honest)


def told_more(book: Mutant, folder: Path) -> set[tuple[str, str]]:
    """Return what is told of a book, and was not before it was tampered with."""
    path = folder / "tampered.xlsx"
    path.write_bytes(book.data)
    return told(path) - book.honest.told


def _is_told_at(book: Mutant, more: set[tuple[str, str]]) -> bool:
    return book.kind.name in _WHOLE or any(is_at(book.slot, at) for _, at in more)


_WHOLE = ("two numbers", "two sheets", "two relations", "out of reach")
"""Kinds that are no matter of one cell: a part, a line, a sheet."""


def is_at(slot: Slot, where: str) -> bool:
    """Tell whether a place, `'MRS(input)'!F19:H20` or a sheet, takes a cell in."""
    sheet, _, area = where.rpartition("!") if "!" in where else (where, "", "")
    if sheet.strip("'") != slot.sheet:
        return False
    if not area:
        return True
    rows = [int(n) for n in re.findall(r"\d+", area)] or [slot.row, slot.row]
    letters = re.findall(r"[A-Z]+", area)
    columns = [column_number(n) for n in letters] or [slot.column, slot.column]
    return min(rows) <= slot.row <= max(rows) and min(columns) <= slot.column <= max(
        columns
    )


def told(path: Path) -> set[tuple[str, str]]:
    """Return code and place of each finding that asks for something; no verdict too."""
    report = api.check(path, FULL)
    asked = {(d.code, d.place) for d in report.diagnostics if d.asks}
    return asked | (
        {("", "no verdict")} if exit_code([report]) == NO_VERDICT else set()
    )


@lru_cache(maxsize=len(KEYS) * len(HANDS))
def base(number: int, hand: str) -> Base:
    """Return an honest book, as that hand wrote it; numbers go round."""
    if hand == HANDS[2]:
        return _by_hand(number % _BOOKS_BY_HAND)
    key = KEYS[number % len(KEYS)]
    plan, data = _quiet(key)
    if hand == HANDS[1]:
        data = saved_by_office(data)
    slots = tuple(s for s in plan.slots.values() if s.sheet in plan.official)
    return Base(key, data, slots, tuple(carrying(slots)), _told_of(key, data))


@lru_cache(maxsize=len(KEYS))
def _quiet(key: str) -> tuple[Plan, bytes]:
    """Return an honest book of which nothing is told, if chance fills one.

    So that it is the tampering that is told.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "base.xlsx"
        for seed in range(7, 27):
            plan, submission = fill(key, seed)
            data = api.book(plan, submission)
            path.write_bytes(data)
            if not told(path):
                break
    return plan, data


def _by_hand(number: int) -> Base:
    """Return a book in a layout of somebody's own, with the cells that were found."""
    made = handmade(number)
    data = saved_by_office(made.data)
    with tempfile.TemporaryDirectory() as folder:
        opened = judge_grid(grid_of(data, folder), settings=FULL).context
    assert opened is not None, made.hand
    found = []
    for slot in opened.plan.slots.values():
        sheet, cell = opened.where(slot)
        is_typed = slot.key.notion != "value" or str(slot.key) in made.typed
        if cell and is_typed:
            row, column = parse_address(cell)
            found.append(slot._replace(sheet=sheet, row=row, column=column))
    name = f"{made.key} by hand {made.hand}"
    told_of = _told_of(made.key, data)
    return Base(name, data, tuple(found), tuple(carrying(found)), told_of)


def _told_of(key: str, data: bytes) -> frozenset[tuple[str, str]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "base.xlsx"
        path.write_bytes(data)
        found = frozenset(told(path))
    assert {code for code, _ in found} <= set(BY_CHANCE), (key, found)
    return found
