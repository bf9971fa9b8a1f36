"""What takes long to make of a file, kept in the user's cache; never stale.

The name of a kept file holds a digest of all that it is made of: when that changes, the
name does. If the cache cannot be written, nothing is kept. A folder in which somebody
else may write is not read, and nothing is read that could run.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from jcm_xl.whole_file import write_whole

T = TypeVar("T")


def kept(
    source: Path,
    digest: str,
    make: Callable[[], T],
    to_text: Callable[[T], str],
    from_text: Callable[[str], T],
) -> T:
    """Return what `make` returns, made now unless it was kept for this digest.

    What was kept of an earlier state of the source is removed. `from_text` raises
    `ValueError`, `TypeError` or `LookupError` for a text that `to_text` did not write.
    """
    place = hashlib.sha256(str(source).encode()).hexdigest()[:8]
    start = f"{source.stem}-{place}"
    path = _folder() / f"{start}-{digest[:32]}.json"
    with suppress(OSError, ValueError, TypeError, LookupError):
        if _is_ours_alone(path.parent):
            return from_text(path.read_text(encoding="utf-8"))
    made = make()
    with suppress(OSError):
        _keep(path, start, to_text(made))
    return made


def _folder() -> Path:
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA", "")
    else:
        base = os.environ.get("XDG_CACHE_HOME", "")
    return Path(base or os.path.expanduser("~/.cache")) / "jcm-xl"


def _is_ours_alone(folder: Path) -> bool:
    """Tell whether nobody else can have put a file there."""
    if sys.platform == "win32":
        return True  # the folder belongs to the user's profile
    status = folder.stat()
    return status.st_uid == os.getuid() and not status.st_mode & 0o022


def _keep(path: Path, start: str, text: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    for old in path.parent.glob(f"{start}-*.json"):
        old.unlink(missing_ok=True)
    write_whole(path, text.encode())
