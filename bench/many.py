"""Many books and large ones: what `check` promises beyond a typical book."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any

from openpyxl import load_workbook

from bench.measure import Pairs, patience
from jcm_xl import api
from jcm_xl.bulk.pool import judge_all
from jcm_xl.bulk.worker import judge
from jcm_xl.definition.library import entries
from jcm_xl.inputs.example import example_inputs
from jcm_xl.model.key import PERIOD_END, PERIOD_START, REFERENCE_NUMBER
from jcm_xl.model.submission import Submission
from jcm_xl.plan.plan import make_plan
from jcm_xl.submission.settings import AS_USUAL, Settings

PROCESSES = 2
_SOME = 80  # every other definition among the first of these
LARGE, LARGE_SET, LARGE_ROWS = "TH_AM016", "i", 200
"""A methodology with seven inputs a unit, two of them monitored."""


def large() -> bytes:
    """Return a complete book of 200 units: the example's first, over and over."""
    m = api.load(LARGE)
    _, example = api.filled(m, example_inputs(m))
    plan = make_plan(m, {LARGE_SET: LARGE_ROWS})
    values = dict(example.values)
    for key, value in example.values.items():
        if key.name and key.unit == 1:
            for unit in range(2, LARGE_ROWS + 1):
                values[key.with_unit(unit)] = value
    values[REFERENCE_NUMBER] = f"{m.country}999"
    values[PERIOD_START] = date(2025, 1, 1)
    values[PERIOD_END] = date(2025, 12, 31)
    return api.book(plan, Submission(m.id, m.version, plan.rows, values))


def write_books(folder: Path, count: int) -> list[Path]:
    """Write so many filled books, of forty methodologies in turn."""
    folder.mkdir()
    made = [filled_book(entry.key) for entry in islice(entries(), 0, _SOME, 2)]
    paths = []
    for number in range(count):
        path = folder / f"{number:04}.xlsx"
        path.write_bytes(made[number % len(made)])
        paths.append(path)
    return paths


def filled_book(key: str) -> bytes:
    """Return a complete book of the first example of a methodology."""
    m = api.load(key)
    return api.fill(m, example_inputs(m))


def load_only(path: str, _: Settings) -> Any:
    """Do what the other side of the promise does with a book."""
    load_workbook(path)
    return None


def pools_in_turn(paths: list[Path], rounds: int) -> Pairs:
    """Time the pool that judges and the same pool that only loads, starts included."""
    pairs = Pairs([], [])
    for _ in range(rounds):
        patience.wait()
        pairs.ours.append(_seconds(judge, paths))
        pairs.other.append(_seconds(load_only, paths))
    return pairs


def _seconds(judge_one: Callable[[str, Settings], Any], paths: list[Path]) -> float:
    start = perf_counter()
    for _ in judge_all(paths, AS_USUAL, jobs=PROCESSES, judge_one=judge_one):
        pass
    return perf_counter() - start
