"""Sound books, and what chance makes of them."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

import openpyxl

from jcm_xl.api import book
from tests.fuzz import archive, cells, markup, package
from tests.fuzz.nasty import Change, Parts
from tests.support import example_book
from tests.xlsx import handmade

_CHANGES: Mapping[str, Change] = {
    f"{module.__name__.rpartition('.')[2]}.{change.__name__}": change
    for module in (markup, cells, package)
    for change in module.CHANGES
}


class Fuzzed(NamedTuple):
    """A book and how it came about; seed and number make it again."""

    seed: int
    number: int
    base: str
    recipe: tuple[str, ...]
    data: bytes

    def __str__(self) -> str:
        """Name it without its bytes."""
        return f"{self.seed}/{self.number} {self.base}: {', '.join(self.recipe)}"


def fuzzed_books(seed: int, count: int, first: int = 0) -> Iterator[Fuzzed]:
    """Yield `count` damaged books; each depends on seed and its own number alone."""
    for number in range(first, first + count):
        yield fuzzed_book(seed, number)


def fuzzed_book(seed: int, number: int) -> Fuzzed:
    """Return one damaged book."""
    chance = random.Random(f"{seed}/{number}")
    base = chance.choice(sorted(bases()))
    parts = dict(bases()[base])
    recipe = []
    for _ in range(chance.choice((0, 1, 1, 1, 2, 2, 3, 6))):
        name = chance.choice(sorted(_CHANGES))
        recipe.append(name if _CHANGES[name](parts, chance) else f"({name})")
    data = archive.packed(parts, chance)
    for change in chance.choices(
        archive.CHANGES, k=chance.choice((0, 0, 0, 1)) if recipe else 2
    ):
        recipe.append(f"archive.{change.__name__}")
        data = change(data, chance)
    return Fuzzed(seed, number, base, tuple(recipe), data)


@lru_cache(maxsize=1)
def bases() -> Mapping[str, Parts]:
    """Return the sound books that the others are made of, part by part."""
    makers: Mapping[str, Callable[[], bytes]] = {
        "a report": lambda: book(*example_book("EX_AM901")),
        "months and a table": lambda: book(*example_book("EX_AM903", monthly=True)),
        "saved by a library": _resaved,
        "written by hand": _handmade,
    }
    return {name: unpacked(make()) for name, make in makers.items()}


def unpacked(data: bytes) -> Parts:
    """Return the parts of a sound book."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def _resaved() -> bytes:
    source, target = io.BytesIO(book(*example_book("EX_AM902"))), io.BytesIO()
    openpyxl.load_workbook(source).save(target)
    return target.getvalue()


def _handmade() -> bytes:
    """Return what Excel writes and libraries do not: shared and array formulas."""
    rows = handmade.row(
        '<c r="A1"><v>1</v></c>',
        '<c r="B1" t="s"><v>0</v></c>',
        '<c r="C1"><f t="shared" ref="C1:C3" si="0">A1*2</f><v>2</v></c>',
        '<c r="D1"><f t="array" ref="D1:D3">A1:A3*2</f><v>2</v></c>',
        '<c r="E1" t="inlineStr"><is><r><t>a</t></r><r><t> b</t></r></is></c>',
    )
    more = handmade.row(
        '<c r="C2"><f t="shared" si="0"/><v>0</v></c>', '<c r="D2"/>', number=2
    )
    texts = handmade.strings("<t>Monitoring Spreadsheet: JCM_EX_AM901_ver01.0</t>")
    return handmade.book(
        handmade.sheet(rows + more, after='<mergeCells><mergeCell ref="A5:C6"/>'
                       "</mergeCells>"),
        handmade.sheet(rows),
        shared=texts,
    )  # fmt: skip
