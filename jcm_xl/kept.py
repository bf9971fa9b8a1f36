"""What takes long to make of a file, kept in the user's cache; never stale.

The name of a kept file holds a digest of all that it is made of: when that changes, the
name does. If the cache cannot be written, nothing is kept. A folder in which somebody
else may write is not read, and nothing is read that could run. The first line of a kept
file is the digest of the rest: what is damaged, too long or no plain file is made anew.
Of too many files the older half is removed.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from jcm_xl.whole_file import write_whole

T = TypeVar("T")
_LONGEST = 16 * 1024 * 1024
_MOST_FILES = 1_000
"""How many files are kept; the library makes about a hundred."""


def kept(
    source: Path,
    digest: str,
    make: Callable[[], T],
    to_text: Callable[[T], str],
    from_text: Callable[[str], T],
) -> T:
    """Return what `make` returns, made now unless it was kept for this digest.

    What was kept of an earlier state of the source is removed. `from_text` raises
    an exception for a text that `to_text` did not write: then it is made anew.
    """
    place = hashlib.sha256(str(source).encode()).hexdigest()[:8]
    start = f"{source.stem}-{place}"
    folder = _folder()
    if folder is None:
        return make()
    path = folder / f"{start}-{digest[:32]}.json"
    with suppress(Exception):  # whatever is wrong with it: it can be made anew
        if _is_ours_alone(folder) and (text := _sound(path)) is not None:
            return from_text(text)
    made = make()
    with suppress(OSError):
        _keep(path, start, to_text(made))
    return made


def _sound(path: Path) -> str | None:
    """Return what was kept in a file, `None` where it is not what was written."""
    status = path.lstat()
    if not stat.S_ISREG(status.st_mode) or status.st_size > _LONGEST:
        return None
    first, _, text = path.read_bytes().partition(b"\n")
    is_whole = first == hashlib.sha256(text).hexdigest().encode()
    return text.decode() if is_whole else None


def _folder() -> Path | None:
    """Return where to keep things; `None` where the user has no folder for it."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA", "")
    else:
        base = os.environ.get("XDG_CACHE_HOME", "")
    home = Path.home() if _has_home() else None
    folder = Path(base) if base else home and home / ".cache"
    # A relative one is to be ignored, says the XDG base directory specification.
    if folder is None or not folder.is_absolute() or not folder.parent.is_dir():
        return None
    return folder / "jcm-xl"


def _has_home() -> bool:
    return os.path.isabs(os.path.expanduser("~"))


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
    data = text.encode()
    first = hashlib.sha256(data).hexdigest().encode()
    write_whole(path, first + b"\n" + data)
    _make_room(path.parent)


def _make_room(folder: Path) -> None:
    """Remove the older half where there are too many: of folders that are no more."""
    paths = list(folder.glob("*.json"))
    if len(paths) > _MOST_FILES:
        paths.sort(key=lambda path: path.lstat().st_mtime)
        for path in paths[: -_MOST_FILES // 2]:
            path.unlink(missing_ok=True)
