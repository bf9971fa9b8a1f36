"""The typical books: the shipped examples filled in, plan and report."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from jcm_xl import api
from jcm_xl.model.key import (
    PERIOD_END,
    PERIOD_START,
    PLAN_DAYS,
    REFERENCE_NUMBER,
    Key,
    option_key,
    value_key,
)
from jcm_xl.model.methodology import Example
from jcm_xl.model.submission import Submission, Value
from jcm_xl.plan.plan import Plan, make_plan

TYPICAL = ("TH_AM001", "ID_AM002")
LARGEST = "PH_AM004"


OTHERS = 8
"""Books of one template in turn: nothing is known of a book but its template."""


def typical(key: str, number: int = 0) -> bytes:
    """Return the book of a methodology's richest example, of another year by number."""
    m = api.load(key)
    plan = make_plan(m)
    example = max(m.examples, key=lambda e: sum(1 for _ in _given(e)))
    return api.book(
        plan, Submission(m.id, m.version, plan.rows, _values(plan, example, number))
    )


def _values(plan: Plan, example: Example, number: int) -> dict[Key, Value]:
    values: dict[Key, Value] = {
        REFERENCE_NUMBER: f"{plan.methodology.id[:2]}999",
        PERIOD_START: date(2025 - number, 1, 1),
        PERIOD_END: date(2025 - number, 12, 31),
        PLAN_DAYS: 365.0,
        Key("mss", "person", unit=1): "Head of the plant",
        Key("mss", "role", unit=1): "Monitoring, archiving and approval of the report",
    }
    amounts = {p.name for p in plan.methodology.inputs if p.is_monitored}
    for stage in ("mps", "mrs"):
        for name, unit, value in _given(example):
            is_amount = stage == "mrs" and name in amounts
            if is_amount and isinstance(value, float):
                value *= 1 - number / 1000
            values[value_key(stage, name, unit)] = value
        for p in plan.methodology.inputs:
            if p.options:
                values[option_key(stage, p.name)] = f"Option {p.options[-1]}"
    values |= {key: "Records of the plant" for key in _open_sources(plan, values)}
    there = {slot.key for slot in plan.inputs}
    return {key: value for key, value in values.items() if key in there}


def _open_sources(plan: Plan, values: dict[Key, Value]) -> Iterator[Key]:
    """Yield the sources to be named: every single one, and those of the used units."""
    used = {slot.unit for slot in plan.inputs if slot.key in values}
    for slot in plan.inputs:
        is_open = slot.role == "source" and not slot.formula and not slot.content
        if is_open and (slot.unit is None or slot.unit in used):
            yield slot.key


def _given(example: Example) -> Iterator[tuple[str, int | None, Value]]:
    for name, value in example.given.items():
        if isinstance(value, list):
            for unit, item in enumerate(value, 1):
                yield name, unit, _plain(item)
        else:
            yield name, None, _plain(value)


def _plain(value: object) -> Value:
    return value if isinstance(value, str) else float(value)  # type: ignore[arg-type]
