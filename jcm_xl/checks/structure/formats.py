"""How a number format shows what a cell of an official sheet holds."""

from __future__ import annotations

from jcm_xl.checks.base import OpenedBook
from jcm_xl.checks.structure.disguises import (
    Disguise,
    disguise_of_day,
    disguise_of_number,
    disguise_of_text,
)
from jcm_xl.checks.structure.seen import Seen
from jcm_xl.plan.slot import Slot
from jcm_xl.xlsx.cell_styles import is_date_format


def disguised(context: OpenedBook, seen: Seen, code: str) -> tuple[Disguise, str]:
    """Return how a cell is shown under a code, and the text, where it can be told.

    JX305 and JX340 tell of dates in input cells.
    """
    value, slot = seen.cell.value, seen.slot
    if slot is None and seen.page.is_ours:
        return Disguise.NONE, ""  # a note beside the tables
    if isinstance(value, str):
        return disguise_of_text(code, value)
    if type(value) is not float:
        return Disguise.NONE, ""
    if is_day(context, slot):
        return disguise_of_day(code), ""
    if is_date_format(code):
        is_told = slot is None or slot.is_input
        return (Disguise.NONE if is_told else Disguise.OTHER), ""
    disguise, text = disguise_of_number(code, value, unit_of(context, slot))
    if disguise is Disguise.ROUNDED and not (slot and slot.is_input):
        disguise = Disguise.NONE  # what is calculated is compared to the last digit
    return disguise, text


def is_day(context: OpenedBook, slot: Slot | None) -> bool:
    """Tell whether a day is meant to stand in a cell."""
    if slot is None:
        return False
    made = str(context.plan.layout.styles[slot.style].get("format", ""))
    return slot.rule == "date" or is_date_format(made)


def unit_of(context: OpenedBook, slot: Slot | None) -> str | None:
    """Return the unit that the number of a slot is in, as it is printed."""
    if slot is None:
        return None
    m, name = context.methodology, slot.name
    item = m.item(name)
    if item is None and slot.role == "result":
        item = m.formulas.get(m.results.reduction)
    if item is not None:
        return str(item.unit) or "-"
    # A locked number without unit, such as a count, can be given none by its format.
    return None if slot.is_input else "-"
