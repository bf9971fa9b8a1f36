"""A file that somebody names is read only if it is a plain file of bearable size.

A named pipe without a writer would hang for ever, a device such as /dev/zero never
ends, and a file may grow while it is read.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

DEFINITION_BYTES = 2_000_000
"""The largest definition or overlay."""
NOT_PLAIN = "it is not a regular file"


class TooLarge(OSError):
    """A file that is larger than what it is for can be."""


def read_plain(path: str | os.PathLike[str], most: int) -> bytes:
    """Return the bytes of a file, at most so many.

    Raises `OSError` with a reason in `strerror`; of it `TooLarge`.
    """
    with open(path, "rb", 0, opener=without_waiting) as stream:
        status = os.fstat(stream.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise OSError(None, NOT_PLAIN, str(path))
        if status.st_size > most:
            raise _too_large(path, most)
        data = stream.read(most + 1) or b""
    if len(data) > most:
        raise _too_large(path, most)
    return data


def without_waiting(path: str, flags: int) -> int:
    """Open a file; a named pipe without a writer would otherwise hang for ever."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _too_large(path: str | os.PathLike[str], most: int) -> TooLarge:
    reason = f"it is larger than {most // 1_000_000} MB"
    return TooLarge(None, reason, str(Path(path)))
