"""Many books judged side by side, in order, none of them able to stop the others."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import TimeoutError as TookTooLong
from itertools import chain, islice
from pathlib import Path
from typing import Any

from jcm_xl.bulk import MOST_JOBS, server, worker
from jcm_xl.bulk.failure import died, failed, too_slow
from jcm_xl.bulk.start import METHOD, Context
from jcm_xl.bulk.worker import judge, prepare
from jcm_xl.checks.run import check_modules
from jcm_xl.definition.library import DEFINITIONS, OVERLAYS
from jcm_xl.model.finding import Report
from jcm_xl.submission.settings import Settings
from jcm_xl.xlsx import limits

_AHEAD = 16
"""So many books a process are under way or wait to be told in their order."""

Judge = Callable[[str, Settings], Report]


def judge_all(
    paths: Iterable[Path],
    settings: Settings,
    *,
    jobs: int = 0,
    seconds: float = limits.WORKER_SECONDS,
    judge_one: Judge = judge,
) -> Iterator[Report]:
    """Yield the reports in the order of the paths, each book judged for itself."""
    tasks = ((path, settings) for path in paths)
    return judge_each(tasks, jobs=jobs, seconds=seconds, judge_one=judge_one)


def judge_each(
    tasks: Iterable[tuple[Path, Settings]],
    *,
    jobs: int = 0,
    seconds: float = limits.WORKER_SECONDS,
    judge_one: Judge = judge,
) -> Iterator[Report]:
    """Yield the reports in the order of the tasks; memory does not grow with them.

    Each book is judged by one of `jobs` processes (as many as there are processors),
    within a time and within a memory. What exceeds them, or brings its process down,
    cannot be judged, and the next book meets a new process.
    """
    from pebble import ProcessPool

    waiting: deque[tuple[str, Any]] = deque()
    coming = iter(tasks)
    first = [*islice(coming, min(jobs or _processors(), MOST_JOBS))]
    count = len(first) or 1  # all of them are started at once, needed or not
    pool: Any = ProcessPool(
        max_workers=count, context=_context(), initializer=prepare,
        initargs=({name: os.environ.get(name) for name in (OVERLAYS, DEFINITIONS)},),
    )  # fmt: skip
    try:
        for path, settings in chain(first, coming):
            task = (os.path.abspath(path), settings)
            waiting.append(
                (path.name, pool.schedule(judge_one, args=task, timeout=seconds))
            )
            if len(waiting) >= count * _AHEAD:
                yield _told(*waiting.popleft(), seconds)
        while waiting:
            yield _told(*waiting.popleft(), seconds)
        pool.close()
    finally:
        pool.stop()
        pool.join()


def _told(name: str, future: Any, seconds: float) -> Report:
    from pebble import ProcessExpired

    try:
        report: Report = future.result()
    except TookTooLong:
        return too_slow(name, seconds)
    except ProcessExpired:
        return died(name)
    except Exception as error:  # what came back could not be sent, or not be read
        return failed(name, error)
    return report


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _context() -> Any:
    """Return how processes are started: from a clean one that has all imported."""
    context = Context()
    if METHOD == "forkserver":
        context.set_forkserver_preload(
            [server.__name__, worker.__name__, *check_modules()]
        )
    return context
