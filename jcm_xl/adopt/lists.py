"""What the drop-down list of a cell offers: typed choices, or those of a range."""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.formula.scan import CellPlace
from jcm_xl.xlsx.grid import Grid, Position, Validation, parse_range

_LONGEST = 1_000
"""Choices of a range that are read; nobody chooses among more."""


def offered_at(grid: Grid, place: CellPlace) -> tuple[str, ...]:
    """Return what the drop-down list of a cell offers, nothing without one."""
    sheet = grid.sheet(place[0])
    for rule in sheet.validations if sheet else ():
        if rule.type == "list" and _covers(rule, place[1:]):
            return tuple(_offered(grid, place[0], rule.formula1))
    return ()


def _covers(rule: Validation, place: Position) -> bool:
    for text in rule.sqref.split():
        try:
            top, left, bottom, right = parse_range(text)
        except ValueError:
            continue
        if top <= place[0] <= bottom and left <= place[1] <= right:
            return True
    return False


def _offered(grid: Grid, own: str, formula: str) -> Iterator[str]:
    """Yield the entries of a list: typed in quotes, or those of a range or its name."""
    text = formula.strip().removeprefix("=")
    if text.startswith('"'):
        yield from (entry.strip() for entry in text.strip('"').split(","))
        return
    names = {name.casefold(): place for name, place in grid.names.items()}
    folded = text.casefold()
    text = names.get(f"{own.casefold()}!{folded}", names.get(folded, text))
    name, _, area = text.removeprefix("=").rpartition("!")
    sheet = grid.sheet(name.strip("'").replace("''", "'") or own)
    try:
        top, left, bottom, right = parse_range(area.replace("$", ""))
    except ValueError:
        return
    if sheet is None or (bottom - top + 1) * (right - left + 1) > _LONGEST:
        return
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            cell = sheet.cells.get((row, column))
            if cell is not None and cell.value not in (None, ""):
                yield str(cell.value)
