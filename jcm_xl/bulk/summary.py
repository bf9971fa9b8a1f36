"""Many books in a few lines: how many are clean, which are not, which are alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jcm_xl.bulk.row import BookRow
from jcm_xl.documents.lines import BLANK, Line, line
from jcm_xl.documents.report.shared import outcomes
from jcm_xl.text.languages import Messages

SHOWN = 40
_STYLES = ("good", "warning", "error")


def summary_lines(
    rows: Sequence[BookRow],
    texts: Messages,
    limit: int | None,
    passed_over: tuple[int, int] = (0, 0),
) -> Iterator[Line]:
    """Yield the counts first, then each book that is not clean, then the alike.

    `passed_over`: how many hidden files and files of Excel were left aside.
    """
    parts = outcomes([row.judged for row in rows], texts)
    told = texts("bulk.files", count=f"{len(rows):,}", parts=parts or "0")
    yield line(told, _STYLES[max((row.exit_code for row in rows), default=2)])
    if any(passed_over):
        hidden, owners = passed_over
        yield line(texts("bulk.passed_over", hidden=hidden, owners=owners), "dim")
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


def _more(count: int, texts: Messages, limit: int | None) -> Iterator[Line]:
    if limit is not None and count > limit:
        yield line(texts("bulk.more", count=f"{count - limit:,}"), "dim", 2)
