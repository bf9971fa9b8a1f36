"""From the number of a project to its requests, by the commands alone."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run
from tests.forms.example import TYPED, example_project
from tests.projects.test_votes import PROPOSAL


def test_a_project_from_its_number_to_a_clean_form(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "MN004"
    assert run("project", "new", "MN004", "-o", folder).exit_code == 0
    again = run("project", "new", "MN004", "-o", folder)
    assert again.exit_code == 2
    assert "already; nothing was written" in again.output
    shown = run("project", "show", folder)
    assert "participants: not said" in shown.output
    empty = run("project", "check", folder)
    assert empty.exit_code == 2
    assert "holds no workbook" in empty.output
    made = run("form", "new", "crd_allc", folder)
    assert made.exit_code == 0
    assert "Not filled: 2 Allocation of the credits. project.toml does not say it " in (
        made.output
    )
    judged = run("check", folder / "forms" / "Crd_Allc.xlsx")
    assert judged.exit_code == 1
    assert "JX708" in judged.output
    assert "JX706" in judged.output


def test_what_was_typed_is_kept_and_taken_up(run: Run, tmp_path: Path) -> None:
    project = example_project(tmp_path / "TH000")
    forms = project.path / "forms"
    for code in TYPED:
        assert run("form", "new", code, project.path).exit_code == 0, code
    assert run("project", "check", project.path).exit_code == 0
    before = (forms / "PDD.toml").read_text(encoding="utf-8")
    (forms / "PDD.toml").unlink()
    kept = run("form", "read", forms / "PDD.xlsx")
    assert kept.exit_code == 0, kept.output
    assert (forms / "PDD.toml").read_text(encoding="utf-8") == before
    contacts = project.path / "contacts.toml"
    contacts.write_text(contacts.read_text().replace("+66 000", "+66 111"))
    refused = run("form", "read", forms / "MoC.xlsx")
    assert refused.exit_code == 2
    assert "--force replaces it" in refused.output
    assert "+66 111" in contacts.read_text()


def test_a_document_is_judged_with_its_project(run: Run, tmp_path: Path) -> None:
    project = example_project(tmp_path / "TH000")
    assert run("form", "document", "PDD", project.path).exit_code == 0
    (project.path / "documents" / "minutes.docx").write_bytes(b"x")
    judged = run("project", "check", project.path)
    assert judged.exit_code == 0, judged.output
    assert "PDD.docx: CLEAN (figures of document PDD)" in judged.output
    assert "Not looked at: 1 in documents." in judged.output
    facts = project.path / "project.toml"
    facts.write_text(facts.read_text().replace("= 17", "= 16"), encoding="utf-8")
    told = run("form", "check", project.path / "documents" / "PDD.docx")
    assert told.exit_code == 1
    assert "A.5, lifetime: the document reads 17" in told.output
    refused = run("form", "document", "PDD", project.path, "-o", tmp_path / "a.pdf")
    assert refused.exit_code == 2
    assert "name it .docx" in refused.output


def test_forms_and_fields_are_shown(run: Run) -> None:
    listed = run("form", "list")
    assert listed.exit_code == 0
    assert "SDIR" in listed.output
    assert "unknown" in listed.output
    shown = run("form", "show", "Vrf_Rep")
    assert "Not seen: the layout" in shown.output
    assert "verified" in shown.output
    unknown = run("form", "show", "Reg_Reqq")
    assert unknown.exit_code == 2
    assert "did you mean 'Reg_Req'" in unknown.output


def test_a_book_that_is_no_form_is_said_so(
    run: Run, tmp_path: Path, books: dict[str, Path]
) -> None:
    project = example_project(tmp_path / "TH000")
    result = run("form", "check", books["report"], "--project", project.path)
    assert result.exit_code == 2
    assert "is no form that jcm_xl made" in result.output


def test_a_vote_is_prepared_and_counted(run: Run, tmp_path: Path) -> None:
    proposal, book = tmp_path / "proposal.toml", tmp_path / "vote.xlsx"
    proposal.write_text(PROPOSAL, encoding="utf-8")
    assert run("decide", "new", proposal, "-o", book).exit_code == 0
    counted = run("decide", "count", proposal, book, "--today", "2026-03-10")
    assert counted.exit_code == 1
    assert counted.output.startswith("OPEN: members may object until 2026-03-22")
    proposal.write_text(PROPOSAL.replace("Chiba", "Chiyo"), encoding="utf-8")
    other = run("decide", "count", proposal, book)
    assert other.exit_code == 2
    assert "A14 holds Chiba; the book of this proposal has Chiyo there" in other.output
