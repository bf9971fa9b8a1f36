"""Locked cells that are not as the template made them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from jcm_xl.formula.compare import same_formula
from jcm_xl.model.shown import shown
from jcm_xl.plan.cells import expected_text
from jcm_xl.plan.plan import Plan
from jcm_xl.plan.slot import Slot
from jcm_xl.submission.topics import Topic, same_text
from jcm_xl.xlsx.grid import Cell, Position


class Difference(NamedTuple):
    """A locked cell that is not as the template made it.

    kind: `text`, `number`, `formula` (another one), `value` (a formula replaced by
    a value), `blank` (emptied) or `added` (a formula where none belongs).
    topic: which check tells it; each difference has exactly one.
    """

    slot: Slot
    kind: str
    actual: str
    expected: str
    topic: Topic


NO_CELL = Cell(None)


_UNLIKE = object()


@lru_cache(maxsize=64)
def locked_cells(
    plan: Plan,
) -> Mapping[str, tuple[tuple[Position, Slot, object, str | None], ...]]:
    """Return the locked cells by sheet, each with its value and formula as made."""
    return {
        name: tuple(
            (place, slot, _made_value(slot), slot.formula or None)
            for place, slot in places.items()
            if not slot.is_input
        )
        for name, places in plan.by_place.items()
    }


def _made_value(slot: Slot) -> object:
    if slot.content is None or isinstance(slot.content, str):
        return expected_text(slot) or None
    return _UNLIKE  # a number: 1 would equal TRUE


def compare_cell(slot: Slot, cell: Cell | None) -> tuple[str, str, str] | None:
    """Return (kind, actual, expected) where a cell is not as the template made it."""
    if cell is None:
        value, formula = None, None
    else:
        value, formula, _ = cell
    if slot.formula:
        if formula == slot.formula:
            return None
        return _compare_formula(slot, value, formula)
    content = slot.content
    if formula is None and value == content and value.__class__ is str:
        return None
    text = expected_text(slot)
    if formula is not None:
        return "added", f"={formula}", text
    if content is None or isinstance(content, str):
        if value == text or (value is None and not text):
            return None
        if isinstance(value, str) and same_text(value, text):
            return None
        return "blank" if value is None else "text", shown(value), text
    if isinstance(value, float) and value == float(content):
        return None
    return "blank" if value is None else "number", shown(value), text


def _compare_formula(
    slot: Slot, value: object, formula: str | None
) -> tuple[str, str, str] | None:
    if formula is None:
        kind = "blank" if value is None else "value"
        return kind, shown(value), f"={slot.formula}"
    if same_formula(formula, slot.formula):
        return None
    return "formula", f"={formula}", f"={slot.formula}"
