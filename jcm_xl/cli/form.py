"""jcm-xl form."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from jcm_xl.cli import options
from jcm_xl.cli.files import (
    keep,
    refuse_book,
    refuse_standing,
    write_book,
    write_document,
)
from jcm_xl.cli.screen import show

if TYPE_CHECKING:
    from jcm_xl.forms.folder import ProjectFolder

BOOK = click.option(
    "--book", type=options.Place(), metavar="FILE",
    help="The plan or the report that is meant, where the project has several.",
)  # fmt: skip
PROJECT = click.option(
    "--project", "folder", type=options.Place(), metavar="DIR",
    help="The project; the folder that FILE lies in, if it is not named.",
)  # fmt: skip


@click.group("form")
def command() -> None:
    """Make, read and judge the forms of a project: design document, requests, reports.

    A form is filled from the project's facts and books; what stands there already is
    locked, and what a person types is kept in the project as text.
    """


@command.command("list")
def list_forms() -> None:
    """Show every form of the procedure and how well its fields are known."""
    from jcm_xl.documents.forms import list_lines

    show(list_lines())


@command.command("show")
@click.argument("code")
def show_form(code: str) -> None:
    """Show the fields of a form: who fills each, and how well it is known."""
    from jcm_xl.documents.forms import form_lines
    from jcm_xl.projects.forms import form_called

    show(form_lines(form_called(code)))


@command.command("new")
@click.argument("code")
@click.argument("project", type=options.Place())
@click.option("-o", "--output", type=options.Place(), metavar="FILE",
              help="The workbook to write, .xlsx; forms/CODE.xlsx of the project if it "
              "is not named.")  # fmt: skip
@click.option("--public", "is_public", is_flag=True,
              help="A copy without what is not published; no submission.")  # fmt: skip
@click.option("--draft-requests", "drafts", is_flag=True,
              help="Begin the table of CAR and CL with what the checks find in the "
              "books, as drafts.")  # fmt: skip
@BOOK
@options.FORCE
@options.DEFINITIONS
@options.OVERLAYS
def new(
    code: str, project: Path, output: Path | None, is_public: bool, drafts: bool,
    book: Path | None, force: bool,
) -> None:  # fmt: skip
    """Make a form of a project; what was typed into it before is taken up."""
    from jcm_xl.forms.folder import open_project
    from jcm_xl.projects.forms import form_called, make_form
    from jcm_xl.text.visible import visible

    opened = open_project(project)
    form = form_called(code)
    target = output or project / "forms" / f"{form.code}.xlsx"
    if output is None:
        target.parent.mkdir(exist_ok=True)
    sources = [*opened.books(), *([book] if book else [])]
    refuse_book(target, force=force, sources=sources)
    made = make_form(opened, code, book, is_public=is_public, drafts=drafts)
    for sentence in made.left:
        click.echo(visible(sentence), err=True)
    write_book(target, made.data, force=force, sources=sources)
    click.echo(f"Wrote {target}")


@command.command("document")
@click.argument("code")
@click.argument("project", type=options.Place())
@click.option("-o", "--output", type=options.Place(), metavar="FILE",
              help="The file to write, .docx; documents/CODE.docx of the project if it "
              "is not named.")  # fmt: skip
@BOOK
@options.FORCE
@options.DEFINITIONS
@options.OVERLAYS
def document(
    code: str, project: Path, output: Path | None, book: Path | None, force: bool
) -> None:
    """Write a form as a document for Word, of what the project knows and keeps.

    Each figure carries its name, so `jcm-xl form check` tells one that was typed over.
    """
    from jcm_xl.documents.methodology.word import document_docx
    from jcm_xl.errors import JcmError
    from jcm_xl.forms.folder import open_project
    from jcm_xl.projects.forms import form_called, make_paper

    opened = open_project(project)
    target = output or project / "documents" / f"{form_called(code).code}.docx"
    if target.suffix.lower() != ".docx":
        raise JcmError(f"{target}: name it .docx.")
    if output is None:
        target.parent.mkdir(exist_ok=True)
    data = document_docx(make_paper(opened, code, book))
    write_document(target, data, force=force, sources=opened.books())


@command.command("read")
@click.argument("file", type=options.Place())
@PROJECT
@BOOK
@click.option("--force", is_flag=True,
              help="Replace what the project keeps of this form.")  # fmt: skip
@options.DEFINITIONS
@options.OVERLAYS
@click.pass_context
def read(
    ctx: click.Context, file: Path, folder: Path | None, book: Path | None, force: bool
) -> None:
    """Keep what was typed into a form as text in the project's folder.

    Nothing is guessed: a cell that cannot be read is named, and nothing is kept then.
    Exit codes: 0 kept, 1 a cell cannot be read, 2 no form, or no project.
    """
    from jcm_xl.forms.typed import typed_file, typed_text
    from jcm_xl.projects.forms import open_form

    project = _project(file, folder)
    form = open_form(file, project, book)
    unread = [
        f"{cell.address} ({cell.name}) holds {entry.shown!r}, which is not read."
        for cell, entry in form.typed()
        if not entry.is_read
    ]
    for sentence in unread:
        click.echo(sentence, err=True)
    if unread:
        click.echo("Nothing was kept. `jcm-xl check` tells what is expected.", err=True)
        ctx.exit(1)
    target = typed_file(project.path, form.form)
    text = typed_text(form.form, form.values).encode()
    if not target.is_file() or target.read_bytes() != text:
        refuse_standing(target, force=force)
        target.parent.mkdir(exist_ok=True)
        keep(target, text, is_new=not force)
    click.echo(f"Kept {sum(map(_count, form.values.values()))} entries in {target}")


def _count(value: object) -> int:
    return sum(map(len, value)) if isinstance(value, tuple) else 1


def _project(file: Path, folder: Path | None) -> ProjectFolder:
    from jcm_xl.errors import JcmError
    from jcm_xl.forms.folder import open_project, project_of

    found = folder or project_of(file)
    if found is None:
        raise JcmError(
            f"{file} lies in no project's folder; name the project with --project."
        )
    return open_project(found)


@command.command("check")
@click.argument("file", type=options.Place())
@PROJECT
@BOOK
@options.LANGUAGES
@options.ALL
@options.DEFINITIONS
@options.OVERLAYS
@click.pass_context
def check(
    ctx: click.Context, file: Path, folder: Path | None, book: Path | None,
    languages: tuple[str, ...], is_whole: bool,
) -> None:  # fmt: skip
    """Judge a form beside its project, or a document that was made of one (.docx).

    Of the book of a form in its project's folder `jcm-xl check` tells the same. Of a
    document the figures are compared, no word of its text.
    """
    from jcm_xl.checks.form_run import judge_form, judge_paper
    from jcm_xl.documents.report.forms.text import report_lines
    from jcm_xl.documents.report.shared import SHOWN
    from jcm_xl.projects.forms import open_form, open_paper

    project = _project(file, folder)
    if file.suffix.lower() == ".docx":
        report = judge_paper(open_paper(file, project, book), file.name)
    else:
        report = judge_form(open_form(file, project, book), file.name)
    show(report_lines([report], options.limit(is_whole, SHOWN), languages))
    ctx.exit(report.exit_code)
