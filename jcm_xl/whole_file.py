"""A file appears whole or not at all, and nothing but what was named is touched."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

LINK = "is a link to another file; name the file itself"


def write_whole(path: Path, data: bytes, *, is_new: bool = False) -> None:
    """Write a file under this name; raise `OSError` if that cannot be done.

    A link as the last part of the path is refused, linked folders are followed. A
    device or a pipe is written into and stays. What is replaced keeps its mode.
    `is_new`: raise `FileExistsError` where a file has come to stand there.
    """
    mode = _mode(path)
    if mode is not None and stat.S_ISLNK(mode):
        raise OSError(None, LINK, str(path))
    if mode is not None and not stat.S_ISREG(mode):
        with path.open("wb") as there:
            there.write(data)
        return
    put = _put_new if is_new else os.replace
    with _undisturbed():
        kept = _usual_mode() if mode is None else stat.S_IMODE(mode)
        _write_beside(path, data, kept, put)


def _put_new(part: str, path: Path) -> None:
    """Give a file its name, but only if nothing has it."""
    if sys.platform == "win32":
        os.rename(part, path)  # which replaces nothing there
        return
    try:
        os.link(part, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without second names
        if os.path.lexists(path):
            raise FileExistsError(None, "File exists", str(path)) from None
        os.replace(part, path)


def _write_beside(
    path: Path, data: bytes, mode: int, put: Callable[[str, Path], object]
) -> None:
    import tempfile  # costs some milliseconds, and most commands write nothing

    # An exclusive name that nobody can guess, short enough beside any other name.
    number, part = tempfile.mkstemp(prefix=".jcm-", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(data)
        os.chmod(part, mode)
        put(part, path)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(part)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let a request to end wait until the file is whole: it leaves nothing behind."""
    if sys.platform == "win32":
        yield
        return
    import signal

    waiting = {signal.SIGTERM, signal.SIGHUP}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, waiting)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _mode(path: Path) -> int | None:
    try:
        return path.lstat().st_mode
    except FileNotFoundError:
        return None


def _usual_mode() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
