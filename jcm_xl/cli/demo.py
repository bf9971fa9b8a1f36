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
    from jcm_xl.inputs.example import example_inputs

    m = api.load(KEY)
    plan, submission = api.filled(m, example_inputs(m))
    make_folder(folder)
    code = f"{m.spreadsheet_id}"
    _, filled, faulty = (
        _write(folder / f"{code}_{word}.xlsx", data, force=force)
        for word, data in (
            ("blank", api.new(m)),
            ("filled", api.book(plan, submission)),
            ("faulty", api.book(plan, submission, faults(m.results.reduction))),
        )
    )
    click.echo("\nThe filled one recomputed, plan and report (jcm-xl calc):")
    lines = api.calc(filled).lines(SHOWN_ROWS)
    show(line for line in lines if line.text.startswith("Table 3: "))
    click.echo("\nBoth judged (jcm-xl check):")
    _report(filled, folder)
    page = _report(faulty, folder)
    click.echo(f"\nWhere a figure comes from: jcm-xl explain {filled} RE_p")
    click.echo("Without a terminal, in the browser: make web, then jcm-xl page web")
    click.echo(f"\nOpen this page, the sheets with their faults: {page.as_uri()}")


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


def _report(book: Path, folder: Path) -> Path:
    """Write the report of a book; say its verdict and each finding in a line."""
    from jcm_xl import api
    from jcm_xl.cli.files import write_report
    from jcm_xl.documents.lines import line
    from jcm_xl.documents.report.forms.html import report_html
    from jcm_xl.model.finding import Severity

    reports, books = api.judge([book])
    (report,) = reports
    show([line(f"{book.name}: {report.verdict}")])
    errors = (d for d in report.diagnostics if d.severity is Severity.ERROR)
    show(line(f"{d.code} {d.message}"[:100], "error", 2)
         for d in errors)  # fmt: skip
    page = folder.resolve() / f"{book.stem}_report.html"
    write_report(page, report_html(reports, books), [book])
    return page
