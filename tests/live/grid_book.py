"""A workbook as a host passes it to a function without ranges, made of a read grid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jcm_xl.live.of_book import HostPlaces, Raw
from jcm_xl.plan.input_places import input_places
from jcm_xl.plan.plan import Plan
from jcm_xl.plan.ranges import Area
from jcm_xl.xlsx.grid import Grid
from tests.live.hosts import cells


class GridBook:
    def __init__(self, grid: Grid, plan: Plan | None) -> None:
        self.grid, self.plan = grid, plan

    def properties(self) -> Mapping[str, str]:
        return self.grid.properties if self.plan else {}

    def places(self, properties: Mapping[str, str]) -> Mapping[str, HostPlaces] | None:
        assert properties
        return input_places(self.plan) if self.plan else None

    def cells(self, sheet: str, top: int, left: int, bottom: int, right: int) -> Raw:
        found = cells(self.grid, Area(sheet, top, left, bottom, right))
        assert found is not None
        return found

    def formulas(self, sheet: str) -> Iterator[str]:
        there = self.grid.sheet(sheet)
        for _, cell in sorted(there.cells.items()) if there else ():
            if cell.formula:
                yield f"={cell.formula}"
