"""Random things that hands do to the input cells of a book, steps for LibreOffice."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from jcm_xl import api
from jcm_xl.model.key import Key
from jcm_xl.model.submission import Stage, Submission
from jcm_xl.plan.cached_values import CachedValues
from jcm_xl.plan.cells import read_submission
from jcm_xl.plan.plan import Plan
from jcm_xl.plan.stage import (
    as_sheets_count,
    calculate_stages,
    months_in_period,
)
from jcm_xl.xlsx.grid import address
from jcm_xl.xlsx.read import read_grid
from tests.office.harness import Office
from tests.support import example_book

_DOES = ("drag", "cut", "copy", "values", "fill", "series", "sort", "empty", "undo")
_MOST = 4
"""Steps of one handling, rows and columns of a block."""

Hand = dict[str, str]
Block = tuple[str, int, int, int, int]
"""Sheet, row, column, rows, columns."""


class Handled(NamedTuple):
    """What was done, what Table 3 shows after it, and what its inputs give."""

    hands: tuple[Hand, ...]
    shown: tuple[object, ...]
    expected: tuple[object, ...]


def handle(
    key: str, monthly: bool, chance: random.Random, office: Office, folder: Path
) -> Handled:
    """Handle the example of a methodology once; both stages are compared."""
    plan, submission = example_book(key, monthly=monthly)
    if monthly:
        submission = by_month(plan, submission)
    before, after = folder / "before.xlsx", folder / "after.xlsx"
    before.write_bytes(api.book(plan, submission))
    hands = tuple(_hands(plan, chance))
    cells = office.handle(before, hands, after)
    results = [plan[Key(stage, "result")] for stage in Stage]
    shown = tuple(cells[slot.sheet].get(slot.address, "") for slot in results)
    found = as_sheets_count(read_submission(read_grid(after), plan))
    cached = CachedValues(plan, found, *calculate_stages(plan, found))
    return Handled(hands, shown, tuple(cached.result(stage) for stage in Stage))


def by_month(plan: Plan, submission: Submission) -> Submission:
    """Return the same figures, typed month by month where the book has months."""
    values, months = dict(submission.values), months_in_period(submission)
    for slot in plan.inputs:
        value = values.pop(slot.key, None) if slot.is_locked else None
        for month in range(1, months + 1) if isinstance(value, float) else ():
            part = float(f"{float(str(value)) / months:.6g}")
            values[slot.key.in_month(month)] = part
    return replace(submission, values=values)


def _hands(plan: Plan, chance: random.Random) -> Iterator[Hand]:
    open_cells = {
        (s.sheet, s.row, s.column) for s in plan.inputs if s.is_open and s.span == 1
    }
    cells = sorted(open_cells)
    for _ in range(chance.randint(1, _MOST)):
        sheet, row, column = chance.choice(cells)
        do = chance.choice(_DOES)
        block = _block(open_cells, (sheet, row, column), chance)
        hand = {"do": do, "sheet": sheet, "source": _range(block)}
        if do in ("drag", "cut", "copy", "values"):
            places = [c for c in cells if c[0] == sheet and _fits(open_cells, c, block)]
            _, to_row, to_column = chance.choice(places)
            hand["target"] = _range((sheet, to_row, to_column, *block[3:]))
        yield hand


def _block(
    open_cells: set[tuple[str, int, int]],
    at: tuple[str, int, int],
    chance: random.Random,
) -> Block:
    """Return a block of unlocked cells from a cell on, of any size that fits."""
    rows, columns = chance.randint(1, _MOST), chance.randint(1, _MOST)
    while not _fits(open_cells, at, (*at, rows, columns)):
        rows, columns = (rows - 1, columns) if rows > 1 else (rows, columns - 1)
    return (*at, rows, columns)


def _fits(
    open_cells: set[tuple[str, int, int]], at: tuple[str, int, int], block: Block
) -> bool:
    sheet, row, column = at
    return all(
        (sheet, row + i, column + j) in open_cells
        for i in range(block[3])
        for j in range(block[4])
    )


def _range(block: Block) -> str:
    _, row, column, rows, columns = block
    last = address(row + rows - 1, column + columns - 1)
    return f"{address(row, column)}:{last}"
