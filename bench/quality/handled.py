"""Books in which hands dragged, cut, pasted, filled and sorted: what Table 3 shows."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

from bench.quality.outcome import NOTHING, Outcome
from tests.support import SHAPES

TARGETS = {"handled": "handlings after which Table 3 is not what its inputs give: 0"}


def handled(seeds: range) -> dict[str, Outcome]:
    """Handle the shapes in turn, each with and without the sheet Monthly."""
    from tests.library.handlings import handle
    from tests.office.harness import Office, missing

    total = NOTHING
    if missing():
        return {"handled": total}
    with tempfile.TemporaryDirectory() as folder, Office() as office:
        for seed in seeds:
            key, monthly = SHAPES[seed % len(SHAPES)], seed // len(SHAPES) % 2 == 1
            found = handle(key, monthly, random.Random(seed), office, Path(folder))
            is_wrong = found.shown != found.expected
            sample = f"{key} {seed} {found.shown} {found.expected} {found.hands}"
            total += Outcome(1, int(is_wrong), (sample,) if is_wrong else ())
    return {"handled": total}
