"""What `jcm-xl check` does with folders and long lists: a pool, and one table."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jcm_xl.cli.files import refuse_book, refuse_report, write_book, write_report
from jcm_xl.cli.screen import show
from jcm_xl.errors import JcmError

if TYPE_CHECKING:
    from jcm_xl.bulk.row import BookRow
    from jcm_xl.bulk.walk import Walked
    from jcm_xl.cli.output import Output
    from jcm_xl.model.finding import Report
    from jcm_xl.submission.settings import Settings
    from jcm_xl.text.languages import Messages

_FEW = 20
"""So many files are judged in this process: that is quicker than starting others."""


def is_many(places: Sequence[Path], is_table: bool) -> bool:
    """Tell whether books are to be looked for, or told in one table."""
    is_sought = any(p.is_dir() or (not p.exists() and _is_pattern(p)) for p in places)
    return is_sought or is_table or len(places) > _FEW


def _is_pattern(path: Path) -> bool:
    return any(sign in str(path) for sign in "*?[")


def found(places: Sequence[Path], out: Output) -> Walked:
    """Return the books meant, and what else lies there; refuse where there are none."""
    from jcm_xl.bulk.summary import passed_over
    from jcm_xl.bulk.walk import walked
    from jcm_xl.text.languages import texts_in

    walk = walked(places, [out.output] if out.output else [])
    if not walk.books:
        told = ", ".join(str(place) for place in places)
        rest = [text for text, *_ in passed_over(walk, texts_in(out.languages)[0])]
        raise JcmError("\n".join([f"There are no workbooks in {told}.", *rest]))
    return walk


def tell_passed_over(walk: Walked, out: Output) -> int:
    """Say what was not judged; return 2 where that is a whole folder."""
    from jcm_xl.bulk.summary import passed_over
    from jcm_xl.text.languages import texts_in

    for text, *_ in passed_over(walk, texts_in(out.languages)[0]):
        click.echo(text, err=True)
    return 2 if walk.unreadable else 0


def judged(
    paths: Sequence[Path], settings: Settings, jobs: int, language: str
) -> Iterator[Report]:
    """Yield the reports in order; a terminal shows how far it is."""
    from jcm_xl import api

    with _ended_like_an_interrupt():
        if sys.stderr is None or not sys.stderr.isatty():
            yield from api.check_many(paths, settings, jobs=jobs)
            return
        with _progress(len(paths), language) as seen:
            yield from api.check_many(paths, settings, jobs=jobs, seen=seen)


@contextmanager
def _ended_like_an_interrupt() -> Iterator[None]:
    """Let a request to end stop the other processes, too, as Ctrl-C does."""
    if sys.platform == "win32" or threading.current_thread() is not (
        threading.main_thread()
    ):
        yield
        return
    import signal

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    numbers = (signal.SIGTERM, signal.SIGHUP)
    before = [signal.signal(number, interrupted) for number in numbers]
    try:
        yield
    finally:
        for number, old in zip(numbers, before, strict=True):
            signal.signal(number, old)


@contextmanager
def _progress(count: int, language: str) -> Iterator[Callable[[], object]]:
    """Show how many books were judged; call what is given once a book."""
    from rich.console import Console
    from rich.progress import Progress

    from jcm_xl.text.languages import messages

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(messages(language)("bulk.progress"), total=count)
        yield lambda: progress.advance(task)


def tell(
    paths: Sequence[Path],
    reports: Iterable[Report],
    out: Output,
    sources: Sequence[Path],
    walk: Walked,
) -> int:
    """Keep one row a book, write the table, print the summary; return the exit code.

    `walk`: what else lies there; a folder that cannot be read is exit code 2.
    """
    from jcm_xl.bulk.row import row_of, said, with_alike
    from jcm_xl.bulk.summary import SHOWN, summary_lines
    from jcm_xl.text.languages import texts_in

    path = out.output
    if path and path.suffix.lower() == ".xlsx":
        refuse_book(path, force=out.force, sources=[*paths, *sources])
    elif path:
        refuse_report(path, [*paths, *sources], force=out.force)
    texts = texts_in(out.languages)
    pairs = zip(paths, reports, strict=True)
    found = with_alike([row_of(report, str(path)) for path, report in pairs])
    rows = [said(row, texts) for row in found]
    if path:
        _write(path, rows, texts[0], paths, force=out.force)
    show(summary_lines(rows, texts[0], out.limit(SHOWN), walk))
    return max(2 if walk.unreadable else 0, *(row.exit_code for row in rows))


def _write(
    output: Path,
    rows: Sequence[BookRow],
    texts: Messages,
    sources: Sequence[Path],
    *,
    force: bool,
) -> None:
    from jcm_xl.bulk.table import csv_table, xlsx_table

    if output.suffix.lower() == ".xlsx":
        write_book(output, xlsx_table(rows, texts), force=force, sources=sources)
        click.echo(f"Wrote {output}")
    else:
        write_report(output, csv_table(rows, texts), sources, force=force)
