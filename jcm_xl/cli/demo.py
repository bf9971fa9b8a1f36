"""jcm-xl demo."""

from __future__ import annotations

from pathlib import Path

import click

from jcm_xl.cli import options
from jcm_xl.cli.screen import show


@click.command("demo")
@click.argument("folder", metavar="[DIR]", default="demo-output",
                type=click.Path(path_type=Path, file_okay=False))  # fmt: skip
@options.FORCE
def command(folder: Path, force: bool) -> None:
    """Make sample workbooks with their recomputation and reports.

    Writes a blank book, a filled book and a faulty copy into DIR, recomputes and
    explains the filled one and checks both. A book of an earlier run that was changed
    since is replaced with --force only.
    """
    from jcm_xl import api
    from jcm_xl.cli.files import make_folder
    from jcm_xl.desk.sample import KEY, faults
    from jcm_xl.documents.calculation import SHOWN_ROWS
    from jcm_xl.documents.explanation import SHOWN
    from jcm_xl.inputs.example import example_inputs

    m = api.load(KEY)
    plan, submission = api.filled(m, example_inputs(m))
    make_folder(folder)
    _title("1. A blank workbook, and one filled with the definition's example")
    code = f"{m.spreadsheet_id}"
    blank, filled, faulty = (
        _write(folder / f"{code}_{word}.xlsx", data, force=force)
        for word, data in (
            ("blank", api.new(m)),
            ("filled", api.book(plan, submission)),
            ("faulty", api.book(plan, submission, faults(m.results.reduction))),
        )
    )
    _title("2. The filled book recomputed, whatever its cells show: jcm-xl calc")
    show(api.calc(filled).lines(SHOWN_ROWS))
    _title("3. Where the figure comes from: jcm-xl explain")
    show(api.explain(filled).lines(SHOWN))
    _title("4. The filled book judged: jcm-xl check")
    _report(filled, folder)
    _title("5. A copy with four slips, judged: jcm-xl check")
    _report(faulty, folder)
    click.echo(f"\nThe files are in {folder.resolve()}. Open {blank.name} to start.")


def _title(text: str) -> None:
    click.echo(f"\n{text}\n{'-' * len(text)}")


def _write(path: Path, data: bytes, *, force: bool) -> Path:
    """Write a book; one that somebody changed since is kept unless asked."""
    from jcm_xl.cli.files import CannotWrite, write_book

    is_there = path.is_file()
    if is_there and not force and path.read_bytes() != data:
        raise CannotWrite(
            f"{path} was changed since or comes from another version of jcm_xl; "
            "--force replaces it, or name another folder."
        )
    write_book(path, data, force=is_there)
    click.echo(f"{'Replaced' if is_there else 'Wrote'} {path}")
    return path


def _report(book: Path, folder: Path) -> None:
    from jcm_xl import api
    from jcm_xl.cli.files import write_report
    from jcm_xl.documents.report.forms.html import report_html
    from jcm_xl.documents.report.forms.text import report_lines

    reports, books = api.judge([book])
    show(report_lines(reports))
    page = folder / f"{book.stem}_report.html"
    write_report(page, report_html(reports, books), [book])
