"""Inserted and deleted rows or columns: where the lines of a template went."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

Texts = Mapping[int, Mapping[int, str]]
"""Line -> position across -> text that stands there."""

_FARTHEST = 40
"""So many lines inserted or deleted at one place are still recognised."""
_ENOUGH = 0.7
"""The share of lines that must be found again; else nothing is claimed."""


@dataclass(frozen=True, slots=True)
class Break:
    """Lines inserted (`count` > 0, as the file counts) or deleted (as the template)."""

    first: int
    count: int

    @property
    def lines(self) -> range:
        """Return the lines concerned."""
        return range(self.first, self.first + abs(self.count))


@dataclass(frozen=True, slots=True)
class Lines:
    """One axis of a sheet; `starts`: from which template line which offset holds."""

    starts: tuple[tuple[int, int], ...] = ((1, 0),)
    breaks: tuple[Break, ...] = ()
    inserted: frozenset[int] = field(default=frozenset())
    deleted: frozenset[int] = field(default=frozenset())

    def to_file(self, line: int) -> int:
        """Return where a line of the template stands in the file."""
        return line + max((s for s in self.starts if s[0] <= line), default=(1, 0))[1]

    def to_template(self, line: int) -> int | None:
        """Return the template's line, `None` for an inserted one."""
        if line in self.inserted:
            return None
        for start, offset in reversed(self.starts):
            if line - offset >= start:
                return line - offset
        return line


UNMOVED = Lines()


def find_lines(expected: Texts, actual: Texts) -> Lines | None:
    """Return how the lines moved; `None` where too few of them are found again."""
    found = list(_aligned(expected, actual))
    if len(found) < _ENOUGH * len(expected):
        return None
    return _lines(sorted(expected), found)


def _aligned(expected: Texts, actual: Texts) -> Iterator[tuple[int, int]]:
    """Yield (template line, offset) of every line that is found again."""
    lines, offset, last = sorted(expected), 0, 0
    for i, line in enumerate(lines):
        for candidate in _offsets(offset):
            if line + candidate <= last:
                continue
            is_new = candidate != offset
            if not _fits(expected[line], actual.get(line + candidate)):
                continue
            if is_new and not _goes_on(
                expected, actual, lines[i + 1 : i + 3], candidate
            ):
                continue
            offset, last = candidate, line + candidate
            yield line, offset
            break


def _offsets(offset: int) -> Iterator[int]:
    yield offset
    for step in range(1, _FARTHEST + 1):
        yield offset + step
        yield offset - step


def _goes_on(expected: Texts, actual: Texts, after: list[int], offset: int) -> bool:
    found = (_fits(expected[line], actual.get(line + offset)) for line in after)
    return not after or any(found)


def _fits(expected: Mapping[int, str], actual: Mapping[int, str] | None) -> bool:
    if not actual:
        return False
    hits = sum(actual.get(across) == text for across, text in expected.items())
    return 2 * hits > len(expected)


def _lines(expected: list[int], found: list[tuple[int, int]]) -> Lines:
    starts = [(1, 0)]
    breaks: list[Break] = []
    inserted: set[int] = set()
    deleted: set[int] = set()
    before, offset = 0, 0
    for line, there in found:
        if there > offset:
            gap = Break(line + offset, there - offset)
            breaks.append(gap)
            inserted.update(gap.lines)
            starts.append((line, there))
        elif there < offset:
            lost = [n for n in expected if before < n < line][there - offset :]
            first = min((*lost, line + there - offset))
            gap = Break(first, there - offset)
            breaks.append(gap)
            deleted.update(gap.lines)
            starts.append((gap.lines.stop, there))
        before, offset = line, there
    return Lines(tuple(starts), tuple(breaks), frozenset(inserted), frozenset(deleted))
