"""What is measured, in turns and by some processes, and what was found so far."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from bench.quality import guards
from bench.quality.adopted import TARGETS as OF_ADOPTED
from bench.quality.adopted import adopted
from bench.quality.books import KEYS
from bench.quality.claims import TARGETS as OF_CLAIMS
from bench.quality.claims import claims
from bench.quality.clipped import OF_CLIPPED, measured
from bench.quality.fills import fills, office_fills
from bench.quality.fuzz import fuzz
from bench.quality.guarded import TARGETS as OF_GUARDED
from bench.quality.guarded import guarded
from bench.quality.handled import TARGETS as OF_HANDLED
from bench.quality.handled import handled
from bench.quality.hands.judge import hands
from bench.quality.in_place import TARGETS as OF_IN_PLACE
from bench.quality.in_place import in_place
from bench.quality.inputs import legitimate, wrong_kinds
from bench.quality.judged import CORE, checks
from bench.quality.laws import laws
from bench.quality.mutants import mutants
from bench.quality.outcome import NOTHING, Outcome
from bench.quality.own_code import count, own_code, own_core
from bench.quality.ready import TARGETS as OF_READY
from bench.quality.ready import ready
from bench.quality.seen import TARGETS as OF_SEEN
from bench.quality.seen import seen
from bench.quality.tampered import TARGETS as OF_TAMPERED
from bench.quality.tampered import tampered
from bench.quality.touched import TARGETS as OF_TOUCHED
from bench.quality.touched import touched

ROOT = Path(__file__).parents[2]


_SOURCES = (
    "jcm_xl", "workbook_templates", "bench/quality", "tests/books.py",
    "tests/support.py", "tests/fuzz", "tests/library", "tests/checks/cases.py",
)  # fmt: skip


class Part(NamedTuple):
    """What is measured, how many in all, and how many at a time.

    is_late: whether it waits for the parts that are not.
    sources: folders and files on which the outcome rests; a change begins it anew.
    """

    run: Callable[[range], dict[str, Outcome]]
    count: int
    step: int
    sources: tuple[str, ...] = _SOURCES
    is_late: bool = False


PARTS = {
    "mutants": Part(mutants, 5100, 100),
    "wrong_kinds": Part(wrong_kinds, 2100, 50),
    "legitimate": Part(legitimate, 2000, 50),
    "fills": Part(fills, 1000, 5),
    "office_fills": Part(office_fills, 200, 8),
    "hands": Part(hands, 1000, 8),
    "guarded": Part(guarded, 1000, 10, (*_SOURCES, "tests/adopt")),
    "adopted": Part(adopted, 1000, 10, (*_SOURCES, "tests/adopt")),
    "in place": Part(in_place, 1000, 20),
    "laws": Part(laws, 500, 10),
    "own_code": Part(own_code, count(checks()), 20, (*_SOURCES, "tests"), True),
    "own_core": Part(own_core, count(CORE), 10, (*_SOURCES, "tests"), True),
    "fuzz": Part(fuzz, 5000, 50),
    "tampered": Part(tampered, 36_000, 240),
    "seen": Part(seen, 1_920, 48),
    "claims": Part(claims, 2_000, 50),
    "touched": Part(touched, 3_000, 75),
    "clipped": Part(measured, len(KEYS), 10, (*_SOURCES, "tests/writing")),
    "planted": Part(guards.planted, guards.CALLS, 9),
    "raising": Part(guards.raising, guards.CHECKS, 40),
    "edges": Part(guards.edges, 6_000, 100),
    "hostile": Part(guards.hostile, 1, 1, (*_SOURCES, "tests/hostile")),
    "packages": Part(guards.packages, 160, 20, (*_SOURCES, "tests/hostile")),
    "guided": Part(guards.guided, 1, 1),
    "scheme": Part(guards.scheme, 1, 1),
    "handled": Part(handled, 500, 20),
    "ready": Part(ready, 1000, 20),
}
TARGETS = {
    "own": "clean fills as written: 0 with an error, at most 2 % with a warning",
    "openpyxl": "the same, saved by openpyxl",
    "LibreOffice": "the same, saved by LibreOffice",
    "hands": "fills by many hands, no layout of ours: 0 with an error",
    "hands read": "numbers, periods and Table 3 read from them rightly: all",
    "three hands": "fills in which definition, sheet and file give one number: all",
    "killed": "single-cell mutants of cells that are no inputs: 100 % found",
    "right cell": "mutants found at the very cell: 98 %",
    "wrong kinds": "inputs of a wrong kind: 100 % found at the cell",
    "legitimate changes": "legitimate changes that ask for action: 0",
    "metamorphic relations": "relations that must hold: all",
    "fuzz": "damaged files within 5 s and 512 MB, without a crash: all",
    **OF_ADOPTED,
    **OF_GUARDED,
    **OF_IN_PLACE,
    **OF_TAMPERED,
    **OF_SEEN,
    **OF_CLAIMS,
    **OF_TOUCHED,
    **OF_CLIPPED,
    **guards.TARGETS,
    **OF_HANDLED,
    **OF_READY,
    "own code": "mutants of our checks that their fixtures notice: 75 %",
    "own units": "mutants of the algebra of units that its tests notice: 75 %",
    "own formulas": "mutants of the comparison of formulas, the same: 75 %",
    "own numbers": "mutants of the comparison of numbers, the same: 75 %",
}


def measure(
    wanted: dict[str, Part], state: Path, end: float, processes: int = 2
) -> None:
    """Run what is not done yet until the clock says `end`; add it to the state."""
    digests = {name: digest(p.sources) for name, p in PARTS.items()}
    done = {(line["part"], line["first"]) for line in _lines(state)}
    rest = {
        name: [f for f in range(0, p.count, p.step) if (name, f) not in done]
        for name, p in wanted.items()
    }
    with ProcessPoolExecutor(processes) as pool:
        running: dict[Future[dict[str, Outcome]], tuple[str, int]] = {}
        while True:
            while len(running) < processes and time.monotonic() < end:
                if not any(rest.values()):
                    break
                # The part that has the largest share before it comes next.
                name = max(filter(rest.get, rest), key=_share_left(rest))
                first = rest[name].pop(0)
                part = PARTS[name]
                seeds = range(first, min(first + part.step, part.count))
                running[pool.submit(part.run, seeds)] = (name, first)
            if not running:
                return
            ended, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in ended:
                name, first = running.pop(future)
                with state.open("a", encoding="utf-8") as file:
                    found = {key: list(o) for key, o in future.result().items()}
                    line = {"part": name, "code": digests[name],
                            "first": first, "found": found}  # fmt: skip
                    file.write(json.dumps(line) + "\n")


def _share_left(rest: dict[str, list[int]]) -> Callable[[str], float]:
    """Return how much of a part is still to do; what is late waits for the others."""

    def left(name: str) -> float:
        share = len(rest[name]) * PARTS[name].step / PARTS[name].count
        return share - 9.0 if PARTS[name].is_late else share

    return left


def _lines(state: Path) -> list[dict]:
    """Return what was done with the sources as they are now."""
    if not state.exists():
        return []
    lines = map(json.loads, state.read_text(encoding="utf-8").splitlines())
    return [
        line
        for line in lines
        if (part := PARTS.get(line["part"]))
        and line.get("code") == digest(part.sources)
    ]


@lru_cache(maxsize=4)
def digest(sources: tuple[str, ...]) -> str:
    """Return one number for all these files, as they were at the start."""
    whole = hashlib.sha256()
    for name in sources:
        top = ROOT / name
        assert top.exists(), f"{top} is gone"
        for path in sorted((top, *top.rglob("*"))):
            if path.is_file() and "__pycache__" not in path.parts:
                whole.update(f"{path.relative_to(top.parent)}\0".encode())
                whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()[:16]


def kept(state: Path) -> dict[str, Outcome]:
    """Return what was found so far with the sources as they are now."""
    total = dict.fromkeys(TARGETS, NOTHING)
    for line in _lines(state):
        for name, (tried, wrong, samples, aside) in line["found"].items():
            pairs = tuple((key, count) for key, count in aside)
            total[name] += Outcome(tried, wrong, tuple(samples), pairs)
    return total


_BOUNDED = {**OF_TAMPERED, **OF_SEEN}


def table(found: dict[str, Outcome]) -> str:
    """Return the table of the page, a line for each target."""
    lines = ["| measured, with its target | tried | wrong | right | aside |",
             "|---|---:|---:|---:|---|"]  # fmt: skip
    for name, (tried, wrong, _, aside) in found.items():
        share = f"{100 * (tried - wrong) / tried:.2f} %" if tried else "not measured"
        if name in _BOUNDED and tried and not wrong:
            share += f" (95 %: less than {100 * (1 - 0.05 ** (1 / tried)):.2f} % wrong)"
        words = ", ".join(f"{key}: {n}" for key, n in aside if n)
        lines.append(f"| {TARGETS[name]} | {tried:,} | {wrong:,} | {share} | {words} |")
    return "\n".join(lines)
