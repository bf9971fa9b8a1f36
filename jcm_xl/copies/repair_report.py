"""What a repair did, as text."""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.copies.diff_report import diff_cut
from jcm_xl.copies.repair import Repaired
from jcm_xl.documents.lines import BLANK, Line, line, table
from jcm_xl.text.languages import Messages

SHOWN = 20


def repair_lines(done: Repaired, texts: Messages, limit: int | None) -> Iterator[Line]:
    """Yield what was restored, what was mended besides, and what was lost."""
    yield BLANK
    yield line(f"{texts('repair.restored')}: {len(done.restored):,}", "head")
    rows = [
        (cell.place, cell.parameter, diff_cut(cell.was), diff_cut(cell.now))
        for cell in done.restored[:limit]
    ]
    if rows:
        yield from table(texts("repair.headings"), rows, 2)
    yield from _more(len(done.restored), texts, limit)
    for key, sentences, style in (
        ("mended", done.mended, ""),
        ("left", done.lost, "warning"),
    ):
        yield BLANK
        yield line(f"{texts(f'repair.{key}')}: {len(sentences):,}", "head")
        for sentence in sentences[:limit]:
            yield line(texts.say(sentence), style, 2)
        yield from _more(len(sentences), texts, limit)


def _more(count: int, texts: Messages, limit: int | None) -> Iterator[Line]:
    if limit is not None and count > limit:
        yield line(texts("diff.more", count=f"{count - limit:,}"), "dim", 2)
