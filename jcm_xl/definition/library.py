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
from jcm_xl.text.visible import visible

_FILE = re.compile(r"^([A-Z]{2}_(?:AM|PM)\d{3})_ver(\d{2})\.(\d)\.toml$")
_KEY = re.compile(
    r"^(?:JCM_)?([A-Za-z]{2}_(?:AM|PM)\d{3})(?:(?:@|_ver)(\d{1,2}\.\d))?$", re.I
)


OVERLAYS = "JCM_XL_OVERLAYS"
"""The environment variable that names a folder of overlays."""
DEFINITIONS = "JCM_XL_DEFINITIONS"
"""The environment variable that names a definition file of one's own, or a folder."""


class UnknownMethodology(JcmError):
    """No definition of this id or version is in the library."""


class TwoDefinitions(UnknownMethodology):
    """Two files define one version of a methodology, and they differ."""


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
    """Yield the library's files ordered by id and version, then one's own.

    extra: a definition file or a folder that is searched deep; by default that of the
    environment variable JCM_XL_DEFINITIONS. A file that is named stands in the place of
    the library's. Where files of a folder define what another file defines otherwise,
    all are yielded: `find` names them. Raises `JcmError` where `extra` is not there.
    """
    own = _own_entries(extra)
    named = {entry.key for entry in own} if _is_file(extra) else set()
    for path in sorted((templates() / "methodologies").glob("*/*.toml")):
        entry = _entry(path)
        if entry is not None and entry.key not in named:
            yield entry
    yield from own


def find(key: str, extra: Path | None = None) -> LibraryEntry:
    """Return the entry for `TH_AM001`, `TH_AM001@3.0`, `@03.0` or a printed id.

    Without a version the newest is meant; `extra` as in `entries`. Raises
    `UnknownMethodology`, and `TwoDefinitions` where files differ.
    """
    match = _KEY.match(key.strip())
    if not match:
        raise UnknownMethodology(_no_id(key))
    wanted, version = match[1].upper(), _plain(match[2])
    if not _own(extra) and (entry := _at_its_place(wanted, version)):
        return entry
    every = list(entries(extra))
    same = [entry for entry in every if entry.id == wanted]
    if not same:
        hint = nearest(wanted, {entry.id for entry in every})
        raise UnknownMethodology(_no_definition(wanted, hint, extra))
    if not version:
        version = max((entry.version for entry in same), key=in_order)
    those = [entry for entry in same if entry.version == version]
    if not those:
        raise UnknownMethodology(_no_version(wanted, version, same))
    if len({entry.path.read_bytes() for entry in those}) > 1:
        raise TwoDefinitions(_two(those))
    return those[0]


def _entry(path: Path) -> LibraryEntry | None:
    match = _FILE.match(path.name)
    return (
        LibraryEntry(match[1], f"{int(match[2])}.{match[3]}", path) if match else None
    )


def _own(extra: Path | None) -> Path | None:
    """Return the file or folder of one's own definitions, if one was named."""
    name = extra or os.environ.get(DEFINITIONS)
    return Path(name) if name else None


def _is_file(extra: Path | None) -> bool:
    own = _own(extra)
    return own is not None and own.is_file()


def _own_entries(extra: Path | None) -> list[LibraryEntry]:
    own = _own(extra)
    if own is None:
        return []
    if own.is_dir():
        found = map(_entry, sorted(own.rglob("*.toml")))
        return [entry for entry in found if entry is not None]
    if not own.is_file():
        raise JcmError(f"There is no definition file and no folder {own}.")
    entry = _entry(own)
    if entry is None:
        raise JcmError(
            f"{own}: a definition file is called like its id and version: "
            "TH_AM001_ver01.0.toml."
        )
    return [entry]


def is_id(text: str) -> bool:
    """Tell whether a text is written like an id, with or without a version."""
    return _KEY.match(text.strip()) is not None


def _no_id(key: str) -> Phrase:
    return Phrase(
        "library.no-id",
        "'{key}' is not a methodology id; write it like TH_AM001 or TH_AM001@1.0.",
        key=key,
    )


def _no_definition(wanted: str, hint: str, extra: Path | None) -> Phrase:
    own = _own(extra)
    if own is None:
        return Phrase(
            "library.no-definition",
            "No definition of {id} is in the library{hint}. `jcm-xl list` shows what "
            "is there. A definition of your own is found with --definitions FILE or "
            "FOLDER.",
            id=wanted,
            hint=hint,
        )
    return Phrase(
        "library.no-definition-here",
        "No definition of {id} is in the library or in {own}{hint}. A definition file "
        "is called like its id and version: {id}_ver01.0.toml.",
        id=wanted,
        own=visible(str(own)),
        hint=hint,
    )


def _two(those: Iterable[LibraryEntry]) -> Phrase:
    every = list(those)
    return Phrase(
        "library.two-definitions",
        "{key} is defined by several files that differ: {files}. Remove or rename the "
        "wrong ones, or name the right one: --definitions FILE.",
        key=every[0].key,
        files=", ".join(visible(str(entry.path)) for entry in every),
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
    return max(versions, key=in_order, default="")


def in_order(version: str) -> tuple[int, ...]:
    """Return by what versions are ordered: 10.0 comes after 9.1."""
    return tuple(map(int, version.split(".")))


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

    `extra` is a definition file of one's own, or a folder of them; see `entries`.
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


def load_every(
    wanted: Iterable[LibraryEntry], extra: Path | None = None
) -> tuple[list[Methodology], list[str]]:
    """Return what can be loaded, and of the rest which file is left out, and why.

    A broken file, or two files that define one version, stop nothing else.
    """
    loaded, left_out = {}, {}
    for entry in wanted:
        try:
            loaded[entry.key] = load(entry.key, extra)
        except JcmError as error:
            reason = " ".join(str(error).split())
            left_out[entry.key] = f"Left out {entry.key}: {reason}"
    return list(loaded.values()), list(left_out.values())


@contextmanager
def overlays_in(folder: Path | None) -> Iterator[None]:
    """Take the overlays of a folder for a while, in processes started then, too."""
    with _named(OVERLAYS, folder):
        yield


@contextmanager
def definitions_in(path: Path | None) -> Iterator[None]:
    """Take definitions of one's own for a while, in processes started then, too."""
    with _named(DEFINITIONS, path):
        yield


@contextmanager
def _named(variable: str, path: Path | None) -> Iterator[None]:
    before = os.environ.get(variable)
    if path is not None:
        os.environ[variable] = str(path)
    try:
        yield
    finally:
        os.environ.pop(variable, None)
        if before is not None:
            os.environ[variable] = before


@lru_cache(maxsize=256)
def _load(path: Path, stamp: int) -> Methodology:
    # The examples of shipped files are proved by the tests, not at each start.
    return load_kept(path)
