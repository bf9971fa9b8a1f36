"""Like findings on cells that touch each other are one finding, with an exact count.

A table pasted into the locked area is one fault, however many cells it has. Like are
findings of one check, on one sheet, of one gravity. Cells of the plan are told one by
one: each has its name, its consequences and its own remedy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from jcm_xl.checks.base import Finding
from jcm_xl.text.phrase import Phrase
from jcm_xl.xlsx.grid import Position, address, parse_address

ALIKE = 3
"""So many like findings that touch each other are one."""
_BLOCKS = 50
"""So many blocks are told one by one; cells spread over a sheet are one more."""
_PIECES = 1_000
"""In more rectangles than these, cells are one block without a look at its form."""
_RANGES, _TEXTS = 4, 5
_MORE = "..."


class Rectangle(NamedTuple):
    """Some rows of some columns, ends included."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        first, last = self[:2], self[2:]
        both = address(*first), address(*last)
        return both[0] if first == last else ":".join(both)


class TouchingCells(NamedTuple):
    """Cells that touch each other, if only at a corner, or lie spread over a sheet."""

    parts: tuple[Rectangle, ...]

    def __str__(self) -> str:
        more = [_MORE] if len(self.parts) > _RANGES else []
        return ", ".join([*map(str, self.parts[:_RANGES]), *more])

    @property
    def size(self) -> int:
        """Return how many cells there are."""
        return sum(
            (bottom - top + 1) * (right - left + 1)
            for top, left, bottom, right in self.parts
        )

    def places(self) -> Iterator[Position]:
        """Yield the cells."""
        for top, left, bottom, right in self.parts:
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    yield row, column


def blocks(places: Iterable[Position]) -> list[TouchingCells]:
    """Return cells as blocks, in the order of the first cell of each.

    Cells in very many pieces are one block, whether they touch each other or not.
    """
    parts = _rectangles(sorted(dict.fromkeys(places)))
    if len(parts) > _PIECES:
        return [TouchingCells(tuple(parts))]
    roots = _roots(parts)
    members: dict[int, list[Rectangle]] = {}
    for number, part in enumerate(parts):
        members.setdefault(_root(roots, number), []).append(part)
    return [TouchingCells(tuple(found)) for found in members.values()]


def as_blocks(
    places: Iterable[Position], tell: Callable[[Position], Finding]
) -> Iterator[Finding]:
    """Yield one finding for each block of like ones; `tell` gives that of a cell."""
    every = blocks(places)
    for block in every[:_BLOCKS]:
        yield from _of_block([block], tell)
    if rest := every[_BLOCKS:]:
        yield from _of_block(rest, tell)


def together(found: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings of a check, those on like cells as blocks, after the others.

    What was found before a failure of the check is told, too.
    """
    alike: dict[object, dict[Position, Finding]] = {}
    failure: Exception | None = None
    try:
        for finding in found:
            place = _place(finding)
            if place is None:
                yield finding
                continue
            like = alike.setdefault(_likeness(finding), {})
            if place in like:
                yield finding
            else:
                like[place] = finding
    except Exception as error:
        failure = error
    for findings in alike.values():
        yield from as_blocks(findings, findings.__getitem__)
    if failure is not None:
        raise failure


def _place(finding: Finding) -> Position | None:
    """Return the cell of a finding that is on no cell of the plan and no block yet."""
    if finding.slot is not None or finding.block:
        return None
    try:
        return finding.at or parse_address(finding.cell)
    except ValueError:
        return None


def _likeness(finding: Finding) -> object:
    return (
        finding.sheet, finding.severity, finding.mended_by, finding.tonnes,
        finding.verdict, finding.is_unconfirmed, finding.parameter,
        finding.expected,
    )  # fmt: skip


def _of_block(
    some: Sequence[TouchingCells], tell: Callable[[Position], Finding]
) -> Iterator[Finding]:
    count = sum(block.size for block in some)
    places = (place for block in some for place in block.places())
    if count < ALIKE:
        yield from map(tell, places)
        return
    shown = [tell(place) for place in islice(places, _TEXTS)]
    parts = tuple(part for block in some for part in block.parts)
    actual = _contents(shown, count)
    yield replace(shown[0], actual=actual, block=str(TouchingCells(parts)), count=count)


def _contents(shown: Sequence[Finding], count: int) -> str:
    """Return what the first cells hold, each content once."""
    texts = [finding.actual for finding in shown]
    if any(isinstance(text, Phrase) for text in texts):
        return texts[0]
    more = [_MORE] if count > len(texts) else []
    return "; ".join([*dict.fromkeys(texts), *more])


def _rectangles(places: Sequence[Position]) -> list[Rectangle]:
    """Return cells in order as rectangles: equal stretches of rows below each other."""
    open_: dict[tuple[int, int], list[int]] = {}
    found: list[Rectangle] = []
    for row, left, right in _stretches(places):
        rows = open_.get((left, right))
        if rows and rows[1] == row - 1:
            rows[1] = row
            continue
        if rows:
            found.append(Rectangle(rows[0], left, rows[1], right))
        open_[left, right] = [row, row]
    found += (Rectangle(a, left, b, right) for (left, right), (a, b) in open_.items())
    return sorted(found)


def _stretches(places: Sequence[Position]) -> Iterator[tuple[int, int, int]]:
    """Yield row, first and last column of cells side by side."""
    at = iter(places)
    row, first = next(at, (0, 0))
    last = first
    for there, column in at:
        if there == row and column == last + 1:
            last = column
        else:
            yield row, first, last
            row, first, last = there, column, column
    if row:
        yield row, first, last


def _roots(parts: Sequence[Rectangle]) -> list[int]:
    """Return for each part the number of another one of its block, or its own."""
    roots = list(range(len(parts)))
    near: list[int] = []
    for number, part in enumerate(parts):
        near = [n for n in near if parts[n].bottom >= part.top - 1]
        for other in near:
            left, right = parts[other].left, parts[other].right
            if left <= part.right + 1 and part.left <= right + 1:
                one, two = sorted((_root(roots, number), _root(roots, other)))
                roots[two] = one
        near.append(number)
    return roots


def _root(roots: list[int], number: int) -> int:
    while roots[number] != number:
        roots[number] = number = roots[roots[number]]
    return number
