"""What is fuzzed: one function for each reader of what strangers write, and its laws.

A target takes any bytes and raises where a law breaks: an exception that is none of the
reader's own, a reading that contradicts itself. `seeds` gives what to begin with, and
`kept` what earlier runs found worth keeping (`corpus/*.jsonl`, a text a line).
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

from jcm_xl.definition.load import read_bytes
from jcm_xl.definition.overlay import prove_bytes
from jcm_xl.definition.problems import DefinitionError
from jcm_xl.errors import JcmError
from jcm_xl.formula.compare import canonical, is_one_round_down, same_formula
from jcm_xl.formula.evaluation.book import evaluate_cells
from jcm_xl.formula.parse import NotParsed, printed
from jcm_xl.formula.scan import places, scan
from jcm_xl.inputs.read import read_inputs
from jcm_xl.submission.answers import read_answers
from jcm_xl.text.day_readings import days_meant
from jcm_xl.text.readings import numbers_meant
from jcm_xl.xlsx.grid import Cell, Grid, Sheet
from jcm_xl.xlsx.number_format import (
    shown_colour,
    shown_day,
    shown_number,
    shown_text,
)
from tests.definition.overlays import CONFIRMED, NAME, OVERLAY, unconfirmed
from tests.fuzz.books import bases
from tests.fuzz.judge import judge
from tests.fuzz.nasty import FORMATS, FORMULAS, NUMBERS, TEXTS
from tests.support import DEFINITIONS, methodology
from tests.xlsx.handmade import zipped

Target: TypeAlias = Callable[[bytes, Path], object]
CORPUS = Path(__file__).parent / "corpus"
_WHOLE, _FORMS = 255, ("text",)
_UNREAD = ("docProps/app.xml", "docProps/core.xml", "xl/theme/theme1.xml")
_FEW_LETTERS = 2_000


@lru_cache(maxsize=1)
def _places() -> tuple[tuple[Mapping[str, bytes], str], ...]:
    return tuple(
        (parts, name)
        for _, parts in sorted(bases().items())
        for name in sorted(parts)
        if name not in _UNREAD
    )


def book(data: bytes, folder: Path) -> int:
    """Judge a workbook.

    The first byte says which part of which sound book the rest replaces, or that the
    rest is a whole file: so checksums of the zip archive do not stop the search.
    """
    if not data or data[0] == _WHOLE:
        return judge(data[1:], folder, _FORMS)
    parts, name = _places()[data[0] % len(_places())]
    return judge(zipped({**parts, name: data[1:]}, method=0), folder, _FORMS)


def formula(data: bytes, folder: Path) -> None:
    """Parse, print, compare, scan and evaluate a formula."""
    text = data.decode("utf-8", "ignore")[:_FEW_LETTERS]
    canonical(text)
    scan(text)
    is_one_round_down(text)
    with suppress(NotParsed):
        once = printed(text)
        assert printed(once) == once, "printed twice it is another"
        assert same_formula(text, once), "printed it means something else"
    if not scan(text).refusal:
        list(places(text, "S"))
    cells = {(row, 2): Cell(row * 1.5) for row in range(1, 9)}
    cells |= {(1, 3): Cell("MWh"), (2, 3): Cell(None), (1, 1): Cell(0.0, text)}
    grid = Grid((Sheet("S", cells=cells),))
    (found,) = evaluate_cells(grid, [("S", 1, 1)], work=20_000).values()
    if isinstance(found.value, float):
        assert math.isfinite(found.value), "a number that no cell can hold"


def definition(data: bytes, folder: Path) -> None:
    """Read the definition of a methodology; it tells problems and raises nothing."""
    read_bytes(data, "EX_AM901_ver01.0.toml", with_examples=len(data) % 2 == 0)


def overlay(data: bytes, folder: Path) -> None:
    """Read an overlay over a definition."""
    path = folder / NAME
    if not path.exists():
        unconfirmed(folder)
    with suppress(DefinitionError):
        prove_bytes(path, data, OVERLAY)


def answers(data: bytes, folder: Path) -> None:
    """Read answers to findings: a TOML file or a list, as the first byte says."""
    path = folder / ("a.toml" if data[:1] < b"0" else "a.csv")
    path.write_bytes(data[1:])
    with suppress(JcmError):
        read_answers(path)


def inputs(data: bytes, folder: Path) -> None:
    """Read inputs of a methodology: a TOML file or a list, as the first byte says."""
    path = folder / ("i.toml" if data[:1] < b"0" else "i.csv")
    path.write_bytes(data[1:])
    with suppress(JcmError):
        read_inputs(path, methodology("EX_AM901"))


def typed(data: bytes, folder: Path) -> None:
    """Read a number, a day and a number format as somebody typed them."""
    text = data.decode("utf-8", "ignore")[:_FEW_LETTERS]
    for number in numbers_meant(text, "MWh/p"):
        assert math.isfinite(number), "no number"
    days_meant(text)
    shown_text(text, "MWh/p")
    shown_day(text)
    for value in (0.0, -1.5, 1234567.891, 5e-324, 1.7976931348623157e308):
        shown_number(text, value)
        shown_colour(text, value)


TARGETS: Mapping[str, Target] = {
    target.__name__: target
    for target in (book, formula, definition, overlay, answers, inputs, typed)
}


def seeds(name: str) -> Iterator[bytes]:
    """Yield what a search begins with."""
    yield from _SEEDS[name]()
    yield from kept(name)


def kept(name: str) -> Iterator[bytes]:
    """Yield what earlier runs kept: each reached code that nothing before it did."""
    path = CORPUS / f"{name}.jsonl"
    lines = path.read_text("ascii").splitlines() if path.exists() else []
    for line in lines:
        yield json.loads(line).encode("latin-1")


def _of_books() -> Iterator[bytes]:
    for number, (parts, name) in enumerate(_places()):
        yield bytes([number]) + parts[name]
    for parts in bases().values():
        yield bytes([_WHOLE]) + zipped(dict(parts))


def _of_formulas() -> Iterator[bytes]:
    yield from FORMULAS
    found = re.findall(
        rb"<f[^<>]*>([^<]+)</f>",
        b"".join(data for parts in bases().values() for data in parts.values()),
    )
    for text in sorted(set(found), key=len)[:60]:
        yield text.replace(b"&gt;", b">").replace(b"&lt;", b"<").replace(b"&amp;", b"&")


def _of_definitions() -> Iterator[bytes]:
    for path in sorted(DEFINITIONS.glob("*.toml")):
        yield path.read_bytes()


def _of_overlays() -> Iterator[bytes]:
    yield CONFIRMED.encode()


_ANSWER = 'code = "JX501"\nsheet = "MRS(input)"\ncell = "F19"\nreason = "As agreed."\n'
_LIST = "parameter,unit,stage,value\nreference_number,,,XX900\nEG_i_p,1,report,1200\n"


def _of_answers() -> Iterator[bytes]:
    yield b" [[answer]]\n" + _ANSWER.encode()
    yield b"1code,sheet,cell,reason\nJX501,MRS(input),F19,As agreed.\n"


def _of_inputs() -> Iterator[bytes]:
    yield b"1" + _LIST.encode()
    yield b"1" + _LIST.replace(",", ";").encode()
    yield b' methodology = "EX_AM901"\n[ex_post]\nEG_i_p = [1200, 800]\n'
    yield b'1sep=;\n"parameter";"value"\n"EG_i_p";"1.234,5"\n'


def _of_typed() -> Iterator[bytes]:
    yield from (*NUMBERS, *TEXTS[:20], *FORMATS)
    for text in (
        "31/12/2566",
        "2023年12月31日",
        "1.234,5 MWh",
        "R5.12.31",
        "31-Dec-23",
    ):
        yield text.encode()


_SEEDS: Mapping[str, Callable[[], Iterator[bytes]]] = {
    "book": _of_books, "formula": _of_formulas, "definition": _of_definitions,
    "overlay": _of_overlays, "answers": _of_answers, "inputs": _of_inputs,
    "typed": _of_typed,
}  # fmt: skip
