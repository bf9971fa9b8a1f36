"""Cells that do not apply are grey: by a rule, and only while nothing stands there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jcm_xl.model.key import Key, value_key
from jcm_xl.model.methodology import Parameter
from jcm_xl.model.submission import Stage
from jcm_xl.plan.plan import Plan
from jcm_xl.plan.slot import Slot


def grey_unneeded(plan: Plan, sheets: Mapping[str, Any], grey: Any) -> None:
    """Add a rule to each input that is asked for under a condition.

    Its copy on the calculation sheet is an empty text where nothing is asked.
    """
    for stage in Stage:
        for p in plan.methodology.inputs:
            is_asked = stage is Stage.PLAN or p.is_monitored
            if p.required_when is None or not is_asked:
                continue
            units = plan.units(p)
            first, last = (
                plan[value_key(stage, p.name, u)] for u in (units[0], units[-1])
            )
            rule = {
                "type": "formula",
                "format": grey,
                "criteria": _rule(plan, stage, p),
            }
            place = first.row - 1, first.column - 1, last.row - 1, last.column - 1
            sheets[first.sheet].conditional_format(*place, rule)


def _rule(plan: Plan, stage: Stage, p: Parameter) -> str:
    unit = plan.units(p)[0]
    cell = plan[value_key(stage, p.name, unit)]
    asked = [f"LEN({_here(cell)})=0", f"ISTEXT({_there(_copy(plan, stage, p))})"]
    if p.index:
        used = plan[Key(stage, "used", p.index, unit)]
        asked.append(f"{_there(used)}=1")
    return f"=AND({','.join(asked)})"


def _copy(plan: Plan, stage: Stage, p: Parameter) -> Slot:
    key = Key(stage, "repeat", p.name, plan.units(p)[0])
    places = (key, *(key._replace(at=block) for block in (2, 3, 4, 1)))
    return next(plan[place] for place in places if place in plan.slots)


def _here(slot: Slot) -> str:
    """Return a cell of which the rule moves the row, not the column."""
    letters = slot.address.rstrip("0123456789")
    return f"${letters}{slot.row}"


def _there(slot: Slot) -> str:
    return f"'{slot.sheet}'!{_here(slot)}"
