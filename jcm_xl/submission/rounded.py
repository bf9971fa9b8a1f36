"""Whether the figure of Table 3 is rounded down once, wherever that is done."""

from __future__ import annotations

from jcm_xl.formula.rounding import cell_shown, rounded_down
from jcm_xl.xlsx.grid import Grid, parse_address

_HOPS = 4
"""So many cells that only show another one are followed."""


def rounds_down(grid: Grid, place: tuple[str, str]) -> bool:
    """Tell whether a cell is one rounding down, or shows a cell that is."""
    name, at = place
    for _ in range(_HOPS):
        sheet = grid.sheet(name)
        cell = sheet.cells.get(parse_address(at)) if sheet else None
        if cell is None or cell.formula is None:
            return False
        if rounded_down(cell.formula):
            return True
        there, at = cell_shown(cell.formula)
        if not at:
            return False
        name = _named(grid, there) if there else name
    return False


def _named(grid: Grid, capitals: str) -> str:
    """Return the sheet of this name, which formulas spell in any capitals."""
    wanted = capitals.replace("''", "'")
    return next((s.name for s in grid.sheets if s.name.upper() == wanted), "")
