"""jcm-xl readings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from jcm_xl.cli import options
from jcm_xl.cli.files import refuse_book, write_book, write_document
from jcm_xl.cli.screen import show

if TYPE_CHECKING:
    from jcm_xl.model.finding import Report


@click.command("readings")
@click.argument("logs", nargs=-1, required=True, type=options.Place(),
                metavar="LOG...")  # fmt: skip
@click.option("--to", "book", type=options.Place(), required=True, metavar="BOOK",
              help="The book that takes the months; it is only read.")  # fmt: skip
@click.option("--assign", type=click.Path(path_type=Path), metavar="FILE",
              help="Which column is which meter, .toml; readings.toml beside the book "
              "if none is named.")  # fmt: skip
@click.option("--propose", type=click.Path(path_type=Path), metavar="FILE",
              help="Write a first assignment to complete; read nothing.")  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE",
              help="The workbook to write, .xlsx; without it the readings are judged "
              "only.")  # fmt: skip
@click.option("--answers", type=click.Path(path_type=Path), metavar="FILE",
              help="Answers to findings, .toml, .csv or .xlsx.")  # fmt: skip
@options.LANGUAGES
@options.ALL
@options.FORCE
@options.DEFINITIONS
@options.OVERLAYS
@click.pass_context
def command(
    ctx: click.Context, logs: tuple[Path, ...], book: Path, assign: Path | None,
    propose: Path | None, output: Path | None, answers: Path | None,
    languages: tuple[str, ...], is_whole: bool, force: bool,
) -> None:  # fmt: skip
    """Make the months of a report of logs of meters and inverters, or of invoices.

    Faults of the logs are findings with file and line. Exit code as of check.
    """
    from dataclasses import replace

    from jcm_xl import api
    from jcm_xl.submission.answers import read_answers
    from jcm_xl.submission.settings import Settings

    given = read_answers(answers) if answers else ()
    settings = Settings(answers=given)
    if propose is not None:
        text = api.propose_readings(logs, book, settings=settings)
        write_document(propose, text.encode(), force=force, sources=[book, *logs])
        click.echo("Complete what stands in <...>, and look at the rest.")
        return
    assignment = assign or book.parent / "readings.toml"
    if assign is None and not assignment.exists():
        raise click.UsageError(
            f"There is no {assignment}. Make one with --propose {assignment}.", ctx
        )
    sources = [book, assignment, *(log for log in logs if log.is_file())]
    if output is not None:
        refuse_book(output, force=force, sources=sources)
    made = api.readings(logs, book, assignment, settings=settings)
    if output is not None:
        write_book(output, made.data, force=force, sources=sources)
        click.echo(f"Wrote {output}")
    for sentence in made.lost:
        click.echo(f"Not carried over: {sentence}", err=True)
    report = replace(api.check(made.data, settings), file=(output or book).name)
    _tell(report, languages, is_whole)
    ctx.exit(report.exit_code)


def _tell(report: Report, languages: tuple[str, ...], is_whole: bool) -> None:
    from jcm_xl.documents.report.bounds import shortened
    from jcm_xl.documents.report.forms.text import report_lines
    from jcm_xl.documents.report.shared import SHOWN

    limit = options.limit(is_whole, SHOWN)
    show(report_lines(shortened([report]), limit, languages))
