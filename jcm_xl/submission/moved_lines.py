"""Inserted and deleted rows or columns: where the lines of a template went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import field

from jcm_xl.dataclass import dataclass

TextsByLine = Mapping[int, Mapping[int, str]]
"""Line -> position across -> text that stands there."""

_FARTHEST = 40
"""So many lines inserted or deleted at one place are still recognised."""
_ENOUGH = 0.7
"""The share of lines that must be found again; else nothing is claimed."""
_JUMP = 0.9
"""What a change of the offset costs: nearly the gain of finding one more line."""


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
    unsure: frozenset[int] = field(default=frozenset())
    """Inserted lines beside an empty one: nobody can tell which of them is new."""

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

    def end_in_template(self, line: int) -> int | None:
        """Return the template's line of the end of a range, also beside a new one."""
        while line in self.unsure:
            line -= 1
        return self.to_template(line)


UNMOVED = Lines()


def find_lines(
    expected: TextsByLine, actual: TextsByLine, stored: Collection[int] = ()
) -> Lines | None:
    """Return how the lines moved; `None` where too few of them are found again.

    `stored`: the lines of the file that hold any cell, were it an empty one; the last
    lines of the template were deleted only if not even that is left.
    """
    found = _aligned(expected, actual)
    if len(found) < _ENOUGH * len(expected):
        return None
    return _lines(sorted(expected), found, stored)


Weights = Mapping[tuple[int, str], float]
"""What a text at its position across counts: little where many lines have it."""


def _weights(expected: TextsByLine) -> Weights:
    counts = Counter(pair for texts in expected.values() for pair in texts.items())
    return {pair: 1.0 / count for pair, count in counts.items()}


def _share(
    expected: Mapping[int, str], actual: Mapping[int, str] | None, weights: Weights
) -> float:
    """Return how much of a line's text is found."""
    if not actual:
        return 0.0
    hits = sum(weights[k, t] for k, t in expected.items() if actual.get(k) == t)
    return hits / sum(weights[pair] for pair in expected.items())


@dataclass(frozen=True, slots=True)
class _Path:
    """The best way to find lines again so far; the last was found at `offset`."""

    score: float
    line: int
    offset: int
    before: _Path | None


def _aligned(expected: TextsByLine, actual: TextsByLine) -> list[tuple[int, int]]:
    """Return (template line, offset) of the lines found, in order, with few jumps."""
    weights = _weights(expected)
    offsets = _offsets(expected, actual, weights)
    paths = {0: _Path(0.0, 0, 0, None)}
    for line in sorted(expected):
        added: dict[int, _Path] = {}
        for offset in offsets:
            share = _share(expected[line], actual.get(line + offset), weights)
            before = _best(paths, line, offset) if share > 0.5 else None
            if before is not None:
                jump = _JUMP if before.offset != offset else 0.0
                added[offset] = _Path(before.score - jump + share, line, offset, before)
        for offset, longer in added.items():  # or the line is not found
            if offset not in paths or longer.score >= paths[offset].score:
                paths[offset] = longer
    path = max(paths.values(), key=lambda p: p.score)
    found = []
    while path.before is not None:
        found.append((path.line, path.offset))
        path = path.before
    return found[::-1]


def _best(paths: Mapping[int, _Path], line: int, offset: int) -> _Path | None:
    """Return the best path that a line at this offset can follow, further down."""
    before = [p for p in paths.values() if line + offset > p.line + p.offset]
    return max(
        before,
        key=lambda p: p.score - (_JUMP if p.offset != offset else 0.0),
        default=None,
    )


def _offsets(expected: TextsByLine, actual: TextsByLine, weights: Weights) -> list[int]:
    """Return the offsets by which whole lines are found, no offset first."""
    counts: Counter[int] = Counter()
    for line, texts in expected.items():
        for offset in range(-_FARTHEST, _FARTHEST + 1):
            if _share(texts, actual.get(line + offset), weights) > 0.999:
                counts[offset] += 1
    return [0, *(offset for offset, _ in counts.most_common(12) if offset)]


def _lines(
    expected: list[int], found: list[tuple[int, int]], stored: Collection[int]
) -> Lines:
    breaks = list(_breaks(expected, found, stored))
    starts = [(1, 0)]
    inserted: set[int] = set()
    deleted: set[int] = set()
    unsure: set[int] = set()
    offset = 0
    for gap in breaks:
        if gap.count > 0:
            starts.append((gap.first - offset, offset + gap.count))
            inserted.update(gap.lines)
            if gap.first - offset - 1 not in expected:
                unsure.update(gap.lines)
        else:
            starts.append((gap.lines.stop, offset + gap.count))
            deleted.update(gap.lines)
        offset += gap.count
    return Lines(
        tuple(starts), tuple(breaks),
        frozenset(inserted), frozenset(deleted), frozenset(unsure),
    )  # fmt: skip


def _breaks(
    expected: list[int], found: list[tuple[int, int]], stored: Collection[int]
) -> Iterator[Break]:
    before, offset = 0, 0
    for line, there in found:
        if there > offset:
            yield Break(line + offset, there - offset)
        elif there < offset:
            lost = [n for n in expected if before < n < line][there - offset :]
            yield Break(min((*lost, line + there - offset)), there - offset)
        before, offset = line, there
    tail = [n for n in expected if n > before]
    if stored and tail and not any(n + offset in stored for n in tail):
        yield Break(tail[0], -(tail[-1] - tail[0] + 1))
