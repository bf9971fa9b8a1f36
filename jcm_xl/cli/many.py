"""What `jcm-xl check` does with folders and long lists: a pool, and one table."""

from __future__ import annotations

import sys
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


def found(places: Sequence[Path], output: Path | None) -> list[Path]:
    """Return the books meant; raise `JcmError` where there are none."""
    from jcm_xl.bulk.walk import books_in

    paths = books_in(places, [output] if output else [])
    if not paths:
        told = ", ".join(str(place) for place in places)
        raise JcmError(f"There are no workbooks in {told}.")
    return paths


def judged(
    paths: Sequence[Path], settings: Settings, jobs: int, language: str
) -> Iterator[Report]:
    """Yield the reports in order; a terminal shows how far it is."""
    from jcm_xl import api

    if sys.stderr is None or not sys.stderr.isatty():
        yield from api.check_many(paths, settings, jobs=jobs)
        return
    with _progress(len(paths), language) as seen:
        yield from api.check_many(paths, settings, jobs=jobs, seen=seen)


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
    sources: Sequence[Path] = (),
    places: Sequence[Path] = (),
) -> int:
    """Keep one row a book, write the table, print the summary; return the exit code.

    `places`: the folders and files that were named, to tell what was passed over.
    """
    from jcm_xl.bulk.row import row_of, said, with_alike
    from jcm_xl.bulk.summary import SHOWN, summary_lines
    from jcm_xl.bulk.walk import passed_over
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
    show(summary_lines(rows, texts[0], out.limit(SHOWN), passed_over(places)))
    return max(row.exit_code for row in rows)


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
