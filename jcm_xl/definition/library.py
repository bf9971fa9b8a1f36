"""The shipped definitions: found by dropping a file in, nothing to register."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from jcm_xl.dataclass import dataclass
from jcm_xl.definition.kept import load_kept
from jcm_xl.errors import JcmError
from jcm_xl.model.methodology import Methodology
from jcm_xl.places import templates
from jcm_xl.text.nearest import nearest
from jcm_xl.text.phrase import Phrase

_FILE = re.compile(r"^([A-Z]{2}_(?:AM|PM)\d{3})_ver(\d{2})\.(\d)\.toml$")
_KEY = re.compile(
    r"^(?:JCM_)?([A-Za-z]{2}_(?:AM|PM)\d{3})(?:(?:@|_ver)(\d{1,2}\.\d))?$", re.I
)


OVERLAYS = "JCM_XL_OVERLAYS"
"""The environment variable that names a folder of overlays."""


class UnknownMethodology(JcmError):
    """No definition of this id or version is in the library."""


@dataclass(frozen=True, slots=True)
class LibraryEntry:
    """A definition file of the library, not yet loaded."""

    id: str
    version: str
    path: Path

    @property
    def key(self) -> str:
        """Return `TH_AM001@1.0`."""
        return f"{self.id}@{self.version}"


def entries(extra: Path | None = None) -> Iterator[LibraryEntry]:
    """Yield the library's files ordered by id and version, then those of a folder."""
    paths = sorted((templates() / "methodologies").glob("*/*.toml"))
    if extra is not None:
        paths += sorted(extra.glob("*.toml"))
    for path in paths:
        match = _FILE.match(path.name)
        if match:
            yield LibraryEntry(match[1], f"{int(match[2])}.{match[3]}", path)


def find(key: str, extra: Path | None = None) -> LibraryEntry:
    """Return the entry for `TH_AM001`, `TH_AM001@3.0`, `@03.0` or a printed id.

    Without a version the newest is meant; `extra` is a folder to look into besides
    the library. Raises `UnknownMethodology`.
    """
    match = _KEY.match(key.strip())
    if not match:
        raise UnknownMethodology(_no_id(key))
    wanted, version = match[1].upper(), _plain(match[2])
    if entry := _at_its_place(wanted, version):
        return entry
    every = list(entries(extra))
    same = [entry for entry in every if entry.id == wanted]
    if not same:
        hint = nearest(wanted, {entry.id for entry in every})
        raise UnknownMethodology(_no_definition(wanted, hint))
    if not version:
        return max(same, key=lambda e: tuple(map(int, e.version.split("."))))
    for entry in same:
        if entry.version == version:
            return entry
    raise UnknownMethodology(_no_version(wanted, version, same))


def _no_id(key: str) -> Phrase:
    return Phrase(
        "library.no-id",
        "'{key}' is not a methodology id; write it like TH_AM001 or TH_AM001@1.0.",
        key=key,
    )


def _no_definition(wanted: str, hint: str) -> Phrase:
    return Phrase(
        "library.no-definition",
        "No definition of {id} is in the library{hint}. "
        "`jcm-xl list` shows what is there.",
        id=wanted,
        hint=hint,
    )


def _no_version(wanted: str, version: str, same: Iterable[LibraryEntry]) -> Phrase:
    return Phrase(
        "library.no-version",
        "{id} version {version} is not in the library; it has {there}.",
        id=wanted,
        version=version,
        there=", ".join(entry.version for entry in same),
    )


@lru_cache(maxsize=256)
def newest_version(code: str) -> str:
    """Return the newest version that is shipped, by the names of the files alone."""
    folder = templates() / "methodologies" / code[:2].lower()
    if not folder.is_dir():
        return ""
    names = (path.name for path in folder.iterdir())
    start = f"{code}_ver"
    versions = [
        _plain(name.removeprefix(start).removesuffix(".toml"))
        for name in names
        if name.startswith(start) and name.endswith(".toml")
    ]
    return max(versions, key=lambda v: tuple(map(int, v.split("."))), default="")


def _plain(version: str | None) -> str:
    """Return `3.0` for `03.0`, nothing for nothing."""
    major, _, minor = (version or "").partition(".")
    return f"{int(major)}.{minor}" if major else ""


def _at_its_place(code: str, version: str) -> LibraryEntry | None:
    """Return a shipped version without a look at all the others."""
    major, _, minor = version.partition(".")
    name = f"{code}_ver{major:0>2}.{minor}.toml"
    path = templates() / "methodologies" / code[:2].lower() / name
    return LibraryEntry(code, version, path) if version and path.is_file() else None


def load(
    key: str, extra: Path | None = None, overlays: Path | None = None
) -> Methodology:
    """Load a methodology of the library by id, or by the path of a TOML file.

    `extra` is a folder of definition files to look into besides the library.
    `overlays` is a folder of official figures; without one that of the environment
    variable JCM_XL_OVERLAYS is taken, if it is set.
    """
    is_file = key.endswith(".toml")
    path = Path(key) if is_file else find(key, extra).path
    overlay = overlay_of(path, overlays)
    if overlay is not None:
        from jcm_xl.definition.overlay import amended

        return amended(path, overlay)
    if not is_file:
        return _load(path, path.stat().st_mtime_ns)
    from jcm_xl.definition.load import load_file

    return load_file(path)


def overlay_of(definition: Path, overlays: Path | None = None) -> Path | None:
    """Return the overlay for a definition file, if there is one."""
    name = overlays or os.environ.get(OVERLAYS)
    if not name:
        return None
    from jcm_xl.definition.overlay import SUFFIX

    folder = Path(name)
    if not folder.is_dir():
        raise JcmError(f"There is no folder {folder} of overlays.")
    path = folder / f"{definition.stem}{SUFFIX}"
    return path if os.path.lexists(path) else None


@contextmanager
def overlays_in(folder: Path | None) -> Iterator[None]:
    """Take the overlays of a folder for a while, in processes started then, too."""
    before = os.environ.get(OVERLAYS)
    if folder is not None:
        os.environ[OVERLAYS] = str(folder)
    try:
        yield
    finally:
        os.environ.pop(OVERLAYS, None)
        if before is not None:
            os.environ[OVERLAYS] = before


@lru_cache(maxsize=256)
def _load(path: Path, stamp: int) -> Methodology:
    # The examples of shipped files are proved by the tests, not at each start.
    return load_kept(path)
