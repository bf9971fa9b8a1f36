"""Two things timed in turn (A B A B ...), and whole processes by `wait4`."""

from __future__ import annotations

import gc
import json
import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Collection, Sequence
from operator import attrgetter
from pathlib import Path
from time import perf_counter, sleep
from typing import NamedTuple

WARM_UPS = 3
_ONCE = Path(__file__).with_name("once.py")
_STAT = Path("/proc/stat")
_LOOK = 0.03
_IDLE = 0.93


class Patience:
    """Waits before each round until nobody else is using the machine.

    Another program on the second core slows one side more than the other. All waits
    together are bounded; `hurried` counts the rounds that began without a look.
    """

    def __init__(self, seconds: float) -> None:
        self.left = seconds
        self.hurried = self.rounds = 0

    def wait(self) -> None:
        """Return when the machine is idle, or when there is no patience left."""
        self.rounds += 1
        while self.left > 0 and _STAT.exists():
            if self._is_idle():
                return
        self.hurried += 1

    def _is_idle(self) -> bool:
        before = _ticks()
        sleep(_LOOK)
        all_ticks, idle = (b - a for a, b in zip(before, _ticks(), strict=True))
        is_idle = idle >= _IDLE * all_ticks
        if not is_idle:
            self.left -= _LOOK
        return is_idle


def _ticks() -> tuple[int, int]:
    """Return all ticks of the processor and the idle ones among them."""
    first_line = _STAT.read_text(encoding="ascii").partition("\n")[0]
    ticks = [int(word) for word in first_line.split()[1:9]]
    return sum(ticks), ticks[3] + ticks[4]


patience = Patience(0)


class Pairs(NamedTuple):
    """Seconds of the two sides, one entry a round."""

    ours: list[float]
    other: list[float]

    @property
    def ratio(self) -> float:
        """Return the median over the rounds of ours / other."""
        return statistics.median(
            a / b for a, b in zip(self.ours, self.other, strict=True)
        )


class Process(NamedTuple):
    """One finished process: seconds on the wall and of processors, peak in bytes."""

    seconds: float
    processor: float
    peak: int


def in_turn(
    ours: Callable[[], object], other: Callable[[], object], rounds: int
) -> Pairs:
    """Time two functions of this process alternately, after a warm-up."""
    return _in_turn(lambda: _seconds(ours), lambda: _seconds(other), rounds, WARM_UPS)


def processes_in_turn(
    ours: Sequence[str],
    other: Sequence[str],
    rounds: int,
    time: Callable[[Process], float] = attrgetter("seconds"),
) -> Pairs:
    """Time two whole processes alternately, after one run of each."""
    return _in_turn(lambda: time(run(ours)), lambda: time(run(other)), rounds, 1)


def _in_turn(
    ours: Callable[[], float], other: Callable[[], float], rounds: int, warm_ups: int
) -> Pairs:
    for _ in range(warm_ups):
        ours()
        other()
    pairs = Pairs([], [])
    for _ in range(rounds):
        patience.wait()
        pairs.ours.append(ours())
        pairs.other.append(other())
    return pairs


def _seconds(function: Callable[[], object]) -> float:
    gc.collect()
    start = perf_counter()
    function()
    return perf_counter() - start


def _as_installed() -> dict[str, str]:
    """An installed program has its bytecode beside it; the warm-up writes ours."""
    hinders = ("PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX")
    return {name: value for name, value in os.environ.items() if name not in hinders}


def run(command: Sequence[str], codes: Collection[int] = (0,)) -> Process:
    """Run a command to its end; raise `RuntimeError` unless it exits with one of these.

    A check that finds something exits with 1, one that cannot judge with 2.
    """
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(_ONCE), *command],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        env=_as_installed(),
    )
    if done.returncode not in codes:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    told = json.loads(done.stdout.splitlines()[-1])
    return Process(**told)
