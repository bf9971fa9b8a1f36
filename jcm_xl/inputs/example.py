"""An example of a definition as inputs, to show what a filled book looks like."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from jcm_xl.errors import JcmError
from jcm_xl.model.methodology import Example, Methodology

_FIRST_DAY = date(2023, 1, 1)
_YEAR = 365
_SOURCE = "Example of the definition; no real project"


def example_inputs(m: Methodology, number: int = 1) -> dict[str, Any]:
    """Return example `number` (from 1) in the shape of an inputs file."""
    if not 1 <= number <= len(m.examples):
        there = f"1 to {len(m.examples)}" if len(m.examples) > 1 else "1"
        raise JcmError(f"{m.key} has the examples {there}; there is no {number}.")
    given = _given(m.examples[number - 1])
    days = _days(m, given)
    monitored = {p.name: given[p.name] for p in m.inputs
                 if p.is_monitored and p.name in given}  # fmt: skip
    fixed = {p.name: given[p.name] for p in m.inputs
             if not p.is_monitored and p.name in given}  # fmt: skip
    return {
        "methodology": m.key,
        "reference_number": f"{m.country}000",
        "ex_ante": monitored,
        "fixed": fixed,
        "ex_post": monitored,
        "period": {
            "start": _FIRST_DAY,
            "end": _FIRST_DAY + timedelta(days=days - 1),
            "plan_days": days,
        },
        "options": {
            p.name: p.options[0]
            for p in m.inputs
            if p.name in monitored and len(p.options) > 1
        },
        "text": {name: {"source": _SOURCE} for name in fixed},
        "structure": [
            {
                "person": "Project manager (example)",
                "role": "Data collection, archiving and approval of the report",
            }
        ],
    }


def _given(example: Example) -> Mapping[str, Any]:
    return {name: value for name, value in example.given.items() if value != ""}


def _days(m: Methodology, given: Mapping[str, Any]) -> int:
    """Return the days that the example covers: as it says, else a year."""
    for p in m.inputs:
        value = given.get(p.name)
        if str(p.unit) == "day/p" and isinstance(value, int | Decimal) and value >= 1:
            return int(value)
    return _YEAR
