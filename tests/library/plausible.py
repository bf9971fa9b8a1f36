"""Random fills that an honest participant could have typed: nothing is out of line."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from jcm_xl.model.methodology import Bounds, Methodology, Parameter
from jcm_xl.model.submission import Submission
from jcm_xl.plan.plan import Plan, make_plan
from tests.keys import keyed
from tests.library.fills import within


def plausible_fill(m: Methodology, chance: random.Random) -> tuple[Plan, Submission]:
    """Return plausible values of both stages; the report varies about the plan."""
    rows = {name: chance.randint(1, min(6, s.max_rows)) for name, s in m.sets.items()}
    plan = make_plan(m, rows)
    values: dict[str, Any] = {
        "reference_number": f"{m.country}999",
        "mss.person:1": "Plant manager",
        "mss.role:1": "Planning, data collection, archiving and approval of the report",
        "period.start": date(2022, 1, 1),
        "period.end": date(2022, 12, 31),
    }
    for p in m.inputs:
        for unit in units_of(p, rows):
            value = _planned(m, p, chance)
            values[f"mps.value:{p.name}{unit}"] = value
            if not p.is_monitored:
                continue
            values[f"mrs.value:{p.name}{unit}"] = _monitored(p, value, chance)
            if len(p.options) > 1:
                option = f"Option {chance.choice(p.options)}"
                values[f"mps.option:{p.name}{unit}"] = option
                values[f"mrs.option:{p.name}{unit}"] = option
    return plan, Submission(m.id, m.version, plan.rows, keyed(values))


def _planned(m: Methodology, p: Parameter, chance: random.Random) -> Any:
    limits = p.plausible or Bounds()
    for number in range(60):
        if number < 20:
            value = _value(m, p, chance)
        else:
            value = within(limits if number % 2 else p.bounds, chance)
        if p.is_choice or (p.bounds.admit(value) and limits.admit(value)):
            return value
    raise AssertionError(f"{m.key}: no value of {p.name} is plausible")


def _monitored(p: Parameter, value: Any, chance: random.Random) -> Any:
    if p.is_choice:
        return value
    if str(p.unit) == "day/p":
        return min(value, 360.0)
    near = float(f"{value * chance.uniform(0.7, 1.1):.12g}")
    limits = p.plausible or Bounds()
    return near if p.bounds.admit(near) and limits.admit(near) else value


def units_of(p: Parameter, rows: Mapping[str, int]) -> Iterator[str]:
    """Yield the ends of the slot keys of a parameter: one, or one a unit."""
    if p.index is None:
        yield ""
    else:
        yield from (f"[{u}]" for u in range(1, rows[p.index] + 1))


def _value(m: Methodology, p: Parameter, chance: random.Random) -> Any:
    if p.is_choice:
        return chance.choice(m.choices(p))
    limits = p.plausible or Bounds()
    low = float(limits.at_least or 0) if p.bounds.below is None else 0.0
    high = float(limits.at_most) if limits.at_most is not None else low + 400
    if str(p.unit) == "day/p":
        low, high = 300.0, 365.0
    middle = low + (high - low) * chance.uniform(0.1, 0.85)
    return float(f"{middle:.6g}")
