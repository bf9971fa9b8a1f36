"""Values of the report that look wrong by a power of thousand: kWh typed as MWh."""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from jcm_xl.model.methodology import Parameter
from jcm_xl.model.submission import Submission
from jcm_xl.workbook.plan import Plan
from jcm_xl.workbook.readings import amount, smaller_unit
from jcm_xl.workbook.stage import effective, plan_days

NEAR = 10**2.5
"""Report against plan per day from which a slip of a unit is likelier than a change."""


class Slip(NamedTuple):
    """A value, what the plan lets expect, and what was probably meant."""

    key: str
    name: str
    value: float
    estimate: float
    meant: float
    unit: str
    meant_unit: str

    @property
    def ratio(self) -> float:
        """Return value by estimate."""
        return self.value / self.estimate


def find_slips(
    plan: Plan, submission: Submission, days: float | None
) -> Iterator[Slip]:
    """Compare every monitored number with its estimate, unit by unit."""
    whole = plan_days(submission)
    for p in plan.methodology.inputs:
        if not p.is_monitored or p.is_choice:
            continue
        share = (days or whole) / whole if p.is_additive else 1.0
        units = range(1, plan.rows[p.index] + 1) if p.index else (None,)
        for u in units:
            key = f"{p.name}[{u}]" if u else p.name
            value = effective(plan, submission, f"mrs.value:{key}")
            estimate = effective(plan, submission, f"mps.value:{key}")
            if type(value) is not float or type(estimate) is not float:
                continue
            if value <= 0 or estimate <= 0 or share <= 0:
                continue
            estimate *= share
            if not 1 / NEAR < value / estimate < NEAR:
                yield _slip(p, f"mrs.value:{key}", value, estimate)


def _slip(p: Parameter, key: str, value: float, estimate: float) -> Slip:
    power = 3 * round(math.log10(value / estimate) / 3)
    unit = str(p.unit)
    return Slip(
        key=key,
        name=p.name,
        value=value,
        estimate=estimate,
        meant=float(Decimal(repr(value)).scaleb(-power)),
        unit=unit,
        meant_unit=smaller_unit(unit, power) or amount(10.0**-power, unit),
    )
