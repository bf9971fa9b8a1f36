"""What an author types: lint, rule, new-methodology, document, catalogue."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from jcm_xl.cli import main

PATH = Path(__file__).parents[1] / "definitions" / "EX_AM902_ver01.0.toml"


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def test_lint_says_the_verdict_first_then_where_what_why_and_how(
    tmp_path: Path,
) -> None:
    path = tmp_path / PATH.name
    text = PATH.read_text(encoding="utf-8")
    path.write_text(text.replace("Illustration of a measure.", "TODO: say what"))
    result = run("lint", path)
    lines = result.output.splitlines()
    assert result.exit_code == 1
    assert lines[0] == f"{PATH.name}: TO MEND: 1 error, 2 warnings, 1 note"
    number = text.splitlines().index('measures   = "Illustration of a measure."') + 1
    assert lines[2] == f"{PATH.name}:{number}: ERROR JD201 summary.measures"
    assert lines[3].strip().startswith("'TODO: say what' is left over")
    assert lines[4].strip().startswith("Why it matters: ")
    assert lines[5].strip().startswith("How to mend it: ")


def test_lint_as_json() -> None:
    result = run("lint", PATH, "--format", "json")
    data = json.loads(result.output)
    assert result.exit_code == data["exit_code"] == 0
    (file,) = data["files"]
    assert file["verdict"] == "USABLE: 2 warnings, 1 note"
    assert {r["code"] for r in file["remarks"]} == {"JD208", "JD215", "JD237"}
    assert all(r["line"] and r["why"] and r["remedy"] for r in file["remarks"])


def test_rule_shows_the_pages_of_the_authors_rules_too() -> None:
    assert "Why it matters" in run("rule", "jd110").output
    listed = run("rule").output
    assert "JD201" in listed
    assert "JX204" in listed
    assert run("rule", "JD999").exit_code == 2


def test_new_methodology_writes_what_lint_then_lists(tmp_path: Path) -> None:
    result = run("new-methodology", "--shape", 5, "--id", "TH_AM901", "-o", tmp_path)
    path = tmp_path / "TH_AM901_ver01.0.toml"
    assert result.exit_code == 0, result.output
    assert "JD201" in run("lint", path).output
    again = run("new-methodology", "--shape", 5, "--id", "TH_AM901", "-o", path)
    assert "--force" in again.output
    other = run("new-methodology", "--shape", 5, "--id", "TH_AM901", "-o", "x.toml")
    assert "is called TH_AM901_ver01.0.toml" in other.output
    assert "Efficiency ratio" in run("new-methodology", "--shapes").output
    assert run("new-methodology").exit_code == 2


@pytest.mark.parametrize(("ending", "start"), [("html", b"<!DOCTYPE"), ("docx", b"PK")])
def test_document_writes_the_form_of_the_ending(
    tmp_path: Path, ending: str, start: bytes
) -> None:
    path = tmp_path / f"a.{ending}"
    result = run("document", PATH, "-o", path)
    assert result.exit_code == 0, result.output
    first = path.read_bytes()
    assert first.startswith(start)
    assert run("document", PATH, "-o", path, "--force").exit_code == 0
    assert path.read_bytes() == first
    assert "exists already" in run("document", PATH, "-o", path).output


def test_document_asks_for_a_form_it_knows(tmp_path: Path) -> None:
    assert "--format" in run("document", PATH, "-o", tmp_path / "a.pdf").output
    assert (
        "workbook"
        in run("document", PATH, "-o", tmp_path / "a.xlsx", "--format", "html").output
    )


def test_catalogue_writes_one_page(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.html"
    result = run("catalogue", "-o", path)
    assert result.exit_code == 0, result.output
    assert "ID_AM002" in path.read_text(encoding="utf-8")
