"""From folders and patterns to the files that are, or pretend to be, workbooks."""

from __future__ import annotations

import glob
import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import field
from pathlib import Path

from jcm_xl.dataclass import dataclass

_ENDINGS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".xltx", ".xltm", ".ods")
_LEFT = (".", "~$")


@dataclass(frozen=True, slots=True)
class Walked:
    """What lies in the places that were named.

    books:      files that are named like workbooks, in the order of the names.
    hidden:     how many hidden files and folders; owners: files of Excel beside an
                open book.
    linked:     folders that are links, which are not followed.
    others:     how many files of other kinds, by the end of their names.
    unreadable: folders that cannot be read.
    """

    books: list[Path] = field(default_factory=list)
    hidden: int = 0
    owners: int = 0
    linked: tuple[Path, ...] = ()
    others: Mapping[str, int] = field(default_factory=dict)
    unreadable: tuple[Path, ...] = ()


NOTHING_ELSE = Walked()


def walked(places: Iterable[Path], leaving_out: Collection[Path] = ()) -> Walked:
    """Return the files named, and those in the folders named, each once.

    Within a folder: whatever is named like a workbook, in the order of the names, but
    for hidden files and for those that Excel keeps beside an open book. `leaving_out`
    are files in these folders that are no submissions, such as the table itself.
    Whatever else lies there is counted.
    """
    walk = _Walk({os.path.abspath(path) for path in leaving_out})
    for place in places:
        if place.is_dir():
            walk.folder(place)
        else:
            for path in _named(place):
                walk.take(path)
    return walk.result()


def books_in(places: Iterable[Path], leaving_out: Collection[Path] = ()) -> list[Path]:
    """Return the workbooks that are named or lie in the folders that are named."""
    return walked(places, leaving_out).books


def _named(place: Path) -> Iterator[Path]:
    if not place.exists() and glob.has_magic(str(place)):
        # A shell on Windows hands patterns on as they are.
        yield from (Path(name) for name in sorted(glob.glob(str(place))))
    else:
        yield place


class _Walk:
    """Gathers what lies in several places."""

    def __init__(self, left: set[str]) -> None:
        self._left = left
        self._books: dict[str, Path] = {}
        self._seen: set[str] = set()
        self._counts: Counter[str] = Counter()
        self._others: Counter[str] = Counter()
        self._linked: list[Path] = []
        self._unreadable: list[Path] = []

    def take(self, path: Path) -> None:
        self._books.setdefault(os.path.abspath(path), path)

    def folder(self, folder: Path) -> None:
        for here, folders, names in os.walk(folder, onerror=self._failed):
            if os.path.abspath(here) in self._seen:
                continue
            self._seen.add(os.path.abspath(here))
            for name in sorted(folders):
                self._below(Path(here, name), folders)
            folders.sort()
            for name in sorted(names):
                self._file(Path(here, name))

    def _below(self, path: Path, folders: list[str]) -> None:
        if path.name.startswith("."):
            self._counts["hidden"] += 1
            folders.remove(path.name)
        elif path.is_symlink():
            self._linked.append(path)

    def _file(self, path: Path) -> None:
        if os.path.abspath(path) in self._left:
            return
        if path.name.startswith(_LEFT):
            kind = "owners" if path.name.startswith("~$") else "hidden"
            self._counts[kind] += 1
        elif path.name.lower().endswith(_ENDINGS):
            self.take(path)
        else:
            self._others[path.suffix.lower()] += 1

    def _failed(self, error: OSError) -> None:
        self._unreadable.append(Path(error.filename))

    def result(self) -> Walked:
        return Walked(
            books=list(self._books.values()),
            hidden=self._counts["hidden"],
            owners=self._counts["owners"],
            linked=tuple(self._linked),
            others=dict(sorted(self._others.items())),
            unreadable=tuple(self._unreadable),
        )
