"""What a program changed of a package when it saved it: parts, elements, attributes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from jcm_xl.xlsx.markup import elements
from jcm_xl.xlsx.package import Package
from jcm_xl.xlsx.refusal import Refusal

_XML = (".xml", ".rels", ".vml")
_MOST = 6
"""Names that one line gives; the others are counted."""


class PartChange(NamedTuple):
    """What is another thing in one part: `gone`, `new` or names that came or went."""

    part: str
    gone: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    state: str = ""

    def __str__(self) -> str:
        """Return one line, its lists cut."""
        if self.state:
            return f"{self.part}: {self.state}"
        words = [f"{word} {_cut(names)}" for word, names in
                 (("gone", self.gone), ("new", self.new)) if names]  # fmt: skip
        return f"{self.part}: {'; '.join(words)}"


def changes(made: Package, saved: Package) -> tuple[PartChange, ...]:
    """Compare a package as it was made with the same after a program saved it."""
    return tuple(_changes(made, saved))


def _changes(made: Package, saved: Package) -> Iterator[PartChange]:
    for name in made.names:
        if name not in saved:
            yield PartChange(name, state="the part is gone")
    for name in saved.names:
        if name not in made:
            yield PartChange(name, state="a new part")
        elif made.part(name) != saved.part(name):
            yield _compared(name, made, saved)


def _compared(name: str, made: Package, saved: Package) -> PartChange:
    if not name.lower().endswith(_XML):
        return PartChange(name, state="other bytes")
    try:
        before, after = _names(made, name), _names(saved, name)
    except Refusal:
        return PartChange(name, state="cannot be read as it was saved")
    gone, new = _only(before, after), _only(after, before)
    same = "" if gone or new else "values or their spelling alone"
    return PartChange(name, gone, new, same)


def _names(package: Package, name: str) -> Counter[str]:
    """Count elements, and attributes as `element@attribute`."""
    found: Counter[str] = Counter()
    for one in elements(package.part(name), name):
        found[one.name] += 1
        found.update(f"{one.name}@{key}" for key in one.attributes)
    return found


def _only(first: Counter[str], second: Counter[str]) -> tuple[str, ...]:
    return tuple(sorted(name for name in first if name not in second))


def _cut(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
    return ", ".join(names[:_MOST]) + more
