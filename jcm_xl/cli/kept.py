"""Lines that take long to make, kept in the user's cache; never stale.

The name of the kept file is a hash of everything the lines are made of: the content
of all templates, and size and time of every module. A change of either makes another
name; a cache that cannot be written is done without.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from jcm_xl.documents.lines import Line

_PACKAGE = Path(__file__).parents[1]


def kept_lines(name: str, make: Callable[[], Iterable[Line]]) -> list[Line]:
    """Return the kept lines of this name, or make and keep them."""
    path = _folder() / f"{name}-{_fingerprint()}.json"
    try:
        return [Line(*item) for item in json.loads(path.read_text(encoding="utf-8"))]
    except (OSError, ValueError, TypeError):
        lines = list(make())
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        for old in path.parent.glob(f"{name}-*.json"):
            old.unlink(missing_ok=True)
        part = path.with_suffix(f".{os.getpid()}")
        part.write_text(json.dumps(lines), encoding="utf-8")
        part.replace(path)
    except OSError:
        pass
    return lines


def _folder() -> Path:
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA", "")
    else:
        base = os.environ.get("XDG_CACHE_HOME", "")
    return Path(base or Path.home() / ".cache") / "jcm-xl"


def _fingerprint() -> str:
    from jcm_xl.places import templates

    digest = hashlib.sha256()
    for path in _files(templates()):
        digest.update(str(path).encode())
        digest.update(path.read_bytes())
    for path in _files(_PACKAGE):
        status = path.stat()
        digest.update(f"{path} {status.st_size} {status.st_mtime_ns}".encode())
    return digest.hexdigest()[:32]


def _files(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        yield from (Path(place, name) for name in sorted(names))
