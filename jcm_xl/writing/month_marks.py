"""Months that ask for something: amber on the sheet Monthly, by rules."""

from __future__ import annotations

from typing import Any

from jcm_xl.model.key import Key, month_note
from jcm_xl.plan.plan import Plan
from jcm_xl.plan.stage import MONTHS


def mark_months(plan: Plan, sheet: Any, amber: Any) -> None:
    """Mark a month that lies in the period in part and of which nothing is said."""
    first, last = (plan[month_note(k)] for k in (1, MONTHS))
    days = plan[Key("monthly", "days", unit=1)]
    in_part = f'ISNUMBER(FIND("/",${days.address}))'
    rule = {
        "type": "formula", "format": amber,
        "criteria": f"=AND(LEN(${first.address})=0,{in_part})",
    }  # fmt: skip
    place = first.row - 1, days.column - 1, last.row - 1, first.column - 1
    sheet.conditional_format(*place, rule)
    _mark_apart(plan, sheet, amber, in_part)


def _mark_apart(plan: Plan, sheet: Any, amber: Any, in_part: str) -> None:
    """Mark a month five times, or a fifth, of both months beside it, as JX348 asks."""
    slots = [s for s in plan.where("monthly") if s.key.at in (1, MONTHS)]
    if not slots:
        return
    first, last = slots[0], slots[-1]
    letters = first.address.rstrip("0123456789")
    here, column = first.address, f"{letters}${first.row}:{letters}${last.row}"
    # Not the cell above the first month, which is a heading: it is a text.
    beside = f"{letters}{first.row - 1},{letters}{first.row + 1}"
    above = f"{here}>=5*MAX({beside}),{here}>=1.5*LARGE({column},2),MAX({beside})>0"
    below = f"{here}*5<=MIN({beside}),{here}*1.5<=SMALL({column},2)"
    odd = f"OR(AND({above}),AND({below}))"
    criteria = (
        f"=IF(COUNT({column})>3,IF(ISNUMBER({here}),"
        f"IF({here}>0,IF({in_part},FALSE,{odd}),FALSE),FALSE),FALSE)"
    )
    rule = {"type": "formula", "format": amber, "criteria": criteria}
    place = first.row - 1, first.column - 1, last.row - 1, last.column - 1
    sheet.conditional_format(*place, rule)
