"""Single-cell mutants of cells that are not for input: found, at the right cell?"""

from __future__ import annotations

import dataclasses
import random
import re
import tempfile
from collections.abc import Callable, Iterator

from bench.quality.books import KEYS, asks, sound
from bench.quality.outcome import NOTHING, Outcome
from jcm_xl.formula.compare import same_formula
from jcm_xl.plan.plan import Plan
from jcm_xl.plan.slot import Slot
from jcm_xl.xlsx.grid import Cell, Grid
from tests.support import with_cell

_HOMOGLYPHS = {"a": "а", "e": "е", "o": "о", "p": "р", "C": "С", "E": "Е"}
_LIES = (";;;", '"99"', "#,##0,", '0.0"9"', '0"MWh/day"', "#,##0.00,,")
_REFERENCE = re.compile(r"(?<![A-Z'!(])(\$?[A-Z]{1,2}\$?)(\d+)\b(?![(!])")
_RANGE = re.compile(r"(\$?[A-Z]{1,2}\$?\d+:\$?[A-Z]{1,2}\$?)(\d+)")
_NUMBER = re.compile(r"(?<![\w.$\"])\d+(?:\.\d+)?(?![\w.(!:])")


def formula_mutants(cell: Cell, chance: random.Random) -> Iterator[tuple[str, Cell]]:
    """Yield (operator, cell) of a formula cell."""
    f = cell.formula or ""

    def put(text: str) -> Cell:
        return cell._replace(formula=text)

    for old, new in ("*/", "/*", "+-", "-+"):
        if old in f:
            yield "operator", put(f.replace(old, new, 1))
    for name, pattern, move in (
        ("reference shift", _REFERENCE, lambda m: f"{m[1]}{int(m[2]) + 1}"),
        ("reference to constant", _REFERENCE, lambda _: "1"),
        ("range", _RANGE, lambda m: f"{m[1]}{max(1, int(m[2]) - 1)}"),
        ("range", _RANGE, lambda m: f"{m[1]}{int(m[2]) + 1}"),
        ("constant", _NUMBER, lambda m: f"{float(m[0]) * 1.01 + 0.01:g}"),
    ):
        places = list(pattern.finditer(f))
        if places:
            at = chance.choice(places)
            yield name, put(f[: at.start()] + move(at) + f[at.end() :])
    for old, new in (("ROUNDDOWN(", "ROUND("), ("SUM(", "MAX("), ("AND(", "OR(")):
        if old in f:
            yield "function", put(f.replace(old, new, 1))
    yield "wrap", put(f"IFERROR({f},0)")
    yield "wrap", put(f"MAX({f},0)")
    yield "negate", put(f"-({f})")
    yield "scale", put(f"({f})*1.01")
    yield "offset", put(f"({f})+1")
    if cell.value not in (None, ""):
        yield "to value, same", cell._replace(formula=None)
    yield "to value, other", cell._replace(formula=None, value=4711.5)
    yield "blank", Cell(None, None, cell.style)
    if isinstance(cell.value, float):
        yield "cached value", cell._replace(value=cell.value * 1.001 + 0.01)


def text_mutants(cell: Cell, chance: random.Random) -> Iterator[tuple[str, Cell]]:
    """Yield (operator, cell) of a label or default."""
    value = cell.value
    if isinstance(value, float):
        yield "constant", cell._replace(value=value * 1.01 + 0.001)
        yield "constant", cell._replace(value=-value - 1)
        yield "number as text", cell._replace(value=f"{value:g}")
    elif isinstance(value, str) and value.strip():
        at = chance.choice([i for i, sign in enumerate(value) if not sign.isspace()])
        yield "character drop", cell._replace(value=value[:at] + value[at + 1 :])
        if at + 1 < len(value):
            swapped = value[:at] + value[at + 1] + value[at] + value[at + 2 :]
            yield "character swap", cell._replace(value=swapped)
        for old, new in _HOMOGLYPHS.items():
            if old in value:
                yield "homoglyph", cell._replace(value=value.replace(old, new, 1))
                break
        yield "digit", cell._replace(value=f"{value}7")
    yield "blank", Cell(None, None, cell.style)


def mutant(
    plan: Plan, grid: Grid, chance: random.Random
) -> tuple[str, Grid, Callable[[str, str], bool]] | None:
    """Return operator, book and which place is the right one; `None`: equivalent."""
    slot = chance.choice(_locked(plan))
    sheet = grid.sheet(slot.sheet)
    assert sheet
    if chance.random() < 0.05:
        return _hidden(grid, slot, chance)
    cell = sheet.cells[slot.row, slot.column]
    if type(cell.value) is float and chance.random() < 0.1:
        return _disguised(grid, slot, cell, chance)
    make = formula_mutants if cell.formula else text_mutants
    operator, new = chance.choice(list(make(cell, chance)))
    if new == cell or _is_equivalent(cell, new):
        return None
    right = (slot.sheet, slot.address)
    return operator, with_cell(grid, slot, new), lambda *place: place == right


def _locked(plan: Plan) -> list[Slot]:
    return [
        s for s in plan.slots.values()
        if not s.is_input and s.sheet in plan.official and (s.formula or s.content)
    ]  # fmt: skip


def _is_equivalent(old: Cell, new: Cell) -> bool:
    if old.formula and new.formula:
        return old.value == new.value and same_formula(old.formula, new.formula)
    if isinstance(old.value, str) and isinstance(new.value, str):
        return old.value.split() == new.value.split()
    return False


def _hidden(
    grid: Grid, slot: Slot, chance: random.Random
) -> tuple[str, Grid, Callable[[str, str], bool]] | None:
    what = chance.choice(("row", "column", "sheet"))
    if what == "row" and _is_unused(grid, slot):
        return None  # the row of a unit that is not used may be hidden
    changes = {
        "row": {"hidden_rows": frozenset((slot.row,))},
        "column": {"hidden_columns": frozenset((slot.column,))},
        "sheet": {"state": chance.choice(("hidden", "veryHidden"))},
    }[what]
    sheets = tuple(
        dataclasses.replace(s, **changes) if s.name == slot.sheet else s  # type: ignore[arg-type]
        for s in grid.sheets
    )
    made = dataclasses.replace(grid, sheets=sheets)
    return f"hidden {what}", made, lambda sheet, _: sheet == slot.sheet


def _disguised(
    grid: Grid, slot: Slot, cell: Cell, chance: random.Random
) -> tuple[str, Grid, Callable[[str, str], bool]]:
    """Give a number a format that hides it or shows another one."""
    formats = (*grid.styles.formats, chance.choice(_LIES))
    styles = dataclasses.replace(grid.styles, formats=formats)
    made = with_cell(grid, slot, cell._replace(style=len(formats) - 1))
    right = (slot.sheet, slot.address)
    made = dataclasses.replace(made, styles=styles)
    return "number format", made, lambda *place: place == right


def _is_unused(grid: Grid, slot: Slot) -> bool:
    sheet = grid.sheet(slot.sheet)
    cells = sheet.cells.items() if sheet else ()
    row = [cell for place, cell in cells if place[0] == slot.row and cell.formula]
    return slot.unit is not None and any(cell.value == "" for cell in row)


def mutants(seeds: range) -> dict[str, Outcome]:
    """Judge mutants of every methodology: survivors, and those named elsewhere."""
    killed, placed = NOTHING, NOTHING
    with tempfile.TemporaryDirectory() as folder:
        for seed in seeds:
            chance = random.Random(f"mutant {seed}")
            plan, grid = sound(KEYS[seed // 10 % len(KEYS)], folder)
            made = mutant(plan, grid, chance)
            if made is None:
                killed += Outcome(0, 0, aside=(("equivalent", 1),))
                continue
            operator, book, is_right = made
            found = asks(book)
            sample = f"seed {seed}: {plan.methodology.key} {operator}"
            killed += Outcome(1, int(not found), () if found else (sample,))
            if found:
                is_there = any(is_right(d.sheet, d.cell) for d in found)
                where = f"{sample}: {found[0].code} {found[0].place}"
                placed += Outcome(1, int(not is_there), () if is_there else (where,))
    return {"killed": killed, "right cell": placed}
