"""Nobody changes what a form prints without being told, at the very cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from jcm_xl.checks.form_run import judge_form
from jcm_xl.forms.folder import ProjectFolder
from jcm_xl.forms.opened import OpenedForm
from jcm_xl.projects.forms import bind_form, make_form
from jcm_xl.xlsx.grid import Cell, Grid, Position, address
from jcm_xl.xlsx.package import open_bytes
from jcm_xl.xlsx.read import read_grid
from tests.forms.example import ONE_NOW, example_project

CHANGED = "JX705"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> ProjectFolder:
    return example_project(tmp_path_factory.mktemp("mutants") / "TH000")


def _mutants(form: OpenedForm) -> Iterator[tuple[Position, Cell]]:
    """Yield each cell that nobody types into, emptied and with another content."""
    ours = {*form.placed.texts, *(c.at for c in form.placed.cells if not c.is_typed)}
    for at in sorted(ours):
        stands = form.sheet.cells.get(at, Cell(None))  # type: ignore[union-attr]
        if isinstance(stands.value, float):
            yield at, stands._replace(value=stands.value + 1)
        yield at, stands._replace(value="another text")
        if stands.value not in (None, ""):
            yield at, stands._replace(value=None)
            yield at, stands._replace(formula="1+1")


def _with(grid: Grid, at: Position, cell: Cell) -> Grid:
    first = grid.sheets[0]
    return replace(grid, sheets=(replace(first, cells={**first.cells, at: cell}),))


@pytest.mark.parametrize("code", ONE_NOW)
def test_every_change_of_a_locked_cell_is_found_there(
    code: str, project: ProjectFolder
) -> None:
    grid = read_grid(open_bytes(make_form(project, code).data, code))
    form = bind_form(grid, code, project)
    assert judge_form(form, code).exit_code == 0
    count, missed = 0, []
    for at, cell in _mutants(form):
        mutant = OpenedForm(_with(grid, at, cell), form.stamp, form.form, form.placed,
                            project, form.lacking)  # fmt: skip
        report = judge_form(mutant, code)
        cells = [d.cells for d in report.diagnostics if d.code == CHANGED]
        if not any(address(*at) in each for each in cells):
            missed.append((address(*at), cell, cells))
        count += 1
    assert count > 20
    assert missed == []
