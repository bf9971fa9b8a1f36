"""Grid and plan to a submission: the participant's cells by slot."""

from __future__ import annotations

from collections.abc import Mapping

from jcm_xl.formula.compare import same_formula
from jcm_xl.model.key import Key
from jcm_xl.model.reading import CellReading, Takes, read
from jcm_xl.model.submission import Submission, Value
from jcm_xl.plan.plan import Plan
from jcm_xl.plan.slot import Slot
from jcm_xl.text.symbols import plain_symbol
from jcm_xl.xlsx.grid import Cell, Grid, Sheet


def expected_text(slot: Slot) -> str:
    """Return what a slot's fixed text reads, rich text joined."""
    if slot.content is None:
        return ""
    text = str(slot.content)
    return plain_symbol(text) if slot.role == "symbol" else text


def read_submission(grid: Grid, plan: Plan) -> Submission:
    """Return every input cell that is not as the template made it."""
    sheets: Mapping[str, Sheet] = {sheet.name: sheet for sheet in grid.sheets}
    values: dict[Key, Value] = {}
    for slot in plan.inputs:
        sheet = sheets.get(slot.sheet)
        cell = sheet.cells.get((slot.row, slot.column)) if sheet else None
        if cell is None:
            continue
        value = _value(grid, slot, cell)
        if value is not None:
            values[slot.key] = value
    m = plan.methodology
    return Submission(m.id, m.version, dict(plan.rows), values)


def _value(grid: Grid, slot: Slot, cell: Cell) -> Value:
    if slot.formula and cell.formula and same_formula(cell.formula, slot.formula):
        return None
    value = cell.value
    if value is None or value == "":
        return None
    if not slot.formula and slot.content is not None and value == expected_text(slot):
        return None
    return judged(grid, slot.rule, cell).value


def judged(grid: Grid, rule: str, cell: Cell) -> CellReading:
    """Return what a cell of a grid holds, for a slot of this rule."""
    value = cell.value
    is_number = type(value) is float
    return read(
        value, Takes.of(rule),
        shows_date=is_number and grid.styles.is_date(cell.style),
        is_date1904=grid.is_date1904,
    )  # fmt: skip
