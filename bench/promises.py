"""What we promise about speed and memory, and how each figure is measured."""

from __future__ import annotations

import statistics
import sys
import tomllib
import zipfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from importlib.util import find_spec
from itertools import cycle
from operator import attrgetter
from pathlib import Path
from xml.parsers import expat

from openpyxl import load_workbook

from bench.books import LARGEST, OTHERS, TYPICAL, typical
from bench.bounded import bounded_rows
from bench.live import live_rows
from bench.many import (
    LARGE,
    LARGE_ROWS,
    large,
    pools_in_turn,
    write_books,
)
from bench.measure import Pairs, in_turn, processes_in_turn, run
from bench.readings import readings_rows
from bench.replay import replay_of
from bench.row import Row
from bench.web import web_rows
from jcm_xl import api
from jcm_xl.adopt.adoption import adopt
from jcm_xl.checks.run import check_file
from jcm_xl.definition.library import entries
from jcm_xl.definition.load import load_file
from jcm_xl.hosts.excel.vba import sources
from jcm_xl.hosts.excel.vba.build import macro_binary
from jcm_xl.model.methodology import Methodology
from jcm_xl.plan import plan
from jcm_xl.submission.settings import Settings
from jcm_xl.text.known import forget
from jcm_xl.xlsx.package import open_package
from jcm_xl.xlsx.read import read_grid

PYTHON = sys.executable
ROUNDS, QUICK_ROUNDS = 15, 5


def measured(folder: Path, rounds: int) -> Iterator[Row]:
    """Measure one promise after the other; the books are made in the folder."""
    books = {key: folder / f"{key}.xlsx" for key in (*TYPICAL, LARGEST)}
    for key, path in books.items():
        path.write_bytes(typical(key))
    yield from _checks(books, rounds)
    yield from _adopted(folder, rounds)
    yield from _many(folder, rounds)
    yield from _new(rounds)
    yield from readings_rows(folder)
    yield from _macro_books(rounds)
    yield from _library(rounds)
    yield from _commands(books, rounds)
    yield from _memory(books)
    if ours := command():
        yield from bounded_rows(folder, ours)
        yield from web_rows(folder, books[TYPICAL[0]], books[LARGEST], ours, rounds)
    yield from live_rows(folder, rounds)


def _checks(books: dict[str, Path], rounds: int) -> Iterator[Row]:
    folder = next(iter(books.values())).parent
    years = {key: _years(folder, key) for key in TYPICAL}
    for key, paths in years.items():
        check, load = (_each(f, paths) for f in (_judge, load_workbook))
        pairs = in_turn(check, load, rounds)
        yield _row("check / openpyxl.load_workbook alone", key, pairs, 1 / 8, None)
    for key, paths in years.items():
        check, once = (_each(f, paths) for f in (_judge, parse_once))
        pairs = in_turn(check, once, 3 * rounds)
        yield _row("check / unzip and parse once", key, pairs, 7, 6)
    for key, paths in years.items():
        check, once = (_each(f, paths) for f in (_judge_first, parse_once))
        pairs = in_turn(check, once, rounds)
        name = "the same, first book of its template / parse once"
        yield _row(name, key, pairs, 12, None)
    yield _worst(folder, rounds)
    for key, paths in years.items():
        both, check = (_each(f, paths) for f in (check_file, _judge))
        pairs = in_turn(both, check, 3 * rounds)
        yield _row("check with second opinion / without", key, pairs, 2, None)


def _years(folder: Path, key: str, count: int = OTHERS) -> list[Path]:
    """Write books of one template for several years with other numbers."""
    paths = [
        folder / f"{key.replace('@', ' ')}.{number}.xlsx" for number in range(count)
    ]
    for number, path in enumerate(paths):
        path.write_bytes(typical(key, number))
    return paths


def _each(function: Callable[[Path], object], paths: list[Path]) -> Callable[[], None]:
    """Return what does this with the next book each time, as in a folder."""
    turn = cycle(paths)
    return lambda: _done(function, next(turn))


def _done(function: Callable[[Path], object], path: Path) -> None:
    function(path)


def _adopted(folder: Path, rounds: int) -> Iterator[Row]:
    """A blank in the place of an official workbook, adopted with 200 fills."""
    for key in TYPICAL:
        path = folder / f"{key}.official.xlsx"
        path.write_bytes(api.new(key))
        grid = replace(read_grid(open_package(path)), properties={}, names={})
        whole, load = partial(adopt, grid, api.load(key)), partial(load_workbook, path)
        pairs = in_turn(whole, load, rounds)
        name = "adopt with 200 fills / openpyxl.load_workbook alone"
        yield _row(name, key, pairs, 20, 5)


def _worst(folder: Path, rounds: int) -> Row:
    """Return the methodology whose filled book costs most beside parsing it once."""
    every = {entry.key: _years(folder, entry.key, 3) for entry in entries()}
    sides = {
        key: [_each(f, paths) for f in (_judge, parse_once)]
        for key, paths in every.items()
    }
    ratios = {key: in_turn(*both, QUICK_ROUNDS).ratio for key, both in sides.items()}
    worst = max(ratios, key=ratios.__getitem__)
    pairs = in_turn(*sides[worst], 3 * rounds)
    name = f"the same, worst of {len(every)}: check / parse once"
    return _row(name, worst, pairs, 7, 6)


def _judge(path: Path) -> None:
    """Check without the second opinion, which has a promise of its own."""
    check_file(path, Settings(second_opinion=False))


def _judge_first(path: Path) -> None:
    """Check a book when nothing of its template is known yet."""
    forget()
    _judge(path)


def _many(folder: Path, rounds: int) -> Iterator[Row]:
    """A book of 200 units, and a pool of two processes with many books."""
    path = folder / "large.xlsx"
    path.write_bytes(large())
    check, once = (partial(f, path) for f in (_judge, parse_once))
    pairs = in_turn(check, once, rounds)
    subject = f"{LARGE}, {LARGE_ROWS} units"
    yield _row("check / unzip and parse once", subject, pairs, 15, None)
    is_quick = rounds <= QUICK_ROUNDS
    paths = write_books(folder / "many", 200 if is_quick else 1_000)
    pairs = pools_in_turn(paths, 2 if is_quick else 3)
    name = "check on two processes / load_workbook there"
    yield _row(name, f"{len(paths):,} books", pairs, 1 / 3, None)


def parse_once(path: Path) -> None:
    """Unpack every part and let the XML parser pass over it: nothing is kept."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels", ".vml")):
                expat.ParserCreate().Parse(archive.read(name), True)


def _new(rounds: int) -> Iterator[Row]:
    for key in (*TYPICAL, LARGEST):
        new = partial(_new_book, api.load(key))
        pairs = in_turn(new, replay_of(new), rounds)
        yield _row("new / its XlsxWriter calls alone", key, pairs, 1.5, 1.3)


def _new_book(m: Methodology, live: str = "") -> bytes:
    plan._plan.cache_clear()  # so that the sheets are laid out anew, too
    return api.new(m, live=live)


def _macro_books(rounds: int) -> Iterator[Row]:
    if find_spec("xlwings") is None:
        return
    for key in TYPICAL:
        m = api.load(key)
        plain, live = partial(_new_book, m), partial(_new_book, m, live="excel")
        live()  # the macros are compiled once in a process
        pairs = in_turn(live, plain, rounds)
        yield _row("new --live (.xlsm) / new (.xlsx)", key, pairs, 3, 1.5)
        pairs = in_turn(partial(_compiled_anew, live), plain, rounds)
        yield _row("the same, macros compiled anew", key, pairs, 3, None)


def _compiled_anew(make: Callable[[], bytes]) -> bytes:
    macro_binary.cache_clear()
    sources.modules.cache_clear()
    return make()


def _library(rounds: int) -> Iterator[Row]:
    paths = [entry.path for entry in entries()]
    texts = [path.read_text(encoding="utf-8") for path in paths]
    pairs = in_turn(partial(_load_all, paths), partial(_parse_all, texts), rounds)
    yield _row(
        "load / tomllib on the same file", f"{len(paths)} definitions", pairs, 3, 2
    )
    some = [api.load(entry.key) for entry in list(entries())[::8]]
    replays = [replay_of(partial(_new_book, m)) for m in some]
    two = partial(_in_two_processes, [m.key for m in some])
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(_new_length, [m.key for m in some]))  # started and warm
        pairs = in_turn(partial(two, pool), partial(_run_all, replays), rounds)
    name = "new on two processes / XlsxWriter calls alone on one"
    yield _row(name, f"{len(some)} blank books", pairs, 1.2, 0.75)


def _load_all(paths: Sequence[Path]) -> None:
    for path in paths:
        load_file(path, with_examples=False)


def _parse_all(texts: Sequence[str]) -> None:
    for text in texts:
        tomllib.loads(text)


def _new_length(key: str) -> int:
    return len(_new_book(api.load(key)))


def _in_two_processes(keys: Sequence[str], pool: ProcessPoolExecutor) -> None:
    list(pool.map(_new_length, keys))


def _run_all(replays: Sequence[Callable[[], object]]) -> None:
    for replay in replays:
        replay()


def _commands(books: dict[str, Path], rounds: int) -> Iterator[Row]:
    if not (ours := command()):
        return
    pairs = processes_in_turn([*ours, "--help"], [PYTHON, "-c", "pass"], rounds)
    yield _row("jcm-xl --help / python -c pass", "process", pairs, 5, 3)
    run([*ours, "list"])  # makes the index that later runs read
    pairs = processes_in_turn([*ours, "list"], [PYTHON, "-c", "pass"], rounds)
    yield _row("jcm-xl list / python -c pass", "process", pairs, 8, 5)
    for key in TYPICAL:
        check = [*ours, "check", str(books[key])]
        pairs = processes_in_turn(
            check, [PYTHON, "-c", "pass"], rounds, attrgetter("processor")
        )
        name = "cold check / python -c pass, processor time"
        yield _row(name, f"{key}, process", pairs, 15, 8)
    for key in TYPICAL:
        check = ["check", str(books[key])]
        rival = [PYTHON, "-m", "bench.rival", *check]
        pairs = processes_in_turn([*ours, *check], rival, rounds)
        name = "jcm-xl check / the same on openpyxl"
        yield _row(name, f"{key}, process", pairs, 1 / 2, None)


def _memory(books: dict[str, Path]) -> Iterator[Row]:
    if not (ours := command()):
        return
    for key, path in books.items():
        peaks = [run([*ours, "check", str(path)]).peak for _ in range(3)]
        peak = statistics.median(peaks) / 1e6
        yield Row("peak memory of jcm-xl check", key, peak, 120, None, "MB")


def command() -> list[str]:
    """Return how the command line is called here; nothing where there is none."""
    script = Path(sys.executable).with_name("jcm-xl")
    if find_spec("jcm_xl.__main__") is None:
        return []
    return [str(script)] if script.exists() else [PYTHON, "-m", "jcm_xl"]


def _row(
    promise: str, subject: str, pairs: Pairs, target: float, stretch: float | None
) -> Row:
    ratios = [a / b for a, b in zip(pairs.ours, pairs.other, strict=True)]
    low, middle, high = statistics.quantiles(ratios, n=4)
    return Row(
        promise,
        subject,
        middle,
        target,
        stretch,
        spread=(low, high),
        ours_ms=statistics.median(pairs.ours) * 1e3,
        other_ms=statistics.median(pairs.other) * 1e3,
        rounds=len(ratios),
    )
