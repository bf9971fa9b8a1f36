"""The vectors that every host is given: each example of each definition, as a book."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

from jcm_xl import api
from jcm_xl.model.key import Key
from jcm_xl.model.methodology import Methodology
from jcm_xl.model.submission import Stage, StageInputs, Submission
from jcm_xl.plan.plan import Plan
from jcm_xl.plan.slot import Slot
from jcm_xl.xlsx.grid import Grid
from jcm_xl.xlsx.read import read_grid
from tests.books import example_submission
from tests.keys import slot_key
from tests.live.hosts import Raw, ranges

NAMES = ("RE", "PE", "ER", "CREDITED")
Figures: TypeAlias = Mapping[tuple[Stage, str], object]
"""What a host gives for a book: a number, or in words why it gives none."""


@dataclass(frozen=True)
class Case:
    """One book, with its plan and what was typed into it."""

    name: str
    plan: Plan
    submission: Submission
    path: Path

    @property
    def methodology(self) -> Methodology:
        return self.plan.methodology

    @cached_property
    def grid(self) -> Grid:
        return read_grid(self.path)

    @cached_property
    def inputs(self) -> Mapping[Stage, StageInputs]:
        return api.calculate_stages(self.plan, self.submission)[0]

    def arguments(self, stage: Stage) -> tuple[Raw | None, ...]:
        """Return the ranges as a host hands them over, in the functions' order."""
        return ranges(self.grid, self.plan, stage)

    def live_cells(self) -> Iterator[tuple[tuple[Stage, str], Slot]]:
        """Yield where the sheet Live shows each figure."""
        for stage in Stage:
            for name in NAMES:
                yield (stage, name), self.plan[slot_key(f"live.value:{stage}.{name}")]

    def cells(self) -> Iterator[tuple[tuple[Stage, str], Slot]]:
        """Yield where the sheets themselves show each figure."""
        results = self.methodology.results
        quantities = (results.reference, results.project, results.reduction)
        for stage in Stage:
            keys = [Key(stage, "quantity", name) for name in quantities]
            for name, key in zip(NAMES, [*keys, Key(stage, "result")], strict=True):
                yield (stage, name), self.plan[key]


def cases(keys: Iterable[str], folder: Path) -> Iterator[Case]:
    """Write the example books of these definitions, with LibreOffice's live cells."""
    for key in keys:
        m = api.load(key)
        for number, example in enumerate(m.examples):
            plan, submission = example_submission(m, number, live="libreoffice")
            path = folder / f"{key}-{number}.xlsx"
            path.write_bytes(api.book(plan, submission))
            yield Case(f"{key} ({number + 1}) {example.title}", plan, submission, path)
