"""Many books in a few lines: how many are clean, which are not, which are alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jcm_xl.bulk.row import BookRow
from jcm_xl.bulk.walk import NOTHING_ELSE, Walked
from jcm_xl.documents.lines import BLANK, Line, line
from jcm_xl.documents.report.shared import outcomes
from jcm_xl.text.languages import Messages

SHOWN = 40
_STYLES = ("good", "warning", "error")


def summary_lines(
    rows: Sequence[BookRow],
    texts: Messages,
    limit: int | None,
    walk: Walked = NOTHING_ELSE,
) -> Iterator[Line]:
    """Yield the counts first, then each book that is not clean, then the alike.

    `walk`: what else lay in the folders.
    """
    parts = outcomes([row.judged for row in rows], texts)
    told = texts("bulk.files", count=f"{len(rows):,}", parts=parts or "0")
    yield line(told, _STYLES[max((row.exit_code for row in rows), default=2)])
    yield from passed_over(walk, texts)
    faulty = [row for row in rows if row.exit_code]
    for row in faulty[:limit]:
        yield line(f"{row.file}: {row.verdict}", _STYLES[row.exit_code], 2)
        if row.first_finding:
            yield line(row.first_finding, "", 6)
    yield from _more(len(faulty), texts, limit)
    alike = [row for row in rows if row.alike]
    if alike:
        yield BLANK
        yield line(texts("bulk.are_alike", count=f"{len(alike):,}"), "warning")
        for row in alike[:limit]:
            yield line(f"{row.file}: {row.alike}", "", 2)
        yield from _more(len(alike), texts, limit)


def passed_over(walk: Walked, texts: Messages) -> Iterator[Line]:
    """Yield what in the folders was not judged, and why; nothing where that is all."""
    counts = {
        "hidden": walk.hidden, "owners": walk.owners, "linked": len(walk.linked)
    }  # fmt: skip
    parts = [texts(f"bulk.{name}", n=n) for name, n in counts.items() if n]
    parts += (
        texts("bulk.others", n=n, ending=ending or texts("bulk.no_ending"))
        for ending, n in walk.others.items()
    )
    if parts:
        yield line(texts("bulk.passed_over", parts=", ".join(parts)), "dim")
    for folder in walk.linked:
        yield line(texts("bulk.is_linked", folder=folder), "dim", 2)
    for folder in walk.unreadable:
        yield line(texts("bulk.unreadable", folder=folder), "error")


def _more(count: int, texts: Messages, limit: int | None) -> Iterator[Line]:
    if limit is not None and count > limit:
        yield line(texts("bulk.more", count=f"{count - limit:,}"), "dim", 2)
