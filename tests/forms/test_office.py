"""In LibreOffice a form counts its open requests itself, and its saved copy is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from jcm_xl.checks.form_run import judge_form
from jcm_xl.projects.forms import make_form, open_form
from tests.forms.example import example_project
from tests.office.harness import Office

pytestmark = [pytest.mark.office, pytest.mark.slow]


def test_an_open_request_is_counted_and_the_saved_form_judged(
    office: Office, tmp_path: Path
) -> None:
    project = example_project(tmp_path / "TH000")
    made = make_form(project, "Val_Rep")
    book = project.path / "forms" / "Val_Rep.xlsx"
    book.write_bytes(made.data)
    cells = {cell.name: cell.address for cell in made.placed.cells}
    lock = made.placed.locks[0].cell
    saved = project.path / "forms" / "saved.xlsx"
    edit = ("Val_Rep", cells["requests[1].status"], "open")
    there = office.recalculate(book, [edit], save_as=saved)
    assert there["Val_Rep"][f"E{lock.row}"] == 1
    report = judge_form(open_form(saved, project), saved.name)
    assert [d.code for d in report.diagnostics] == ["JX714"]
    untouched = office.recalculate(book, save_as=saved)
    assert untouched["Val_Rep"][f"E{lock.row}"] == 0
    assert judge_form(open_form(saved, project), saved.name).diagnostics == ()
