"""What a host would hand a live function, taken from the cells of a written book."""

from __future__ import annotations

from pathlib import Path

from jcm_xl import api
from jcm_xl.model.submission import Stage, Submission
from jcm_xl.plan.plan import Plan
from jcm_xl.plan.ranges import Area, stage_areas
from jcm_xl.xlsx.grid import CellError, Grid
from jcm_xl.xlsx.read import read_grid

Raw = tuple[tuple[object, ...], ...]


def written(plan: Plan, submission: Submission, folder: Path) -> Grid:
    path = folder / "book.xlsx"
    path.write_bytes(api.book(plan, submission))
    return read_grid(path)


def cells(grid: Grid, area: Area | None) -> Raw | None:
    """Return the values of a range as a host gives them: errors as their text."""
    if area is None:
        return None
    sheet = next(s for s in grid.sheets if s.name == area.sheet)

    def value(row: int, column: int) -> object:
        cell = sheet.cells.get((row, column))
        found = cell.value if cell else None
        return found.code if isinstance(found, CellError) else found

    return tuple(
        tuple(value(row, column) for column in range(area.left, area.right + 1))
        for row in range(area.top, area.bottom + 1)
    )


def ranges(grid: Grid, plan: Plan, stage: Stage) -> tuple[Raw | None, ...]:
    areas = stage_areas(plan.methodology, plan.slots, plan.layout, plan.rows, stage)
    return tuple(cells(grid, area) for area in areas)
