"""jcm-xl check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jcm_xl.bulk import MOST_JOBS
from jcm_xl.cli import many, options
from jcm_xl.cli.failure import sentence
from jcm_xl.cli.files import refuse_book, refuse_report, write_book, write_report
from jcm_xl.cli.output import Output
from jcm_xl.cli.screen import show
from jcm_xl.documents.report.forms import FORMS
from jcm_xl.errors import JcmError

if TYPE_CHECKING:
    from jcm_xl.documents.drawing import Drawn
    from jcm_xl.model.answer import Answer
    from jcm_xl.model.finding import Report
    from jcm_xl.submission.settings import Settings


def _steps(
    _: click.Context, __: click.Parameter, text: str | None
) -> tuple[float, ...]:
    """Return the steps that were typed: numbers above 0, of 100 at most."""
    from jcm_xl.submission.settings import MATERIALITY

    if text is None:
        return MATERIALITY
    try:
        steps = tuple(float(part) for part in text.split(","))
    except ValueError:
        steps = ()
    if not steps or not all(0 < step <= 100 for step in steps):
        raise click.BadParameter(
            f"'{text}' is no list of per cents. Write it like 0.5,1,2,5,10."
        )
    return steps


_ANSWERS = "jcm_xl.answers"


def _answers(
    ctx: click.Context, _: click.Parameter, path: Path | None
) -> tuple[Answer, ...]:
    if path is None:
        return ()
    ctx.meta[_ANSWERS] = (path,)  # it is read, so nothing is written into it
    from jcm_xl.submission.answers import read_answers

    return read_answers(path)


def _settings(**given: Any) -> Settings:
    from jcm_xl.submission.settings import Settings

    return Settings(**given)


@click.command("check")
@click.argument("files", nargs=-1, required=True, metavar="FILE|DIR...",
                type=options.Place())  # fmt: skip
@click.option("--format", "form", type=click.Choice(FORMS),
              help="Default: text, or what the name of OUT ends in.")  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="OUT",
              help="One report for all, or a table: .csv, .xlsx.")  # fmt: skip
@click.option("--jobs", type=click.IntRange(0, MOST_JOBS), default=0, metavar="N",
              help="Processes for many files; default: all processors.")  # fmt: skip
@click.option("--annotate", type=click.Path(path_type=Path), metavar="COPY.xlsx",
              help="Also write a fresh book that shows the findings.")  # fmt: skip
@options.FORCE
@options.STAGE
@options.LANGUAGES
@click.option("--today", type=options.Day(), metavar="DATE",
              help="Judge dates as on this day.")  # fmt: skip
@click.option("--answers", type=click.Path(path_type=Path), metavar="FILE",
              callback=_answers,
              help="Reasons for warnings: .toml, .csv or .xlsx.")  # fmt: skip
@click.option("--accept-answers", "accepted_by", default="", metavar="NAME",
              help="Accept answered warnings in your NAME, for who judges; never what "
              "is about the tonnes.")  # fmt: skip
@click.option("--plan", type=click.Path(path_type=Path), metavar="REGISTERED.xlsx",
              help="Compare with the plan that was registered.")  # fmt: skip
@click.option("--previous", multiple=True, type=click.Path(path_type=Path),
              metavar="FILE", help="Compare with an earlier report of the project; "
              "may be given several times.")  # fmt: skip
@options.TEMPLATES
@click.option("--second-opinion/--no-second-opinion", default=True,
              help="Evaluate the sheet's own formulas by another engine, too; on by "
              "default.")  # fmt: skip
@click.option("--materiality", metavar="PERCENT,...", callback=_steps,
              help="Steps by which differences are classed; default 0.5,1,2,5,10 "
              "(ours: no threshold of the JCM is known).")  # fmt: skip
@options.ALL
@options.DEFINITIONS
@options.OVERLAYS
@click.pass_context
@options.gathered("settings", _settings, "stage", "today", "answers",
                  "accepted_by", "plan", "previous", "second_opinion",
                  "materiality", "template", "templates")  # fmt: skip
@options.gathered("out", Output, "form", "output", "languages", "force", "is_whole")
def command(
    ctx: click.Context,
    files: tuple[Path, ...],
    settings: Settings,
    out: Output,
    jobs: int,
    annotate: Path | None,
) -> None:
    """Judge workbooks: a verdict, then each finding with its remedy.

    Of a folder all workbooks in it are judged, each in a process with limits.
    Exit codes: 0 clean, 1 findings or answers, 2 cannot be judged; of several files
    the highest. What a participant answers changes no exit code; with --accept-answers
    whoever judges takes the answers.
    """
    from jcm_xl.documents.report.shared import exit_code

    plan = [settings.plan] if settings.plan else []
    sources = [*files, *settings.previous, *plan, *ctx.meta.get(_ANSWERS, ())]
    if settings.template is not None:
        sources.append(settings.template)
    out.refuse_unknown_ending()
    if out.output and not out.is_table:
        refuse_report(out.output, sources, force=out.force)
    if annotate:
        if len(files) != 1:
            raise click.UsageError("--annotate takes one FILE.", ctx)
        refuse_book(annotate, force=out.force, sources=sources)
    books: list[Drawn] = []
    unread = 0
    if many.is_many(files, out.is_table):
        walk = many.found(files, out)
        files = tuple(walk.books)
        found = many.judged(files, settings, jobs, out.languages[0])
        if out.is_table or out.is_screen:
            ctx.exit(many.tell(files, found, out, sources, walk))
        reports = list(found)
        unread = many.tell_passed_over(walk, out)
    else:
        reports, books = _judged(files, settings, out)
    reports = _told_apart(files, reports)
    _write(reports, books, out, sources)
    if annotate:
        _write_copy(annotate, files[0], settings, out, sources)
    ctx.exit(max(unread, exit_code(reports)))


def _judged(
    files: Sequence[Path], settings: Settings, out: Output
) -> tuple[list[Report], list[Drawn]]:
    """Return the reports; a page draws the books as well."""
    from jcm_xl import api

    if out.name == "html":
        return api.judge(files, settings)
    return [api.check(file, settings) for file in files], []


def _write(
    reports: Sequence[Report],
    books: Sequence[Drawn],
    out: Output,
    sources: Sequence[Path],
) -> None:
    from jcm_xl.checks.run import catalogue
    from jcm_xl.documents.report.bounds import shortened
    from jcm_xl.documents.report.forms import ReportDocument, written
    from jcm_xl.documents.report.forms.text import overview_lines, report_lines
    from jcm_xl.documents.report.shared import SHOWN

    if out.is_screen:
        show(report_lines(shortened(reports), out.limit(SHOWN), out.languages))
        return
    document = ReportDocument(reports, catalogue(), books, out.languages)
    text = written(out.name, document)
    if out.output is None:
        click.echo(text, nl=False)
    else:
        show(overview_lines(reports, out.languages))
        write_report(out.output, text, sources, force=out.force)


def _write_copy(
    copy: Path, file: Path, settings: Settings, out: Output, sources: Sequence[Path]
) -> None:
    """Write the annotated copy; say why there is none of a file that is no book."""
    from jcm_xl import api

    try:
        data, _ = api.annotate(file, settings, language=out.languages[0])
    except JcmError as reason:
        click.echo(f"No annotated copy: {sentence(reason)}", err=True)
        return
    write_book(copy, data, force=out.force, sources=sources)
    click.echo(f"Wrote {copy}", err=True)


def _told_apart(files: Sequence[Path], reports: list[Report]) -> list[Report]:
    """Name files of one name by their paths."""
    names = [report.file for report in reports]
    return [
        replace(report, file=str(file)) if names.count(report.file) > 1 else report
        for file, report in zip(files, reports, strict=True)
    ]
