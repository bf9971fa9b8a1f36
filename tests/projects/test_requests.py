"""Findings become drafts of requests, and none is lost without a word."""

from __future__ import annotations

from pathlib import Path

import pytest

from jcm_xl import api
from jcm_xl.checks.form_run import judge_form
from jcm_xl.forms.folder import ProjectFolder
from jcm_xl.forms.load import form_definitions
from jcm_xl.forms.model import TableRows
from jcm_xl.forms.typed import typed_file
from jcm_xl.inputs.example import example_inputs
from jcm_xl.model.key import Key
from jcm_xl.plan.edition import Edition
from jcm_xl.projects.forms import make_form, open_form
from jcm_xl.projects.requests import drafted
from tests.forms.example import example_project

FORM = form_definitions()["Vrf_Rep"]


@pytest.fixture
def project(tmp_path: Path) -> ProjectFolder:
    """A project whose report shows another figure than its formulas give."""
    found = example_project(tmp_path / "TH000")
    typed_file(found.path, FORM).unlink()
    m = api.load("TH_AM001@1.0")
    plan, submission = api.filled(m, example_inputs(m), Edition())
    fault = {Key("mrs", "quantity", m.results.reduction): 52.0}
    book = found.path / "books" / "report.xlsx"
    book.write_bytes(api.book(plan, submission, fault))
    return found


def _rows(found: dict[str, object]) -> TableRows:
    rows = found["requests"]
    assert isinstance(rows, tuple)
    return rows


def test_an_error_of_the_tonnes_is_a_draft_of_a_car(project: ProjectFolder) -> None:
    values, left = drafted(project, FORM)
    assert left == []
    first, *_ = _rows(dict(values))
    assert (first["number"], first["kind"], first["status"]) == (
        "CAR-01",
        "CAR",
        "open",
    )
    assert str(first["text"]).startswith("Draft, report.xlsx, JX")


def test_the_drafts_stand_in_the_form_and_stop_a_positive_opinion(
    project: ProjectFolder,
) -> None:
    made = make_form(project, "Vrf_Rep", drafts=True)
    path = project.path / "forms" / "Vrf_Rep.xlsx"
    path.write_bytes(made.data)
    form = open_form(path, project)
    assert form.values["requests"] == drafted(project, FORM)[0]["requests"]
    report = judge_form(form, path.name)
    assert "JX707" not in {d.code for d in report.diagnostics}


def test_a_clean_book_and_another_form_begin_nothing(tmp_path: Path) -> None:
    clean = example_project(tmp_path / "TH000")
    assert drafted(clean, FORM) == ({}, [])
    told = drafted(clean, form_definitions()["PDD"])
    assert told == ({}, ["PDD has no table of requests."])


def test_what_was_typed_stands(project: ProjectFolder) -> None:
    typed_file(project.path, FORM).write_text(
        'form = "Vrf_Rep"\n[values]\n[[values.requests]]\nnumber = "CL-09"\n'
    )
    made = make_form(project, "Vrf_Rep", drafts=True)
    path = project.path / "forms" / "Vrf_Rep.xlsx"
    path.write_bytes(made.data)
    assert open_form(path, project).values["requests"] == ({"number": "CL-09"},)
