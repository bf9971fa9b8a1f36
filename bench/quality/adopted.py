"""Official-looking books adopted: as they are, and each with one thing changed.

The books are by the many hands, who share no code with our writer. Whatever is changed
is one cell: a default, limit, unit, factor, sign, option, text or rounding.
"""

from __future__ import annotations

import random
import re
import tempfile
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from bench.quality.books import fill, grid_of
from bench.quality.hands.formulas import TooHard
from bench.quality.hands.habits import HANDS, Habits
from bench.quality.hands.judge import honest
from bench.quality.hands.sheets import book_by_hand
from bench.quality.outcome import NOTHING, Outcome
from jcm_xl.adopt.adoption import Adoption, adopt
from jcm_xl.adopt.found import Labelled
from jcm_xl.adopt.rows import key_of
from jcm_xl.definition.library import entries, load
from jcm_xl.foreign.found import Spot
from jcm_xl.model.methodology import Formula, Methodology, Parameter
from jcm_xl.xlsx.grid import Cell, Grid, parse_address
from tests.adopt.books import changed

TARGETS = {
    "adopted": "unchanged books by many hands: 0 with a difference",
    "adopted proof": "the same, 200 fills calculated: all equal",
    "adopted mutants": "books with one change: that item, at the cell: 100 %",
    "adopted mutants alone": "the same: nothing else told",
}
DRESSED = {
    **{name: h for name, h in HANDS.items() if h.constants != "asked"},
    "nested IF for a table": Habits(classes="nested", factors="names"),
    "SUMPRODUCT over the units": Habits(products=True, classes="vlookup"),
    "steps left out, units in columns": Habits(
        products=True, units="column", classes="nested", corner=(3, 2)
    ),
}


class Change(NamedTuple):
    """One cell changed; `item`: what adopt has to name."""

    kind: str
    item: str
    sheet: str
    place: tuple[int, int]
    cell: Cell


@lru_cache(maxsize=1)
def keys() -> tuple[str, ...]:
    """Return the methodologies whose formulas the hands can type."""
    return tuple(e.key for e in entries() if _is_typed(e.key))


def _is_typed(key: str) -> bool:
    try:
        _book(key, Habits(), 0)
    except TooHard:
        return False
    return True


def _book(key: str, habits: Habits, seed: int) -> bytes:
    """Return the book of a hand, in two of three cases as a blank."""
    plan, submission = fill(key, seed)
    given = honest(plan.methodology, submission.values)
    if seed % 3:
        given = {key: v for key, v in given.items() if ".value:" not in key}
    return book_by_hand(plan.methodology, given, plan.rows, habits)


def adopted(seeds: range) -> dict[str, Outcome]:
    """Adopt books as they are, and each with one change."""
    total = dict.fromkeys(TARGETS, NOTHING)
    with tempfile.TemporaryDirectory() as folder:
        for seed in seeds:
            key = keys()[seed % len(keys())]
            hand = list(DRESSED)[(seed + seed // len(keys())) % len(DRESSED)]
            grid = grid_of(_book(key, DRESSED[hand], seed), folder)
            m = load(key)
            fills = 200 if seed % 10 == 0 else 0
            found = adopt(grid, m, fills=fills)
            sample = f"seed {seed}: {key} {hand}"
            total["adopted"] += _unchanged(found, sample)
            if fills:
                wrong = not found.proof.is_equal
                words = (f"{sample}: {found.proof} {found.proof.counterexample}",)
                total["adopted proof"] += Outcome(1, int(wrong), words if wrong else ())
            if not found.differences:
                for change in _changes(m, found, grid, random.Random(f"adopt {seed}")):
                    total["adopted mutants"] += _named(m, grid, change, sample)
                    total["adopted mutants alone"] += _alone(m, grid, change, sample)
    return total


def _unchanged(found: Adoption, sample: str) -> Outcome:
    told = [f"{sample}: {i.item} {i.place} {i.reason}" for i in found.differences[:1]]
    return Outcome(1, int(bool(told)), tuple(told))


@lru_cache(maxsize=4)
def _cached(m: Methodology, grid_id: int, change: Change) -> tuple[Any, ...]:
    found = adopt(_with(_GRIDS[grid_id], change), m, fills=0)
    return tuple((i.item, i.sheet, i.cell) for i in found.differences)


_GRIDS: dict[int, Grid] = {}


def _told(m: Methodology, grid: Grid, change: Change) -> tuple[Any, ...]:
    _GRIDS.clear()
    _GRIDS[id(grid)] = grid
    return _cached(m, id(grid), change)


def _with(grid: Grid, change: Change) -> Grid:
    from jcm_xl.xlsx.grid import address

    place = f"{change.sheet}!{address(*change.place)}"
    return changed(grid, place, change.cell.value, change.cell.formula)


def _named(m: Methodology, grid: Grid, change: Change, sample: str) -> Outcome:
    told = _told(m, grid, change)
    is_named = any(
        item == change.item and sheet == change.sheet and cell
        and parse_address(cell) == change.place
        for item, sheet, cell in told
    )  # fmt: skip
    words = (
        f"{sample}: {change.kind} {change.item} {change.sheet}{change.place} {told[:2]}"
    )
    return Outcome(1, int(not is_named), () if is_named else (words,))


def _alone(m: Methodology, grid: Grid, change: Change, sample: str) -> Outcome:
    told = _told(m, grid, change)
    own = [change.item.split(".")[:2]]
    if change.item == f"formulas.{m.results.reduction}":
        own.append(["results", "rounding"])  # some hands round in this very cell
    others = [line for line in told if line[0].split(".")[:2] not in own]
    words = f"{sample}: {change.kind} {change.item} {others[:2]}"
    return Outcome(1, int(bool(others)), (words,) if others else ())


# -- what is changed -----------------------------------------------------------------


def _changes(
    m: Methodology, found: Adoption, grid: Grid, chance: random.Random
) -> Iterator[Change]:
    """Yield two changes of one book, of kinds by chance."""
    every = list(_possible(m, found, grid, chance))
    kinds = sorted({change.kind for change in every})
    for kind in chance.sample(kinds, min(2, len(kinds))):
        yield chance.choice([change for change in every if change.kind == kind])


def _possible(
    m: Methodology, found: Adoption, grid: Grid, chance: random.Random
) -> Iterator[Change]:
    for label in found.sheets.labelled:
        yield from _of_cell(m, label, chance)
        yield from _beside(label)
    for stage, spot in found.sheets.results.items():
        formula = spot.cell.formula or ""
        if "ROUNDDOWN" in formula and f"results.{stage}":
            other = formula.replace("ROUNDDOWN(", "ROUND(")
            yield _at("rounding", "results.rounding", spot, formula=other)
    for item in found.items:
        if item.item.startswith("tables.") and item.cell and item.verdict == "same":
            sheet = grid.sheet(item.sheet)
            assert sheet is not None
            place = parse_address(item.cell)
            value = sheet.cells[place].value
            name = item.item.rpartition("]")[2]
            if isinstance(value, float) and name in ("", ".to", ".from"):
                kind = "row of a table" if not name else "limit"
                cell = Cell(value * 1.05 + 0.001)
                yield Change(kind, item.item, item.sheet, place, cell)


def _of_cell(
    m: Methodology, label: Labelled, chance: random.Random
) -> Iterator[Change]:
    item, cell, key = label.item, label.cell, key_of(label.item)
    sheet, place = label.place[0], label.place[1:]
    if cell.formula is None:
        is_known = getattr(item, "value", None) is not None
        if isinstance(cell.value, float) and is_known and not label.part.is_typed:
            other = Cell(cell.value * 1.1 + 0.01)
            yield Change("default", key, sheet, place, other)
        return
    if not isinstance(item, Formula) or item.text.strip() == "0":
        return
    formula = cell.formula
    yield Change("factor", key, sheet, place, Cell(0.0, f"({formula})*1.02"))
    yield Change("sign", key, sheet, place, Cell(0.0, f"-({formula})"))
    yield Change("number for formula", key, sheet, place, Cell(1234.5))
    for old, new in (("*", "+"), ("-", "+"), ("/", "*")):
        found = [m.start() for m in re.finditer(re.escape(old), _bare(formula))]
        if found:
            at = chance.choice(found)
            text = f"{formula[:at]}{new}{formula[at + 1 :]}"
            yield Change("operator", key, sheet, place, Cell(0.0, text))


def _bare(formula: str) -> str:
    """Return a formula in which names of sheets and texts have no signs."""
    return re.sub(r"'[^']*'|\"[^\"]*\"", lambda m: "x" * len(m[0]), formula)


def _beside(label: Labelled) -> Iterator[Change]:
    key = key_of(label.item)
    if label.unit > 1:
        return
    is_choice = isinstance(label.item, Parameter) and label.item.is_choice
    has_unit = not is_choice and str(label.item.unit) not in ("", "-", "1")
    if label.measure is not None and has_unit:
        yield _at("unit", f"{key}.unit", label.measure, value="kg/h")
    if label.label is not None and label.symbol is not None:
        text = f"{label.label.cell.value} of the whole site"
        yield _at("wording", f"{key}.label", label.label, value=text)
    if label.line is not None and isinstance(label.item, Parameter):
        yield from _texts(label, label.item)


def _texts(label: Labelled, p: Parameter) -> Iterator[Change]:
    assert label.line is not None
    if len(p.options) != 1:
        return
    option = label.line.own("option")
    if option is not None:
        letter = "B" if p.options[0] != "B" else "C"
        text = str(option.cell.value)
        other = re.sub(r"[ABC](?![a-z])", letter, text)
        yield _at("option", f"{key_of(p)}.options", option, value=other)
    spot = label.line.own("procedure")
    if spot is not None:
        name = f"monitoring.{p.name}.{p.options[0]}.procedure"
        yield _at("text", name, spot, value=f"{spot.cell.value} Twice.")


def _at(
    kind: str, item: str, spot: Spot, value: Any = 0.0, formula: str | None = None
) -> Change:
    cell = replace_cell(spot.cell, value, formula)
    return Change(kind, item, spot.sheet, (spot.row, spot.column), cell)


def replace_cell(cell: Cell, value: Any, formula: str | None) -> Cell:
    """Return a cell with another content."""
    return cell._replace(value=value, formula=formula)
