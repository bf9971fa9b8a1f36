"""From folders and patterns to the files that are, or pretend to be, workbooks."""

from __future__ import annotations

import glob
import os
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

_ENDINGS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".xltx", ".ods")
_LEFT = (".", "~$")


def books_in(places: Iterable[Path], leaving_out: Collection[Path] = ()) -> list[Path]:
    """Return the files named, and those in the folders named, each once.

    Within a folder: whatever is named like a workbook, in the order of the names, but
    for hidden files and for those that Excel keeps beside an open book. `leaving_out`
    are files in these folders that are no submissions, such as the table itself.
    """
    left = {os.path.abspath(path) for path in leaving_out}
    found: dict[str, Path] = {}
    for place in places:
        for path in _named(place):
            is_own = place.is_dir() and os.path.abspath(path) in left
            if not is_own:
                found.setdefault(os.path.abspath(path), path)
    return list(found.values())


def passed_over(places: Iterable[Path]) -> tuple[int, int]:
    """Return how many hidden files, and files of Excel beside an open book, are left.

    Both are named like workbooks and lie in the folders that were named.
    """
    names = [
        name
        for place in places
        if place.is_dir()
        for _, name in _workbooks(place)
        if name.startswith(_LEFT)
    ]
    owners = sum(name.startswith("~$") for name in names)
    return len(names) - owners, owners


def _named(place: Path) -> Iterator[Path]:
    if place.is_dir():
        yield from _walked(place)
    elif not place.exists() and glob.has_magic(str(place)):
        # A shell on Windows hands patterns on as they are.
        yield from (Path(name) for name in sorted(glob.glob(str(place))))
    else:
        yield place


def _walked(folder: Path) -> Iterator[Path]:
    for here, name in _workbooks(folder):
        if not name.startswith(_LEFT):
            yield Path(here, name)


def _workbooks(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield folder and name of all that is named like a workbook."""
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.lower().endswith(_ENDINGS):
                yield here, name
