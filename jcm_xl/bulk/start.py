"""Processes of our own that import nothing from the current folder.

Python starts the processes of `multiprocessing`, and the two that help it, as
`python -c ...`, which looks for modules in the current folder first, before the
standard library; there lie a stranger's files. PYTHONSAFEPATH forbids it. It can only
be handed over in the environment, so it stands there while a process is started and
no longer: other programs that this one starts do not inherit it.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from jcm_xl.bulk.server import MARK, SAFE_PATH
from jcm_xl.errors import JcmError

METHOD = "forkserver"
if METHOD not in multiprocessing.get_all_start_methods():
    METHOD = "spawn"
_PLAIN: Any = multiprocessing.get_context(METHOD)
_one_at_a_time = threading.RLock()  # a pool starts processes in its threads, too


class UnsafeStart(JcmError):
    """Python was told that its processes are not to look at the environment."""


@contextmanager
def safe_path() -> Iterator[None]:
    """Let the Python that is started here not look into the current folder."""
    if sys.flags.ignore_environment and not sys.flags.safe_path:
        raise UnsafeStart(
            "Python was started with the option -E, by which its processes would look "
            "for modules in the current folder first. Start it with -P, too."
        )
    with _one_at_a_time, _no_interrupt():
        before = os.environ.get(SAFE_PATH)
        os.environ[SAFE_PATH] = before or MARK
        try:
            yield
        finally:
            if before is None:
                del os.environ[SAFE_PATH]
            else:
                os.environ[SAFE_PATH] = before


@contextmanager
def _no_interrupt() -> Iterator[None]:
    """Let a Python that is started here hear no Ctrl-C before it can deal with it."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT,))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class Process(_PLAIN.Process):  # type: ignore[misc]
    """A process started in a safe path; the first one starts the fork server, too."""

    def start(self) -> None:
        """Start it."""
        with safe_path():
            super().start()


class Context(type(_PLAIN)):  # type: ignore[misc]
    """How a pool starts its processes, in place of one of multiprocessing's."""

    Process = Process

    def RLock(self) -> Any:
        """Make a lock; the first one starts the process that looks after them."""
        with safe_path():
            return super().RLock()
