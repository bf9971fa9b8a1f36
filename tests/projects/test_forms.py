"""A project's forms, made of its facts and its book."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from jcm_xl import api
from jcm_xl.checks.form_run import judge_form
from jcm_xl.forms.folder import ProjectFolder, open_project
from jcm_xl.forms.load import form_definitions
from jcm_xl.projects.forms import NoForm, make_form, open_form
from jcm_xl.projects.known import gather
from jcm_xl.projects.make import facts_text, make_folder
from tests.forms.example import FACTS, KNOWN, example_project


@pytest.fixture
def project(tmp_path: Path) -> ProjectFolder:
    return example_project(tmp_path / "TH000")


def test_every_form_of_a_complete_project_is_clean(project: ProjectFolder) -> None:
    for code in KNOWN:
        made = make_form(project, code)
        assert made.left == (), code
        path = project.path / "forms" / f"{code}.xlsx"
        path.write_bytes(made.data)
        report = judge_form(open_form(path, project), path.name)
        assert report.diagnostics == (), code
        assert report.verdict.startswith(f"CLEAN (form {code}), DRAFT"), code
        assert api.check(path).verdict == report.verdict


def test_the_figures_are_those_of_the_book(project: ProjectFolder) -> None:
    forms = form_definitions()
    plan = gather(project, forms["PDD"]).values
    years = plan["plan.by_year"]
    assert isinstance(years, tuple)
    assert years[0]["reductions"] == Decimal(287)  # 275 of 366 days from 1 April
    assert years[1]["reductions"] == Decimal(382)
    assert [row["year"] for row in years] == [Decimal(y) for y in range(2024, 2031)]
    assert plan["plan.total"] == sum(row["reductions"] for row in years)  # type: ignore[misc]
    report = gather(project, forms["Vrf_Rep"]).values
    assert report["report.by_year"] == (
        {"year": Decimal(2023), "reference": Decimal(383), "project": Decimal(0),
         "reductions": Decimal(382)},
    )  # fmt: skip
    request = gather(project, forms["Iss_Req"]).values
    assert request["verified.total"] == Decimal(381)
    assert [row["amount"] for row in request["verified.shares"]] == [191, 190]  # type: ignore[index, union-attr]


def test_an_estimate_ends_with_the_lifetime(tmp_path: Path) -> None:
    facts = FACTS.replace("lifetime_years     = 17", "lifetime_years     = 2")
    project = example_project(tmp_path / "TH000", facts)
    years = gather(project, form_definitions()["PDD"]).values["plan.by_year"]
    assert isinstance(years, tuple)
    assert [row["year"] for row in years] == [2024, 2025, 2026]
    assert years[-1]["reductions"] == Decimal(94)  # 90 of 365 days


def test_a_book_of_another_project_gives_nothing(project: ProjectFolder) -> None:
    facts = FACTS.replace("TH000", "TH001")
    (project.path / "project.toml").write_text(facts, encoding="utf-8")
    found = gather(open_project(project.path), form_definitions()["Vrf_Rep"])
    assert "report.by_year" not in found.values
    assert "is of TH000" in found.lacking["report.by_year"]


def test_two_reports_are_asked_for_and_none_is_taken(project: ProjectFolder) -> None:
    book = project.path / "books" / "report.xlsx"
    other = project.path / "books" / "second.xlsx"
    other.write_bytes(book.read_bytes())
    form = form_definitions()["Vrf_Rep"]
    assert "name the one that is meant" in gather(project, form).lacking["report.first"]
    assert "report.first" in gather(project, form, other).values


def test_an_unseen_form_is_no_book(project: ProjectFolder) -> None:
    with pytest.raises(NoForm, match="No field of SDIP"):
        make_form(project, "sdip")
    with pytest.raises(NoForm, match="did you mean 'PDD'"):
        make_form(project, "PDDD")


def test_nothing_private_is_in_a_public_copy(project: ProjectFolder) -> None:
    """Neither in a cell nor in a property: the bytes of all parts are searched."""
    import io
    import zipfile

    with pytest.raises(NoForm, match="about persons"):
        make_form(project, "MoC", is_public=True)
    private = ("A. Example", "B. Example", "JP-1", "C. Example", "jcm@example.org")
    for code in ("Val_Rep", "Vrf_Rep", "Iss_Req"):
        path = project.path / "forms" / f"{code}-public.xlsx"
        path.write_bytes(make_form(project, code, is_public=True).data)
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
            text = b"".join(archive.read(n) for n in archive.namelist()).decode()
        assert not [word for word in private if word in text], code
        report = api.check(path)
        assert report.exit_code == 2
        assert "public copy of a form" in report.verdict


def test_a_form_outside_of_its_project_is_not_judged(
    project: ProjectFolder, tmp_path: Path
) -> None:
    path = tmp_path / "PDD.xlsx"
    path.write_bytes(make_form(project, "PDD").data)
    report = api.check(path)
    assert report.exit_code == 2
    assert "judged beside the project's facts" in report.verdict


def test_a_project_is_begun_with_what_the_register_knows(tmp_path: Path) -> None:
    text = facts_text("MN004")
    assert "10MW Solar Power Project in Darkhan City" in text
    make_folder(tmp_path / "MN004", "MN004")
    project = open_project(tmp_path / "MN004")
    assert project.methodologies == ("MN_AM003@2.0",)
    assert "contacts.toml" in (tmp_path / "MN004" / ".gitignore").read_text()
