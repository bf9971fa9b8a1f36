"""jcm-xl check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jcm_xl.cli import many, options
from jcm_xl.cli.failure import sentence
from jcm_xl.cli.files import refuse_book, write_book, write_report
from jcm_xl.cli.screen import show
from jcm_xl.documents.report.forms import FORMS, SUFFIXES
from jcm_xl.errors import JcmError

if TYPE_CHECKING:
    from jcm_xl.model.finding import Report
    from jcm_xl.submission.settings import Settings


def _steps(
    _: click.Context, __: click.Parameter, text: str | None
) -> tuple[float, ...] | None:
    """Return the steps that were typed: numbers above 0, of 100 at most."""
    if text is None:
        return None
    try:
        steps = tuple(float(part) for part in text.split(","))
    except ValueError:
        steps = ()
    if not steps or not all(0 < step <= 100 for step in steps):
        raise click.BadParameter(
            f"'{text}' is no list of per cents. Write it like 0.5,1,2,5,10."
        )
    return steps


@click.command("check")
@click.argument("files", nargs=-1, required=True, metavar="FILE|DIR...",
                type=click.Path(path_type=Path))  # fmt: skip
@click.option("--format", "form", type=click.Choice(FORMS),
              help="Default: text, or what the name of OUT ends in.")  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="OUT",
              help="One report for all, or a table: .csv, .xlsx.")  # fmt: skip
@click.option("--jobs", type=click.IntRange(0, 61), default=0, metavar="N",
              help="Processes for many files; default: all processors.")  # fmt: skip
@click.option("--annotate", type=click.Path(path_type=Path), metavar="COPY.xlsx",
              help="Also write a fresh book that shows the findings.")  # fmt: skip
@options.FORCE
@options.STAGE
@options.LANGUAGES
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE",
              help="Judge dates as on this day.")  # fmt: skip
@click.option("--answers", type=click.Path(path_type=Path), metavar="FILE",
              help="Reasons for warnings: .toml, .csv or .xlsx.")  # fmt: skip
@click.option("--plan", type=click.Path(path_type=Path), metavar="REGISTERED.xlsx",
              help="Compare with the plan that was registered.")  # fmt: skip
@click.option("--previous", multiple=True, type=click.Path(path_type=Path),
              metavar="FILE", help="Compare with an earlier report of the project; "
              "may be given several times.")  # fmt: skip
@click.option("--second-opinion/--no-second-opinion", "has_second", default=True,
              help="Evaluate the sheet's own formulas by another engine, too; on by "
              "default.")  # fmt: skip
@click.option("--materiality", metavar="PERCENT,...", callback=_steps,
              help="Steps by which differences are classed; default 0.5,1,2,5,10 "
              "(ours: no threshold of the JCM is known).")  # fmt: skip
@options.ALL
@options.DEFINITIONS
@options.OVERLAYS
@click.pass_context
def command(
    ctx: click.Context,
    files: tuple[Path, ...],
    form: str | None,
    output: Path | None,
    jobs: int,
    annotate: Path | None,
    force: bool,
    stage: str,
    languages: tuple[str, ...],
    today: datetime | None,
    answers: Path | None,
    plan: Path | None,
    previous: tuple[Path, ...],
    has_second: bool,
    materiality: tuple[float, ...] | None,
    is_whole: bool,
    definitions: Path | None,
) -> None:
    """Judge workbooks: a verdict, then each finding with its remedy.

    Of a folder all workbooks in it are judged, each in a process with limits.
    Exit codes: 0 clean, 1 findings, 2 cannot be judged; of several files the highest.
    """
    from jcm_xl import api
    from jcm_xl.checks.run import catalogue
    from jcm_xl.documents.report.forms import written
    from jcm_xl.documents.report.plain import overview_lines, report_lines
    from jcm_xl.documents.report.shared import SHOWN, exit_code
    from jcm_xl.submission.answers import read_answers
    from jcm_xl.submission.settings import MATERIALITY, Settings

    settings = Settings(
        stage=stage,
        today=today.date() if today else None,
        definitions=definitions,
        answers=read_answers(answers) if answers else (),
        plan=plan,
        previous=previous,
        second_opinion=has_second,
        materiality=materiality or MATERIALITY,
    )
    sources = [*files, *previous, *([plan] if plan else [])]
    if annotate:
        _refuse_copy(ctx, annotate, files, sources, force)
    is_table = many.is_table(output, form)
    form = form or (SUFFIXES.get(output.suffix.lower()) if output else None) or "text"
    books: list[Any] = []
    if many.is_many(files, is_table):
        files = tuple(many.found(files, output))
        found = many.judged(files, settings, jobs, languages[0])
        if is_table or (form == "text" and output is None):
            from jcm_xl.bulk.summary import SHOWN as SHOWN_BOOKS

            limit = options.limit(is_whole, SHOWN_BOOKS)
            code = many.tell(files, found, languages, output, force=force, limit=limit)
            ctx.exit(code)
        reports = list(found)
    elif form == "html":
        reports, books = api.judge(files, settings)
    else:
        reports = [api.check(file, settings) for file in files]
    reports = _told_apart(files, reports)
    if form == "text" and output is None:
        show(report_lines(reports, options.limit(is_whole, SHOWN), languages))
    else:
        text = written(form, reports, catalogue(), books, languages)
        if output is None:
            click.echo(text, nl=False)
        else:
            show(overview_lines(reports, languages))
            write_report(output, text, sources)
    if annotate:
        _write_copy(annotate, files[0], settings, sources, force, languages[0])
    ctx.exit(exit_code(reports))


def _refuse_copy(
    ctx: click.Context,
    copy: Path,
    files: Sequence[Path],
    sources: Sequence[Path],
    force: bool,
) -> None:
    if len(files) != 1:
        raise click.UsageError("--annotate takes one FILE.", ctx)
    refuse_book(copy, force=force, sources=sources)


def _write_copy(
    copy: Path,
    file: Path,
    settings: Settings,
    sources: Sequence[Path],
    force: bool,
    language: str,
) -> None:
    """Write the annotated copy; say why there is none of a file that is no book."""
    from jcm_xl import api

    try:
        data, _ = api.annotate(file, settings, language=language)
    except JcmError as reason:
        click.echo(f"No annotated copy: {sentence(reason)}", err=True)
        return
    write_book(copy, data, force=force, sources=sources)
    click.echo(f"Wrote {copy}", err=True)


def _told_apart(files: Sequence[Path], reports: list[Report]) -> list[Report]:
    """Name files of one name by their paths."""
    names = [report.file for report in reports]
    return [
        replace(report, file=str(file)) if names.count(report.file) > 1 else report
        for file, report in zip(files, reports, strict=True)
    ]
