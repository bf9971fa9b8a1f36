"""Sound books of every methodology, and the same saved by other programs."""

from __future__ import annotations

import io
import random
from datetime import date
from functools import lru_cache
from typing import Any

import openpyxl

from jcm_xl import api
from jcm_xl.checks.run import check_grid
from jcm_xl.checks.settings import Settings
from jcm_xl.definition.library import entries
from jcm_xl.model.finding import Diagnostic, Severity
from jcm_xl.model.methodology import Bounds, Methodology, Parameter
from jcm_xl.model.submission import Submission
from jcm_xl.workbook.grid import Grid
from jcm_xl.workbook.package import open_package
from jcm_xl.workbook.plan import Plan, make_plan
from jcm_xl.workbook.read import read_grid
from tests.checks.cases import TODAY
from tests.checks.test_clean import _units, _value
from tests.library.fills import _within
from tests.support import example_book

KEYS = tuple(entry.key for entry in entries())
QUICK = Settings(today=TODAY, second_opinion=False)
FULL = Settings(today=TODAY)
BY_CHANCE = ("JX404", "JX405", "JX501", "JX603", "JX622")
"""Chance knows neither what is eligible, nor what a reduction is, nor new versions."""


def filled(key: str, seed: int) -> bytes:
    """Return a book that an honest participant could have filled."""
    return api.book(*fill(key, seed))


def fill(key: str, seed: int) -> tuple[Plan, Submission]:
    """Return plausible values of both stages; the report varies about the plan."""
    m, chance = api.load(key), random.Random(f"{key} {seed}")
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
        for unit in _units(p, rows):
            value = _planned(m, p, chance)
            values[f"mps.value:{p.name}{unit}"] = value
            if not p.is_monitored:
                continue
            values[f"mrs.value:{p.name}{unit}"] = _monitored(p, value, chance)
            if len(p.options) > 1:
                option = f"Option {chance.choice(p.options)}"
                values[f"mps.option:{p.name}{unit}"] = option
                values[f"mrs.option:{p.name}{unit}"] = option
    return plan, Submission(m.id, m.version, plan.rows, values)


def _planned(m: Methodology, p: Parameter, chance: random.Random) -> Any:
    limits = p.plausible or Bounds()
    for number in range(60):
        if number < 20:
            value = _value(m, p, chance)
        else:
            value = _within(limits if number % 2 else p.bounds, chance)
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


def resaved(data: bytes) -> bytes:
    """Return a book after openpyxl has saved it."""
    file = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(data)).save(file)
    return file.getvalue()


def grid_of(data: bytes, folder: str) -> Grid:
    """Read a book."""
    from pathlib import Path

    path = Path(folder) / "book.xlsx"
    path.write_bytes(data)
    return read_grid(open_package(path))


@lru_cache(maxsize=4)
def sound(key: str, folder: str) -> tuple[Plan, Grid]:
    """Return the complete example of a methodology."""
    plan, submission = example_book(key)
    return plan, grid_of(api.book(plan, submission), folder)


def asks(grid: Grid, settings: Settings = QUICK) -> list[Diagnostic]:
    """Return the findings that ask for action."""
    report = check_grid(grid, settings=settings)
    return [d for d in report.diagnostics if d.severity > Severity.NOTE]
