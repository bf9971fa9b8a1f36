"""Judges files in a child process with bounded memory and time.

Time is that of the processor, so that a busy machine makes no file slow: the system
ends a process that uses more. The clock on the wall ends one that only waits.
"""

from __future__ import annotations

import faulthandler
import gc
import math
import multiprocessing
import resource
import signal
import tempfile
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

MEGABYTE = 1024 * 1024
PATIENCE = 60
"""How many times the limit may pass on the wall before a process counts as hung."""

Judge = Callable[[bytes, Path], int]


class Outcome(NamedTuple):
    """What came of one file; `trouble` is empty unless a law was broken."""

    exit_code: int
    seconds: float
    megabytes: float
    trouble: str = ""


class Child:
    """A process that judges one file after the other, begun anew after a death."""

    def __init__(
        self, judge: Judge, megabytes: int, seconds: float, patience: int = PATIENCE
    ) -> None:
        """Remember the limits; the process starts with the first file."""
        self._judge = judge
        self._megabytes = megabytes
        self._seconds = seconds
        self._patience = patience * seconds
        self._context = multiprocessing.get_context("fork")
        self._process: Any = None
        self._pipe: Any = None

    def judge(self, data: bytes) -> Outcome:
        """Return the outcome of one file; a death or a delay is an outcome too."""
        if self._process is None:
            self._start()
        began = time.perf_counter()
        try:
            self._pipe.send_bytes(data)
            if self._pipe.poll(self._patience):
                return self._in_time(self._pipe.recv())
            trouble = f"still busy after {self._patience:g} s"
        except (EOFError, OSError):
            self._process.join()
            code = self._process.exitcode
            is_late = code == -signal.SIGXCPU
            trouble = "used up its time" if is_late else f"the process died ({code})"
        self.close()
        return Outcome(2, time.perf_counter() - began, 0, trouble)

    def _in_time(self, outcome: Outcome) -> Outcome:
        if outcome.trouble or outcome.seconds <= self._seconds:
            return outcome
        return outcome._replace(trouble=f"took {outcome.seconds:.1f} s")

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._pipe.close()
            self._process = None

    def _start(self) -> None:
        self._pipe, there = self._context.Pipe()
        arguments = (there, self._judge, self._megabytes, self._seconds)
        self._process = self._context.Process(
            target=_serve, args=arguments, daemon=True
        )
        self._process.start()
        there.close()


def _serve(pipe: Any, judge: Judge, megabytes: int, seconds: float) -> None:
    faulthandler.disable()  # the parent tells of a death, in one line
    gc.freeze()  # else each collection walks through all that the parent has loaded
    limit = _address_space() + megabytes * MEGABYTE
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with tempfile.TemporaryDirectory() as folder, suppress(EOFError):
        while True:
            data = pipe.recv_bytes()
            end = math.ceil(time.process_time() + seconds) + 1
            resource.setrlimit(resource.RLIMIT_CPU, (end, resource.RLIM_INFINITY))
            pipe.send(_outcome(judge, data, Path(folder)))


def _address_space() -> int:
    """Return what a fork begins with: all that its parent had loaded counts, too."""
    with suppress(OSError):  # there is no /proc on macOS
        pages = Path("/proc/self/statm").read_text("ascii").split()[0]
        return int(pages) * resource.getpagesize()
    return 0


def _outcome(judge: Judge, data: bytes, folder: Path) -> Outcome:
    began = time.process_time()
    code, trouble = 2, ""
    try:
        code = judge(data, folder)
    except BaseException:  # whatever it is, it is what we look for
        trouble = traceback.format_exc()
    seconds = time.process_time() - began
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Outcome(code, seconds, used, trouble)
