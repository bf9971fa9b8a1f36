"""What a book could do to the process that judges it, done for real."""

from __future__ import annotations

import os
import sys
import time
from multiprocessing.connection import Connection

from jcm_xl.bulk.server import SAFE_PATH
from jcm_xl.bulk.worker import judge
from jcm_xl.model.finding import Report
from jcm_xl.submission.settings import Settings


def judge_badly(path: str, settings: Settings) -> Report:
    """Judge a book, but fail in the way its name asks for."""
    name = os.path.basename(path)
    if name.startswith("dies"):
        os._exit(3)
    if name.startswith("hangs"):
        time.sleep(60)
    if name.startswith("raises"):
        raise ZeroDivisionError
    return judge(path, settings)


def judge_hoarding(path: str, settings: Settings) -> Report:
    """Ask for more memory than a worker may have, where the check would."""
    import jcm_xl.bulk.worker as worker

    def hoard(*_: object) -> Report:
        return bytearray(4 * 1024**3)  # type: ignore[return-value]

    worker.judge_any = hoard  # this process ends with the test
    return judge(path, settings)


def tell_start(answers: Connection) -> None:
    """Say whether this process has a safe path, and what it would hand on."""
    answers.send((sys.flags.safe_path, os.environ.get(SAFE_PATH)))
