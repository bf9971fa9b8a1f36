"""Lines that take long to make, kept in the user's cache.

They are made of the content of all templates, and of all modules.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from jcm_xl.documents.lines import Line
from jcm_xl.kept import kept
from jcm_xl.places import templates

_PACKAGE = Path(__file__).parents[1]


def kept_lines(name: str, make: Callable[[], Iterable[Line]]) -> list[Line]:
    """Return the kept lines of this name, or make and keep them."""
    return kept(
        _PACKAGE / name, _fingerprint(), lambda: list(make()), json.dumps, _lines
    )


def _lines(text: str) -> list[Line]:
    return [Line(*item) for item in json.loads(text)]


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for path in _files(templates()):
        digest.update(str(path).encode())
        digest.update(path.read_bytes())
    for path in _files(_PACKAGE):
        status = path.stat()
        digest.update(f"{path} {status.st_size} {status.st_mtime_ns}".encode())
    return digest.hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        yield from (Path(place, name) for name in sorted(names))
