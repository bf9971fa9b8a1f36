"""Fills of which the sheet Check says another word than the check: none may be."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

from bench.quality.outcome import NOTHING, Outcome
from tests.support import SHAPES

TARGETS = {"ready": "fills of which the sheet and the check say another word: 0"}


def ready(seeds: range) -> dict[str, Outcome]:
    """Fill the shapes in turn, sound and not, and ask both."""
    from tests.library.readiness import filled, judged
    from tests.office.harness import Office, missing

    total = NOTHING
    if missing():
        return {"ready": total}
    with tempfile.TemporaryDirectory() as folder, Office() as office:
        for seed in seeds:
            key = SHAPES[seed % len(SHAPES)]
            plan, submission = filled(key, random.Random(f"ready {seed}"))
            said = judged(plan, submission, Path(folder) / "book.xlsx", office)
            is_wrong = said.sheet != said.check
            sample = f"{key} {seed} {said.sheet} {said.check} {said.why}"
            aside = ((f"said {said.check}", 1),)
            total += Outcome(1, int(is_wrong), (sample,) if is_wrong else (), aside)
    return {"ready": total}
