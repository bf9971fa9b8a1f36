"""The shipped definitions: found by dropping a file in, nothing to register."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path

from jcm_xl.definition.load import load_file
from jcm_xl.definition.problems import nearest
from jcm_xl.errors import JcmError
from jcm_xl.model.methodology import Methodology

_FILE = re.compile(r"^([A-Z]{2}_(?:AM|PM)\d{3})_ver(\d{2})\.(\d)\.toml$")
_KEY = re.compile(
    r"^(?:JCM_)?([A-Za-z]{2}_(?:AM|PM)\d{3})(?:(?:@|_ver)(\d{1,2}\.\d))?$", re.I
)


class UnknownMethodology(JcmError):
    """No definition of this id or version is in the library."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A definition file of the library, not yet loaded."""

    id: str
    version: str
    path: Path

    @property
    def key(self) -> str:
        """Return `TH_AM001@1.0`."""
        return f"{self.id}@{self.version}"


def templates() -> Path:
    """Return the folder of the data a non-programmer may edit."""
    return Path(str(resources.files("jcm_xl._templates")))


def entries(extra: Path | None = None) -> Iterator[Entry]:
    """Yield the library's files ordered by id and version, then those of a folder."""
    paths = sorted((templates() / "methodologies").glob("*/*.toml"))
    if extra is not None:
        paths += sorted(extra.glob("*.toml"))
    for path in paths:
        match = _FILE.match(path.name)
        if match:
            yield Entry(match[1], f"{int(match[2])}.{match[3]}", path)


def find(key: str, extra: Path | None = None) -> Entry:
    """Return the entry for `TH_AM001`, `TH_AM001@3.0`, `@03.0` or a printed id.

    Without a version the newest is meant; `extra` is a folder to look into besides
    the library. Raises `UnknownMethodology`.
    """
    match = _KEY.match(key.strip())
    every = list(entries(extra))
    if not match:
        raise UnknownMethodology(
            f"'{key}' is not a methodology id; write it like TH_AM001 or TH_AM001@1.0."
        )
    wanted = match[1].upper()
    same = [entry for entry in every if entry.id == wanted]
    if not same:
        hint = nearest(wanted, {entry.id for entry in every})
        raise UnknownMethodology(
            f"No definition of {wanted} is in the library{hint}. "
            "`jcm-xl list` shows what is there."
        )
    if match[2] is None:
        return max(same, key=lambda e: tuple(map(int, e.version.split("."))))
    version = f"{int(match[2].split('.')[0])}.{match[2].split('.')[1]}"
    for entry in same:
        if entry.version == version:
            return entry
    there = ", ".join(entry.version for entry in same)
    raise UnknownMethodology(
        f"{wanted} version {version} is not in the library; it has {there}."
    )


def load(key: str, extra: Path | None = None) -> Methodology:
    """Load a methodology of the library by id, or by the path of a TOML file.

    `extra` is a folder of definition files to look into besides the library.
    """
    if key.endswith(".toml"):
        return load_file(key)
    entry = find(key, extra)
    return _load(entry.path, entry.path.stat().st_mtime_ns)


@lru_cache(maxsize=256)
def _load(path: Path, stamp: int) -> Methodology:
    # The examples of shipped files are proved by the tests, not at each start.
    return load_file(path, with_examples=False)
