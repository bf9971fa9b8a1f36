"""Damaged files: each judged in a process with bounded time and memory."""

from __future__ import annotations

from bench.quality.outcome import NOTHING, Outcome
from tests.fuzz.books import fuzzed_book
from tests.fuzz.child import Child
from tests.fuzz.judge import judge

SEED, MEGABYTES, SECONDS = 20261122, 512, 5.0


def fuzz(seeds: range) -> dict[str, Outcome]:
    """Judge damaged books; a crash, a delay or a broken law is trouble."""
    total, child = NOTHING, Child(judge, MEGABYTES, SECONDS)
    for number in seeds:
        outcome = child.judge(fuzzed_book(SEED, number).data)
        trouble = outcome.trouble
        words = (f"number {number}: {trouble}"[:200],) if trouble else ()
        total += Outcome(1, int(bool(trouble)), words)
    child.close()
    return {"fuzz": total}
