"""Every locked cell, changed in every way: one finding each, at that cell alone."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from jcm_xl.api import book
from jcm_xl.checks.run import check_grid
from jcm_xl.model.finding import Severity
from jcm_xl.plan.plan import Plan
from jcm_xl.plan.slot import Slot
from jcm_xl.submission.settings import Settings
from jcm_xl.xlsx.grid import Cell, CellError, Grid
from jcm_xl.xlsx.package import open_package
from jcm_xl.xlsx.read import read_grid
from tests.checks.cases import IGNORED, TODAY
from tests.rounds import later
from tests.support import DEFINITIONS, example_book, with_cell

SETTINGS = Settings(today=TODAY, definitions=DEFINITIONS)

KEYS = ("EX_AM901", "EX_AM902", "EX_AM903")
TABLES = ("default", "default_key", "quantity", "repeat")
"""What EX_AM902 has that the others have not: classes and a default."""


@lru_cache(maxsize=8)
def sound(key: str, folder: Path) -> tuple[Plan, Grid]:
    plan, submission = example_book(key)
    path = folder / f"{key}.xlsx"
    path.write_bytes(book(plan, submission))
    return plan, read_grid(open_package(path))


def found(grid: Grid) -> list[tuple[str, str]]:
    report = check_grid(grid, settings=SETTINGS)
    return [
        (d.slot, d.severity.name) for d in report.diagnostics if d.code not in IGNORED
    ]


def locked(plan: Plan, grid: Grid) -> Iterator[tuple[Slot, Cell]]:
    for slot in plan.slots.values():
        if slot.is_input or slot.sheet not in plan.official:
            continue
        sheet = grid.sheet(slot.sheet)
        assert sheet
        yield slot, sheet.cells[slot.row, slot.column]


def changes(slot: Slot, cell: Cell) -> Iterator[Cell]:
    """Yield what somebody, or some program, could make of a locked cell."""
    if cell.formula is not None or cell.value is not None:
        yield cell._replace(value=None, formula=None)
    yield cell._replace(value="changed", formula=None)
    yield cell._replace(value=4711.5, formula=None)
    yield cell._replace(value=CellError("#REF!"), formula=None)
    if cell.formula is None:
        yield cell._replace(value=2.0, formula="1+1")
        return
    yield cell._replace(formula=f"IFERROR({cell.formula},0)")
    yield cell._replace(formula=f"1*({cell.formula})")
    if cell.value not in (None, ""):
        yield cell._replace(formula=None)  # the very same value, typed


@pytest.mark.parametrize("key", [later("EX_AM901"), "EX_AM902", later("EX_AM903")])
def test_a_changed_cell_is_named_and_nothing_else(
    key: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    plan, grid = sound(key, tmp_path_factory.getbasetemp())
    assert found(grid) == []
    wrong = []
    for slot, cell in locked(plan, grid):
        if key == "EX_AM902" and slot.role not in TABLES:
            continue
        for new in changes(slot, cell):
            findings = found(with_cell(grid, slot, new))
            if findings != [(slot.key, Severity.ERROR.name)]:
                wrong.append((slot.key, new, findings))
    assert not wrong, wrong[:9]


@pytest.mark.parametrize("key", KEYS)
def test_a_changed_result_is_named_and_nothing_else(
    key: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    plan, grid = sound(key, tmp_path_factory.getbasetemp())
    wrong = []
    for slot, cell in locked(plan, grid):
        if cell.formula is None or cell.value in (None, ""):
            continue
        value = cell.value + 0.001 if isinstance(cell.value, float) else "other"
        for new in (value, CellError("#VALUE!")):
            findings = found(with_cell(grid, slot, cell._replace(value=new)))
            if findings != [(slot.key, Severity.ERROR.name)]:
                wrong.append((slot.key, new, findings))
    assert not wrong, wrong[:9]


ODD: tuple[object, ...] = (
    "n/a", "", "  ", "１２", "1,5", True, False, CellError("#N/A"), CellError("#REF!"),
    -1e300, 1e300, 0.0, 0.5, 44561.0, 44561.5, "Option C", "\n", "x" * 40000, "=1",
)  # fmt: skip


@pytest.mark.parametrize(
    "key", ["MM_AM005@1.0", later("ID_AM002@2.0"), later("PH_AM004@1.0")]
)
def test_whatever_is_typed_is_judged(
    key: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    plan, grid = sound(key, tmp_path_factory.getbasetemp())
    chance = random.Random(key)
    silent = []
    for slot in chance.sample(plan.inputs, min(40, len(plan.inputs))):
        for value in ODD:
            findings = found(with_cell(grid, slot, Cell(value, None, 0)))  # type: ignore[arg-type]
            is_wrong = not isinstance(value, float) and str(value).strip() != ""
            if slot.rule == "number" and is_wrong and not findings:
                silent.append((slot.key, value))
    assert silent == []
