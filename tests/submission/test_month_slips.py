"""What a hand does to months is told at the month; an honest year is quiet."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jcm_xl import api
from jcm_xl.model.finding import Severity
from jcm_xl.model.key import FIRST_MONTH, PERIOD, PERIOD_START, Key
from jcm_xl.model.submission import Stage
from jcm_xl.submission.settings import Settings
from tests.checks.cases import TODAY
from tests.rounds import later
from tests.support import DEFINITIONS, example_book

SETTINGS = Settings(today=TODAY, definitions=DEFINITIONS)
BY_CHANCE = ("JX318", "JX405", "JX501", "JX603")
"""Chance knows neither the plan nor the days of the example."""
Values = dict[Key, Any]


def times(factor: float) -> Callable[[Values, Key, int], tuple[str, Key]]:
    def slip(values: Values, key: Key, month: int) -> tuple[str, Key]:
        values[key.in_month(month)] *= factor
        return "JX348", key.in_month(month)

    return slip


def fill(values: Values, key: Key, _: int) -> tuple[str, Key]:
    for k in range(2, 13):
        values[key.in_month(k)] = values[key.in_month(1)] + k - 1
    return "JX349", key.in_month(1)


def slide(values: Values, _: Key, __: int) -> tuple[str, Key]:
    values[PERIOD_START] = date(2021, 2, 1)
    return "JX179", FIRST_MONTH


def hole(values: Values, key: Key, month: int) -> tuple[str, Key]:
    del values[key.in_month(month)]
    return "JX325", key.in_month(month)


def paste(values: Values, key: Key, _: int) -> tuple[str, Key]:
    for k in range(1, 13):
        values[key.with_unit(2).in_month(k)] = values[key.with_unit(1).in_month(k)]
    return "JX178", key.with_unit(2).in_month(1)


SLIPS = {
    "x10": times(10), "/10": times(0.1), "x1000": times(1000), "filled series": fill,
    "slid months": slide, "a hole": hole, "column pasted twice": paste,
}  # fmt: skip


def year(chance: random.Random) -> tuple[Any, Any, Values]:
    """Return a year of two solar systems with a season and its chances."""
    plan, submission = example_book("EX_AM901", rows={"i": 2}, monthly=True)
    values: Values = dict(submission.values)
    values |= dict(zip(PERIOD, (date(2021, 1, 1), date(2021, 12, 31)), strict=True))
    for unit in (1, 2):
        key = Key(Stage.REPORT, "value", "EG_i_p", unit)
        amount = float(values.pop(key)) / 12
        for k in range(1, 13):
            season = 1 + 0.25 * math.sin(k * math.pi / 6) + chance.uniform(-0.05, 0.05)
            values[key.in_month(k)] = float(f"{amount * season:.6g}")
    values[FIRST_MONTH] = date(2021, 1, 1)
    return plan, submission, values


@pytest.mark.parametrize("number", [0, *map(later, range(1, 12))])
def test_each_slip_is_told_at_its_month(number: int, tmp_path: Path) -> None:
    chance, path = random.Random(f"months {number}"), tmp_path / "book.xlsx"
    plan, submission, values = year(chance)

    def asked(values: Values) -> list[tuple[str, str]]:
        path.write_bytes(api.book(plan, replace(submission, values=values)))
        found = api.check(path, SETTINGS).diagnostics
        return [
            (d.code, f"'{d.sheet}'!{d.cell}")
            for d in found
            if d.severity is not Severity.NOTE and d.code not in BY_CHANCE
        ]

    assert asked(values) == []
    for name, slip in SLIPS.items():
        changed = dict(values)
        key = Key(Stage.REPORT, "value", "EG_i_p", chance.randint(1, 2))
        code, at = slip(changed, key, chance.randint(1, 12))
        slot = plan[at]
        assert (code, f"'{slot.sheet}'!{slot.address}") in asked(changed), name
