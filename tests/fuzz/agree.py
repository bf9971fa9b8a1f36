"""One number: what passes with exit 0 is what LibreOffice shows and calculates.

`divided_book` makes a book that programs could read differently. `disagreement` judges
a book; where the exit code is 0, it opens the book in LibreOffice and compares Table 3,
the emissions and every input, as loaded and as calculated anew.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from jcm_xl.checks.run import check_file
from jcm_xl.copies.opened import open_to_copy
from jcm_xl.model.finding import Report
from jcm_xl.submission.opened import OpenedBook
from tests.fuzz import cells, divide, markup, package
from tests.fuzz.books import bases
from tests.fuzz.judge import SETTINGS
from tests.fuzz.nasty import Change
from tests.office.harness import Looked, Office, OfficeError
from tests.xlsx.handmade import zipped

_NEAR = 1e-9
_BASES = ("a report", "months and a table", "saved by a library")
_DIVIDING: Mapping[str, Change] = {change.__name__: change for change in divide.CHANGES}
_ANY: Mapping[str, Change] = {
    change.__name__: change
    for module in (markup, cells, package)
    for change in module.CHANGES
}


class Divided(NamedTuple):
    """A book and how it came about; seed and number make it again."""

    seed: int
    number: int
    base: str
    recipe: tuple[str, ...]
    data: bytes

    def __str__(self) -> str:
        """Name it without its bytes."""
        return f"{self.seed}/{self.number} {self.base}: {', '.join(self.recipe)}"


def divided_book(seed: int, number: int) -> Divided:
    """Return a sound book after one or two changes that leave the archive sound."""
    chance = random.Random(f"divided {seed}/{number}")
    base = chance.choice(_BASES)
    parts = dict(bases()[base])
    recipe = []
    for _ in range(chance.choice((1, 1, 1, 2))):
        changes = _DIVIDING if chance.random() < 0.6 else _ANY
        name = chance.choice(sorted(changes))
        recipe.append(name if changes[name](parts, chance) else f"({name})")
    return Divided(seed, number, base, tuple(recipe), zipped(parts))


class Meant(NamedTuple):
    """A cell and what `check` takes it for; `is_shown`: its text says it in full."""

    name: str
    sheet: str
    cell: str
    value: float | str
    is_shown: bool = False


class Compared(NamedTuple):
    """What came of a book: its exit code, and where LibreOffice differs."""

    exit_code: int
    differences: tuple[str, ...] = ()
    is_refused: bool = False


def disagreement(path: Path, office: Office) -> Compared:
    """Judge a book and, if it is clean, compare it with LibreOffice."""
    report = check_file(path, SETTINGS)
    if report.exit_code:
        return Compared(report.exit_code)
    meant = [*_results(report), *_inputs(open_to_copy(path, SETTINGS))]
    places = [(m.sheet, m.cell) for m in meant]
    try:
        seen = office.looked_at(path, places)
    except OfficeError:  # which the book before may have ruined
        office.close()
        path.with_name(f".~lock.{path.name}#").unlink(missing_ok=True)
        try:
            seen = office.looked_at(path, places)
        except OfficeError:
            office.close()
            return Compared(0, is_refused=True)
    told = (
        text
        for expected, cell in zip(meant, seen, strict=True)
        for text in differences(expected, cell)
    )
    return Compared(0, tuple(told))


def _results(report: Report) -> Iterator[Meant]:
    for opinion in report.opinions:
        if opinion.own is not None:
            is_result = opinion.slot.notion == "result"
            yield Meant(
                f"{opinion.stage} {opinion.name}", opinion.sheet, opinion.cell,
                opinion.own, is_result,
            )  # fmt: skip


def _inputs(context: OpenedBook) -> Iterator[Meant]:
    for slot in context.plan.inputs:
        value = context.submission.get(slot.key)
        if isinstance(value, (float, str)):
            yield Meant(str(slot.key), *context.place(slot), value)


def differences(meant: Meant, seen: Looked | None) -> Iterator[str]:
    place = f"{meant.name} in {meant.sheet}!{meant.cell}"
    if seen is None:
        yield f"{place}: there is no such sheet"
        return
    for when in ("loaded", "calculated"):
        value = getattr(seen, when)
        if not _same(meant.value, value):
            yield f"{place}: {meant.value!r} here, {value!r} there as {when}"
    if meant.is_shown and seen.text.replace(",", "") != f"{meant.value:.0f}":
        yield f"{place}: {meant.value!r} here, shown as {seen.text!r}"


def _same(first: float | str, second: float | str) -> bool:
    if isinstance(first, str) or isinstance(second, str):
        return str(first).split() == str(second).split()
    return abs(first - second) <= _NEAR * max(1.0, abs(first))
