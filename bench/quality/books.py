"""Sound books of every methodology, and the same saved by other programs."""

from __future__ import annotations

import io
import random
from functools import lru_cache

import openpyxl

from jcm_xl import api
from jcm_xl.checks.run import check_grid
from jcm_xl.definition.library import entries
from jcm_xl.model.finding import Diagnostic, Severity
from jcm_xl.model.submission import Submission
from jcm_xl.plan.plan import Plan
from jcm_xl.submission.settings import Settings
from jcm_xl.xlsx.grid import Grid
from jcm_xl.xlsx.package import open_package
from jcm_xl.xlsx.read import read_grid
from tests.checks.cases import TODAY
from tests.library.plausible import plausible_fill
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
    """Return what an honest participant could have typed."""
    return plausible_fill(api.load(key), random.Random(f"{key} {seed}"))


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
