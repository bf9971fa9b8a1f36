"""The report on a form's book, beside the project in whose folder it lies."""

from __future__ import annotations

from pathlib import Path

from jcm_xl.checks.form_run import judge_form
from jcm_xl.checks.verdict import refused
from jcm_xl.errors import JcmError
from jcm_xl.forms.folder import ProjectFolder, open_project, project_of
from jcm_xl.forms.stamp import FormStamp
from jcm_xl.model.finding import NO_VERDICT, Report
from jcm_xl.projects.forms import bind_form
from jcm_xl.submission.open import BookSource, name_of
from jcm_xl.text.phrase import Phrase
from jcm_xl.version import __version__
from jcm_xl.xlsx.grid import Grid

HOMELESS = Phrase(
    "verdict.form-alone",
    "This is a form of a project, and it is judged beside the project's facts. Put it "
    "into the folder `forms` of the project, which holds project.toml.",
)
PUBLIC = Phrase(
    "verdict.form-public",
    "This is the public copy of a form: what is not published was left out, so it "
    "is no submission.",
)


def report_on(grid: Grid, stamp: FormStamp, path: BookSource) -> Report:
    """Judge a form where it lies in its project; never raises for its content."""
    name = name_of(path)
    if stamp.is_public:
        return _refused(name, grid, PUBLIC)
    folder = None if isinstance(path, bytes) else project_of(Path(path))
    if folder is None:
        return _refused(name, grid, HOMELESS)
    try:
        return form_report(grid, name, open_project(folder))
    except JcmError as why:
        reason, *more = (line.strip() for line in str(why).splitlines())
        return _refused(name, grid, " ".join((reason, "; ".join(more))).strip())


def form_report(
    grid: Grid, name: str, project: ProjectFolder, book: Path | None = None
) -> Report:
    """Judge the book of a form beside its project; raise `NoForm` for what is none."""
    return judge_form(bind_form(grid, name, project, book), name)


def _refused(name: str, grid: Grid, reason: str) -> Report:
    return Report(
        file=name, sha256=grid.sha256, exit_code=NO_VERDICT,
        versions={"jcm_xl": __version__}, verdict=refused(reason),
    )  # fmt: skip
