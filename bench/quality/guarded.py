"""Hand-made books guarded by the official workbook: honest ones, and one cell changed.

The official workbook is the blank of the same hand, in more than twenty layouts that
share no code with ours.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bench.quality.adopted import DRESSED, keys
from bench.quality.books import FULL, fill, grid_of
from bench.quality.hands.judge import honest
from bench.quality.hands.sheets import book_by_hand
from bench.quality.outcome import NOTHING, Outcome
from jcm_xl.adopt.template import OfficialTemplate, template_for
from jcm_xl.checks.run import check_grid
from jcm_xl.definition.library import load
from jcm_xl.model.finding import Report, Severity
from jcm_xl.plan.slot import Slot
from jcm_xl.submission.settings import Settings
from jcm_xl.xlsx.grid import Cell, Grid
from tests.adopt.books import changed

TARGETS = {
    "guarded: honest": "honest fills, official blank given: 0 with a false error",
    "guarded: tampered": "one guarded cell changed: found at the cell, 98 %",
}
_EACH = 2
"""Cells changed of each book, one after the other."""


def guarded(seeds: range) -> dict[str, Outcome]:
    """Judge books by the official blank, as they are and with one cell changed."""
    total = dict.fromkeys(TARGETS, NOTHING)
    with tempfile.TemporaryDirectory() as folder:
        for seed in seeds:
            key = keys()[seed % len(keys())]
            hand = list(DRESSED)[(seed + seed // len(keys())) % len(DRESSED)]
            plan, submission = fill(key, seed)
            m, given = plan.methodology, honest(plan.methodology, submission.values)
            grid = grid_of(book_by_hand(m, given, plan.rows, DRESSED[hand]), folder)
            blank = {k: v for k, v in given.items() if ".value:" not in k}
            blank["reference_number"] = ""
            official = Path(folder) / f"official {seed}.xlsx"
            official.write_bytes(book_by_hand(m, blank, plan.rows, DRESSED[hand]))
            settings = replace(FULL, second_opinion=False)
            by_blank = replace(settings, template=official)
            usual, found = check_grid(grid, settings=settings), _judged(grid, by_blank)
            sample = f"seed {seed}: {key} {hand}"
            new = sorted(_errors(found) - _errors(usual))
            words = (f"{sample}: {new[:2]}",) if new else ()
            total["guarded: honest"] += Outcome(1, int(bool(new)), words)
            template = template_for(load(key), official, None)
            assert template is not None
            chance = random.Random(f"guarded {seed}")
            for slot, cell in _changes(template, grid, chance):
                place = f"{slot.sheet}!{slot.address}"
                other = changed(grid, place, cell.value, cell.formula)
                report = _judged(other, by_blank)
                told = {(d.sheet, d.cell) for d in report.diagnostics}
                is_whole = not any("could not be done" in s for s in report.skipped)
                missed = not is_whole or (slot.sheet, slot.address) not in told
                words = (f"{sample}: {place} {cell}",) if missed else ()
                total["guarded: tampered"] += Outcome(1, int(missed), words)
    return total


def _judged(grid: Grid, settings: Settings) -> Report:
    return check_grid(grid, settings=settings)


def _errors(report: Report) -> set[tuple[str, str, str]]:
    return {
        (d.code, d.sheet, d.cell)
        for d in report.diagnostics
        if d.severity is Severity.ERROR
    }


def _changes(
    template: OfficialTemplate, grid: Grid, chance: random.Random
) -> Iterator[tuple[Slot, Cell]]:
    """Yield guarded cells with something else in them."""
    slots = [s for s in template.plan.slots.values() if not s.is_input]
    for slot in chance.sample(slots, min(_EACH, len(slots))):
        sheet = grid.sheet(slot.sheet)
        cell = sheet.cells.get((slot.row, slot.column)) if sheet else None
        if cell is None:
            continue
        yield slot, chance.choice(list(_other(cell)))


def _other(cell: Cell) -> Iterator[Cell]:
    yield Cell(None)
    if cell.formula is not None:
        yield Cell(0.0, f"({cell.formula})*1.01")
        yield Cell(4711.5)
    elif isinstance(cell.value, float):
        yield Cell(cell.value * 1.01 + 0.001)
    else:
        yield Cell(f"{cell.value} or more")
