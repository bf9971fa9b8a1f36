"""Complete, correct books for the tests of the checks."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path

from jcm_xl.definition import library
from jcm_xl.model.methodology import Methodology
from jcm_xl.model.submission import Submission
from jcm_xl.plan.edition import Edition
from jcm_xl.plan.layout import Layout
from jcm_xl.plan.layout import layout as official_layout
from jcm_xl.plan.plan import Plan, make_plan
from jcm_xl.plan.slot import Slot
from jcm_xl.text.languages import languages, messages
from jcm_xl.xlsx.grid import Cell, Grid
from tests.books import CORE, example_values

DEFINITIONS = Path(__file__).parent / "definitions"
"""Definitions of methodologies that nobody has approved."""

OURS = tuple(sorted(p.stem.partition("_ver")[0] for p in DEFINITIONS.glob("*.toml")))
SHAPES = (*CORE, *OURS)
"""What the tests look at closely; tests/library/sweep.py has all others, too."""

WHOLE = tuple(name for name in languages() if not messages(name).find("unreviewed"))
"""Languages that say every text; the others fall back to English, with its mark."""


def methodology(key: str) -> Methodology:
    """Load a definition of the library or of the tests."""
    return library.load(key, DEFINITIONS)


def example_book(
    key: str | Methodology,
    stage: str = "report",
    *,
    number: int = 0,
    rows: Mapping[str, int] | None = None,
    language: str = "en",
    monthly: bool = False,
    meters: bool = False,
    layout: Layout | None = None,
) -> tuple[Plan, Submission]:
    """Return plan and submission of an example, complete and correct.

    Each set has one spare row more than the example has units, unless `rows` says
    otherwise: enough to see how unused rows behave, and quick to write.
    """
    m = methodology(key) if isinstance(key, str) else key
    example = m.examples[number]
    counts = {name: 1 for name in m.sets}
    for p in m.inputs:
        given = example.given.get(p.name)
        if p.index and isinstance(given, list):
            counts[p.index] = max(counts[p.index], len(given) + 1)
    edition = Edition(language, monthly, meters, layout=layout or official_layout())
    plan = make_plan(m, {**counts, **(rows or {})}, edition)
    values = example_values(m, example, stage)
    return plan, Submission(m.id, m.version, plan.rows, values)


def with_cell(grid: Grid, slot: Slot, cell: Cell) -> Grid:
    """Return a book with another cell at the place of a slot."""
    sheets = tuple(
        dataclasses.replace(sheet, cells={**sheet.cells, (slot.row, slot.column): cell})
        if sheet.name == slot.sheet
        else sheet
        for sheet in grid.sheets
    )
    return dataclasses.replace(grid, sheets=sheets)
