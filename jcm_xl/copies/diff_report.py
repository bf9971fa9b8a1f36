"""A comparison of two books as text and JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from jcm_xl.copies.diff import PARTS, BookComparison, Pair
from jcm_xl.documents.lines import BLANK, Line, line, table
from jcm_xl.submission.opened import OpenedBook
from jcm_xl.text.languages import Messages

SCHEMA = "jcm_xl.diff/1"
SHOWN = 30
_LONGEST = 48


def diff_lines(
    found: BookComparison, texts: Messages, limit: int | None
) -> Iterator[Line]:
    """Yield the text: same or not, then what differs, inputs first."""
    counts = ", ".join(
        f"{texts(f'diff.{part}')} {len(getattr(found, part)):,}"
        for part in PARTS
        if getattr(found, part)
    )
    if found.is_same:
        yield line(texts("diff.same"), "good")
    else:
        yield line(texts("diff.different", counts=counts), "error")
    for letter, book in (("A", found.first), ("B", found.second)):
        yield line(f"{letter}: {book.name} ({book.methodology.key})")
    first, second = found.keys
    if first != second:
        yield line(texts("diff.identity", first=first, second=second), "warning")
    for letter, book in (("A", found.first), ("B", found.second)):
        if kind := book.plan.copy:
            told = texts(f"copies.{kind}.message", sheet=texts("repair.sheet"))
            yield line(f"{letter}: {told}", "warning")
    for part in PARTS:
        yield from _part(part, getattr(found, part), texts, limit)
    if found.following:
        yield BLANK
        yield line(texts("diff.follows", count=f"{found.following:,}"))
    yield from _package(found.package, texts, limit)
    yield BLANK
    if found.first.grid.sha256 == found.second.grid.sha256:
        yield line(texts("diff.bytes"), "dim")
    else:
        yield line(texts("diff.left_out"), "dim")
    for letter, book in (("A", found.first), ("B", found.second)):
        yield line(f"SHA-256 {letter}: {book.grid.sha256}", "dim")


def _package(
    parts: tuple[str, ...], texts: Messages, limit: int | None
) -> Iterator[Line]:
    if not parts:
        return
    yield BLANK
    yield line(texts("diff.package"), "head")
    for name in parts[:limit]:
        yield line(name, "", 2)
    if limit is not None and len(parts) > limit:
        yield line(texts("diff.more", count=f"{len(parts) - limit:,}"), "dim", 2)


def _part(
    part: str, pairs: tuple[Pair, ...], texts: Messages, limit: int | None
) -> Iterator[Line]:
    if not pairs:
        return
    yield BLANK
    yield line(texts(f"diff.{part}"), "head")
    empty = texts("diff.absent" if part == "sheets" else "diff.nothing")
    rows = [
        (p.place, p.parameter, diff_cut(p.first) or empty, diff_cut(p.second) or empty)
        for p in pairs[:limit]
    ]
    yield from table(texts("diff.headings"), rows, 2)
    if limit is not None and len(pairs) > limit:
        yield line(texts("diff.more", count=f"{len(pairs) - limit:,}"), "dim", 2)


def diff_cut(text: str) -> str:
    """Return a text on one line, cut for a table on the screen."""
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else f"{flat[: _LONGEST - 3]}..."


def diff_dict(found: BookComparison) -> dict[str, object]:
    """Return everything for JSON."""
    return {
        "schema": SCHEMA,
        "is_same": found.is_same,
        "files": [_book(found.first), _book(found.second)],
        **{part: [asdict(pair) for pair in getattr(found, part)] for part in PARTS},
        "following": found.following,
        "package": list(found.package),
    }


def _book(book: OpenedBook) -> dict[str, str]:
    return {
        "file": book.name,
        "sha256": book.grid.sha256,
        "methodology": book.methodology.key,
    }
