"""What the fork server imports first: it forgets the variable that it was started with.

A program that uses this package shares the server with it. What the program's own
processes start later is to find the environment that it knows.

Ctrl-C reaches every process of a terminal. One that is still being started has nobody
who would catch it, so it ends without a word; one of ours is told by its parent.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from types import FrameType

SAFE_PATH = "PYTHONSAFEPATH"
MARK = "jcm_xl"
"""Our value of it, unlike the user's; Python asks only whether there is one."""
_OURS = "jcm_xl.bulk.start"
_STARTING = "MainProcess"
"""What a process is called until it knows what it is to be."""


def interrupted(number: int, frame: FrameType | None) -> None:
    """Handle Ctrl-C in a process that the fork server made."""
    process = multiprocessing.current_process()
    if process.name == _STARTING:
        os._exit(1)
    if type(process).__module__ != _OURS:
        signal.default_int_handler(number, frame)


if os.environ.get(SAFE_PATH) == MARK:
    del os.environ[SAFE_PATH]
    if hasattr(signal, "pthread_sigmask"):
        signal.signal(signal.SIGINT, interrupted)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, (signal.SIGINT,))
