"""Forms of a project: made, read back, opened to be judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from jcm_xl.checks.form_run import judge_paper
from jcm_xl.dataclass import dataclass
from jcm_xl.documents.form_document import form_document
from jcm_xl.documents.methodology.blocks import Document
from jcm_xl.errors import JcmError
from jcm_xl.forms.folder import ProjectFolder
from jcm_xl.forms.load import form_definitions
from jcm_xl.forms.model import FieldValue, FormDefinition
from jcm_xl.forms.opened import OpenedForm, OpenedPaper
from jcm_xl.forms.paper import NoPaper, read_paper
from jcm_xl.forms.place import FormSheet, place_form
from jcm_xl.forms.stamp import read_form_stamp
from jcm_xl.forms.typed import not_taken, read_typed, typed_file
from jcm_xl.model.finding import Report
from jcm_xl.projects.known import Gathered, gather
from jcm_xl.projects.requests import TABLE, drafted
from jcm_xl.text.nearest import nearest
from jcm_xl.writing.form_book import write_form_book
from jcm_xl.xlsx.grid import Grid
from jcm_xl.xlsx.package import open_package
from jcm_xl.xlsx.read import read_grid


class NoForm(JcmError):
    """A form that is not known, or a book that is none."""


@dataclass(frozen=True, slots=True)
class MadeForm:
    """A form's book. left: in sentences, what could not be filled or has no room."""

    data: bytes
    placed: FormSheet
    left: tuple[str, ...]


def form_called(code: str) -> FormDefinition:
    """Return the form of a code, in any capitals; raise `NoForm`."""
    every = form_definitions()
    found = next((f for c, f in every.items() if c.lower() == code.lower()), None)
    if found is None:
        raise NoForm(
            f"There is no form {code}{nearest(code, every)}. `jcm-xl form list` shows "
            "all of them."
        )
    return found


def make_form(
    project: ProjectFolder,
    code: str,
    book: Path | None = None,
    *,
    is_public: bool = False,
    drafts: bool = False,
) -> MadeForm:
    """Return a form's book, filled with what the project knows and was typed before.

    is_public: a copy without the fields that are not published. drafts: begin its
    table of requests with what the checks find, where nothing was typed yet. Raises
    `NoForm` for a form of which nobody has seen a field, or that is never published,
    `ProjectError` for a file of typed values that cannot be read.
    """
    form = form_called(code)
    if form.is_unknown:
        raise NoForm(
            f"No field of {form.code} ({form.title}) is known here, so no book is made "
            f"of it. The official form: {form.source}."
        )
    values = _typed(project, form)
    begun: list[str] = []
    if drafts and TABLE not in values:
        rows, begun = drafted(project, form)
        values = {**values, **rows}
    if is_public:
        form = _published(form)
        values = {name: v for name, v in values.items() if form.field(name)}
    known = gather(project, form, book)
    placed = place_form(form, project.country, known.values)
    data = write_form_book(placed, project.reference, values, is_public)
    return MadeForm(
        data, placed, (*_left(form, known), *_no_room(values, placed), *begun)
    )


def make_paper(project: ProjectFolder, code: str, book: Path | None = None) -> Document:
    """Return a form as a document; what is typed is that of the project's text files.

    Raises as `make_form` does.
    """
    form = form_called(code)
    if form.is_unknown:
        raise NoForm(f"No field of {form.code} ({form.title}) is known here.")
    values = _typed(project, form)
    known = gather(project, form, book)
    placed = place_form(form, project.country, known.values)
    return form_document(placed, project.reference, values)


def open_paper(
    path: Path, project: ProjectFolder, book: Path | None = None
) -> OpenedPaper:
    """Open a document beside what its project says today; raise `NoPaper`."""
    paper = read_paper(path)
    form = form_called(paper.code)
    if (paper.digest, paper.project) != (form.digest[:12], project.reference):
        raise NoPaper(
            f"{path.name} was made for {paper.project} of another text of the form; "
            "make it again with `jcm-xl form document`."
        )
    known = gather(project, form, book)
    placed = place_form(form, project.country, known.values)
    return OpenedPaper(paper, form, placed, project)


def papers_judged(project: ProjectFolder) -> tuple[list[Report], int]:
    """Judge the documents that were made of forms; count the other files beside them.

    One of another project, or of another text of its form, is such an other file.
    """
    reports, others = [], 0
    for path in sorted((project.path / "documents").rglob("*")):
        if not path.is_file():
            continue
        try:
            if path.suffix.lower() != ".docx":
                raise NoPaper(path.name)
            reports.append(judge_paper(open_paper(path, project), path.name))
        except NoPaper:
            others += 1
    return reports, others


def _published(form: FormDefinition) -> FormDefinition:
    """Return a form without what is never published; raise `NoForm` for a whole one."""
    if form.is_of_people:
        raise NoForm(f"{form.code} is about persons, so there is no public copy of it.")
    return replace(form, fields=tuple(f for f in form.fields if f.is_public))


def _typed(project: ProjectFolder, form: FormDefinition) -> Mapping[str, FieldValue]:
    path = typed_file(project.path, form)
    return read_typed(path, form) if path.is_file() else {}


def _left(form: FormDefinition, known: Gathered) -> list[str]:
    return [
        f"Not filled: {field.section} {field.label}. {known.lacking[field.source]}"
        for field in form.fields
        if field.source in known.lacking
    ]


def _no_room(values: Mapping[str, FieldValue], placed: FormSheet) -> list[str]:
    return [
        f"Not taken up, it has no row: {each}" for each in not_taken(values, placed)
    ]


def open_form(
    path: Path, project: ProjectFolder, book: Path | None = None
) -> OpenedForm:
    """Open the book of a form beside what its project says today; raise `NoForm`.

    Raises `CannotRead` for a file that is no workbook.
    """
    return bind_form(read_grid(open_package(path)), path.name, project, book)


def bind_form(
    grid: Grid, name: str, project: ProjectFolder, book: Path | None = None
) -> OpenedForm:
    """Return a form's book that was read already as an opened form."""
    stamp = read_form_stamp(grid.properties)
    if stamp is None:
        raise NoForm(
            f"{name} is no form that jcm_xl made: it carries no stamp of one. "
            "`jcm-xl form new` makes a form."
        )
    form = form_called(stamp.code)
    known = gather(project, form, book)
    placed = place_form(form, project.country, known.values)
    return OpenedForm(grid, stamp, form, placed, project, known.lacking)
