"""Where the inputs of a stage are typed, for live functions without written ranges.

As JSON, since hosts carry it: `single` has [table, symbol, cell] of each input without
units, `sets` [rows, [[symbol, first cell], ...]] of each set, `period` the first and
the last day, `plan_days` how many days the plan covers. A cell is [sheet, row,
column], from 1.
"""

from __future__ import annotations

from typing import Any

from jcm_xl.model.key import PERIOD, PLAN_DAYS, Key, value_key
from jcm_xl.model.methodology import Parameter
from jcm_xl.model.submission import Stage
from jcm_xl.plan.plan import Plan
from jcm_xl.plan.slot import Slot

TypedPlaces = dict[str, Any]


def input_places(plan: Plan) -> dict[str, TypedPlaces]:
    """Return the places of plan and report, by the words `plan` and `report`."""
    days = {
        "period": [_cell(plan[key]) for key in PERIOD],
        "plan_days": _cell(plan[PLAN_DAYS]),
    }
    return {stage.word: {**_of_stage(plan, stage), **days} for stage in Stage}


def _of_stage(plan: Plan, stage: Stage) -> TypedPlaces:
    m = plan.methodology
    single = [
        ["1" if p.is_monitored else "2", p.symbol, _cell(_typed(plan, stage, p, None))]
        for p in m.inputs
        if p.index is None
    ]
    sets = [
        [plan.rows[index],
         [[p.symbol, _cell(_typed(plan, stage, p, 1))]
          for p in m.inputs if p.index == index]]
        for index in m.sets
    ]  # fmt: skip
    return {"single": single, "sets": sets}


def _typed(plan: Plan, stage: Stage, p: Parameter, unit: int | None) -> Slot:
    """Return the cell in which a value is typed: the report repeats the plan's."""
    own = plan.get(value_key(stage, p.name, unit))
    if own is not None and own.is_input and not own.is_locked:
        return own
    of_plan = plan.get(value_key(Stage.PLAN, p.name, unit))
    if not p.is_monitored and of_plan is not None:
        return of_plan
    return own or plan[Key(stage, "total", p.name)]


def _cell(slot: Slot) -> list[Any]:
    return [slot.sheet, slot.row, slot.column]
