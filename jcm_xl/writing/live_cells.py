"""What the sheet Live needs of the writer: array formulas, and colours for verdicts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jcm_xl.plan.plan import Plan
from jcm_xl.plan.sheets.live import TRACE_STYLES
from jcm_xl.plan.slot import Slot


def last_row(slot: Slot) -> int:
    """Return the last line of a slot; a trace has many."""
    return slot.row + slot.rows - 1


def _corners(slot: Slot) -> tuple[int, int, int, int]:
    left = slot.column - 1
    return slot.row - 1, left, last_row(slot) - 1, left + len(TRACE_STYLES) - 1


def write_trace(
    sheet: Any, slot: Slot, value: object, form: Callable[[str, bool], Any]
) -> None:
    """Write one formula over lines and columns; the others begin empty, not 0."""
    top, left, bottom, right = _corners(slot)
    formula = f"{{={slot.formula}}}"
    style = form(slot.style, False)
    sheet.write_array_formula(top, left, bottom, right, formula, style, value)
    for row in range(top, bottom + 1):
        for column, name in enumerate(TRACE_STYLES, left):
            if (row, column) != (top, left):
                sheet.write_string(row, column, "", form(name, False))


def look_of_live(
    plan: Plan, sheet: Any, quiet: tuple[Any, Any], verdicts: tuple[Any, Any]
) -> None:
    """Colour the verdicts; hide errors, which the words beside them explain."""
    grey, pale = quiet
    for slot in plan.where("live_verdict"):
        for word, form in zip(("agreed", "differs"), verdicts, strict=True):
            criteria = f'={slot.address}="{plan.messages(f"live.{word}")}"'
            rule = {"type": "formula", "format": form, "criteria": criteria}
            sheet.conditional_format(slot.address, rule)
    for slot in plan.where("live"):
        sheet.conditional_format(slot.address, {"type": "errors", "format": grey})
    for slot in plan.where("live_array"):
        rule = {"type": "errors", "format": pale}
        sheet.conditional_format(*_corners(slot), rule)
