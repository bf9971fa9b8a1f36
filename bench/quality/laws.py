"""Metamorphic relations: what must stay, or move in step, when inputs are changed."""

from __future__ import annotations

import tempfile
from dataclasses import replace

from bench.quality.books import FULL, KEYS, fill, filled, grid_of
from bench.quality.outcome import NOTHING, Outcome
from jcm_xl import api
from jcm_xl.checks.run import check_grid
from jcm_xl.model.submission import Stage, Submission
from jcm_xl.model.tolerance import same_number
from jcm_xl.text.languages import BORROWED


def laws(seeds: range) -> dict[str, Outcome]:
    """Permute unit rows; read in another language; write the read book again."""
    total = NOTHING
    with tempfile.TemporaryDirectory() as folder:
        for seed in seeds:
            key = KEYS[seed % len(KEYS)]
            plan, submission = fill(key, seed)
            first = api.calculate_stages(plan, submission)[1][Stage.REPORT]
            turned = _turned(submission)
            second = api.calculate_stages(plan, turned)[1][Stage.REPORT]
            a, b = first.unrounded, second.unrounded
            is_same = a == b or (a is not None and b is not None and same_number(a, b))
            words = () if is_same else (f"{key} {seed}: {a} {b}",)
            total += Outcome(1, int(not is_same), words)
            grid = grid_of(filled(key, seed), folder)
            page = api.render(check_grid(grid, settings=FULL), ["ja"])
            words = (f"{key} {seed}: English in Japanese",) if BORROWED in page else ()
            total += Outcome(1, len(words), words)
    return {"metamorphic relations": total}


def _turned(submission: Submission) -> Submission:
    """Return the same units in reverse order."""
    counts = set(submission.rows.values())
    if len(counts) != 1:
        return submission  # of several sets, or without any
    (count,) = counts
    values = {
        key.with_unit(count + 1 - key.unit) if key.name and key.unit else key: value
        for key, value in submission.values.items()
    }
    return replace(submission, values=values)
