"""jcm-xl project."""

from __future__ import annotations

from pathlib import Path

import click

from jcm_xl.cli import options
from jcm_xl.cli.screen import show


@click.group("project")
def command() -> None:
    """Keep a project as a small folder of text: its facts, books and forms."""


@command.command("new")
@click.argument("reference")
@click.option("-o", "--output", "folder", type=options.Place(), metavar="DIR",
              help="The folder; if it is not named, one called REFERENCE.")  # fmt: skip
def new(reference: str, folder: Path | None) -> None:
    """Begin the folder of a project; what the register knows of it is filled in."""
    from jcm_xl.projects.make import make_folder

    folder = folder or Path(reference)
    make_folder(folder, reference)
    click.echo(f"Wrote {folder / 'project.toml'}. Complete it, put the workbooks into "
               f"{folder / 'books'}, then: jcm-xl project show {folder}")  # fmt: skip


@command.command("show")
@click.argument("folder", type=options.Place())
def show_project(folder: Path) -> None:
    """Show the facts of a project, its books and its forms."""
    from jcm_xl.documents.project import project_lines
    from jcm_xl.forms.folder import open_project

    show(project_lines(open_project(folder)))


@command.command("check")
@click.argument("folder", type=options.Place())
@options.LANGUAGES
@options.ALL
@options.DEFINITIONS
@options.OVERLAYS
@click.pass_context
def check(
    ctx: click.Context, folder: Path, languages: tuple[str, ...], is_whole: bool
) -> None:
    """Judge the facts, the books, the forms and the documents of a project.

    Exit codes: 0 all clean, 1 findings, 2 something cannot be judged.
    """
    from jcm_xl import api
    from jcm_xl.documents.project import outside
    from jcm_xl.documents.report.forms.text import overview_lines, report_lines
    from jcm_xl.documents.report.shared import SHOWN, exit_code
    from jcm_xl.forms.folder import open_project
    from jcm_xl.projects.forms import papers_judged

    project = open_project(folder)
    reports = list(api.check_many([*project.books(), *project.forms()]))
    papers, left = papers_judged(project)
    reports += papers
    if not reports:
        click.echo(
            f"{folder} holds no workbook and no document: nothing was judged.", err=True
        )
        ctx.exit(2)
    show(overview_lines(reports, languages))
    asking = [report for report in reports if report.exit_code]
    for report in asking:
        click.echo("")
        show(report_lines([report], options.limit(is_whole, SHOWN), languages))
    if told := outside(project, left):
        click.echo(f"\nNot looked at: {told}.")
    ctx.exit(exit_code(reports))
