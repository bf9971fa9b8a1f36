"""One book judged in a process of its own, with bounded memory."""

from __future__ import annotations

import contextlib
import gc
import os
from collections.abc import Mapping
from pathlib import Path

from jcm_xl.bulk.failure import failed, too_large
from jcm_xl.checks.run import catalogue
from jcm_xl.model.finding import Report
from jcm_xl.projects.judge import judge_any
from jcm_xl.submission.settings import Settings
from jcm_xl.xlsx import limits


def prepare(named: Mapping[str, str | None], memory: int = limits.WORKER_BYTES) -> None:
    """Make ready once in each process: limits, folders named, all checks imported.

    named: variables of the environment, such as that of the overlays; None: not set.
    """
    for variable, value in named.items():
        os.environ.pop(variable, None)
        if value is not None:
            os.environ[variable] = value
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource  # there is none on Windows

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    catalogue()
    gc.freeze()


def judge(path: str, settings: Settings) -> Report:
    """Judge one book; whatever goes wrong is a report on this book alone."""
    name = Path(path).name
    try:
        return judge_any(path, settings).report
    except MemoryError:
        return too_large(name)
    except Exception as error:
        return failed(name, error)
