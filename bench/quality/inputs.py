"""Wrong kinds of input are found; legitimate changes are not called tampering."""

from __future__ import annotations

import dataclasses
import random
import tempfile
from collections.abc import Iterator

from bench.quality.books import KEYS, asks, sound
from bench.quality.outcome import NOTHING, Outcome
from jcm_xl.plan.plan import Plan
from jcm_xl.plan.slot import Slot
from jcm_xl.xlsx.grid import Cell, CellError, Grid, Sheet
from tests.support import with_cell

_KINDS: tuple[tuple[str, object], ...] = (
    ("blank", None), ("spaces", "  "), ("text", "n/a"), ("full-width", "１２３"),
    ("comma", "1,5"), ("thousands", "1,234,567"), ("unit", "12 MWh"),
    ("text number", "12.5"), ("truth value", True), ("error", CellError("#N/A")),
    ("not a number", "NaN"), ("date as text", "2021/03/04"), ("half typed", "12ｋ"),
)  # fmt: skip


def wrong_kinds(seeds: range) -> dict[str, Outcome]:
    """Put a value of a wrong kind into an input that is needed."""
    total = NOTHING
    with tempfile.TemporaryDirectory() as folder:
        for seed in seeds:
            chance = random.Random(f"kind {seed}")
            plan, grid = sound(KEYS[seed // 10 % len(KEYS)], folder)
            slot, _ = chance.choice(list(_numbers(plan, grid)))
            name, value = chance.choice(_KINDS)
            if name in ("blank", "spaces") and _is_alone(plan, grid, slot):
                total += Outcome(0, 0, aside=(("an unused row", 1),))
                continue
            found = asks(with_cell(grid, slot, Cell(value)))  # type: ignore[arg-type]
            there = any((d.sheet, d.cell) == (slot.sheet, slot.address) for d in found)
            sample = f"seed {seed}: {plan.methodology.key} {name} in {slot.key}"
            total += Outcome(1, int(not there), () if there else (sample,))
    return {"wrong kinds": total}


def _numbers(plan: Plan, grid: Grid) -> Iterator[tuple[Slot, Cell]]:
    for slot in plan.inputs:
        sheet = grid.sheet(slot.sheet)
        cell = sheet.cells.get((slot.row, slot.column)) if sheet else None
        is_value = slot.key.notion == "value" and slot.key.stage != "monthly"
        is_typed = cell is not None and cell.formula is None
        if is_value and slot.rule == "number" and cell and is_typed:
            if not isinstance(cell.value, float):
                continue
            yield slot, cell


def _is_alone(plan: Plan, grid: Grid, slot: Slot) -> bool:
    """Tell whether a unit's row is empty without this value: then it is not used."""
    row = [s for s, _ in _numbers(plan, grid) if s.key.side == slot.key.side]
    return slot.unit is not None and sum(s.unit == slot.unit for s in row) == 1


def legitimate(seeds: range) -> dict[str, Outcome]:
    """Change what may be changed: no finding may ask for action."""
    total = NOTHING
    with tempfile.TemporaryDirectory() as folder:
        for seed in seeds:
            chance = random.Random(f"legitimate {seed}")
            plan, grid = sound(KEYS[seed // 10 % len(KEYS)], folder)
            name, book = _changed(plan, grid, chance)
            found = asks(book)
            sample = f"seed {seed}: {plan.methodology.key} {name}"
            words = tuple(f"{sample}: {d.code} {d.place}" for d in found[:1])
            total += Outcome(1, int(bool(found)), words)
    return {"legitimate changes": total}


def _changed(plan: Plan, grid: Grid, chance: random.Random) -> tuple[str, Grid]:
    slot, cell = chance.choice(list(_numbers(plan, grid)))
    kind = chance.choice(("formula", "own sheet", "format", "lists", "merges", "lock"))
    if kind == "formula":
        formula = f"SUM({cell.value!r},'{plan.sheets['guide']}'!Z99)"
        return kind, with_cell(grid, slot, cell._replace(formula=formula))
    if kind == "own sheet":
        own = Sheet("My notes", cells={(1, 1): Cell("kWh"), (2, 1): Cell(12.0)})
        return kind, dataclasses.replace(grid, sheets=(*grid.sheets, own))
    if kind == "format":
        return kind, with_cell(grid, slot, cell._replace(style=0))
    change: dict[str, object] = {"validations": ()}
    if kind == "merges":
        change = {"merges": ()}
    elif kind == "lock":
        change = {"is_protected": False}
    sheets = tuple(
        dataclasses.replace(s, **change) if s.name == slot.sheet else s  # type: ignore[arg-type]
        for s in grid.sheets
    )
    return kind, dataclasses.replace(grid, sheets=sheets)
