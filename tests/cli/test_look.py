"""list, show, calc, explain, check, rule and demo."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from jcm_xl.checks.run import catalogue
from jcm_xl.definition.library import entries, load
from jcm_xl.plan.plan import make_plan
from tests.cli.conftest import KEY, Run, process
from tests.named import named


def test_list(run: Run) -> None:
    result = run("list")
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert len(lines) == 1 + len(list(entries()))
    headings = ["id", "version", "status", "numbers", "formulas", "texts", "title"]
    assert lines[0].split() == headings
    assert any(line.startswith("ID_AM003  1.0 ") for line in lines)


def ids(text: str) -> set[str]:
    return {line.split()[0] for line in text.splitlines()[1:]}


def test_list_of_a_technology_or_country(run: Run) -> None:
    every = ids(run("list").output)
    solar = ids(run("list", "solar").output)
    thai = ids(run("list", "--country", "TH").output)
    assert {"TH_AM001", "BD_AM002"} <= solar < every
    assert thai == {key for key in every if key.startswith("TH_")}
    assert ids(run("list", "solar", "--country", "thailand").output) == solar & thai
    assert ids(run("list", "--country", "Vietnam").output) == {
        key for key in every if key.startswith("VN_")
    }


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["perpetuum"], "No definition for 'perpetuum' is in the library."),
        (["--country", "Atlantis"], "'Atlantis' is no partner country"),
        (["solar", "--all"], "--all and --grades go without"),
    ],
)
def test_list_of_what_is_not_there(words: list[str], said: str, run: Run) -> None:
    result = run("list", *words)
    assert result.exit_code == 2
    assert said in result.stderr


@pytest.mark.parametrize("key", ["ID_AM003", "id_am003@01.0", "JCM_ID_AM003_ver01.0"])
def test_show(key: str, run: Run) -> None:
    result = run("show", key)
    assert result.exit_code == 0
    assert result.output.startswith("ID_AM003@1.0 Installation of Energy-efficient")


def test_show_of_a_file(run: Run) -> None:
    path = Path(__file__).parents[1] / "definitions" / "EX_AM901_ver01.0.toml"
    assert run("show", path).output.startswith("EX_AM901@1.0")


def test_calc(run: Run, books: dict[str, Path]) -> None:
    result = run("calc", books["report"])
    assert result.exit_code == 0
    assert result.output.count("Table 3: 25 tCO2/p (rounded down from 25.8075)") == 2
    plan = run("calc", books["plan"]).output
    assert "PLAN (MPS): complete" in plan
    assert "REPORT" not in plan


def test_calc_looks_at_nothing_that_is_cached(
    run: Run, books: dict[str, Path], tmp_path: Path
) -> None:
    """A book saved by openpyxl has no results at all."""
    import openpyxl

    path = tmp_path / "saved.xlsx"
    openpyxl.load_workbook(books["report"]).save(path)
    assert run("calc", path).output.count("Table 3: 25 tCO2/p") == 2


def test_calc_json(run: Run, books: dict[str, Path]) -> None:
    result = run("calc", books["report"], "--json")
    assert result.exit_code == 0
    data = json.loads(result.stdout)
    assert (data["schema"], data["methodology"]) == ("jcm_xl.calc/1", "ID_AM003")
    assert (data["version"], data["draft"]) == ("1.0", True)
    assert data["report"]["credited"] == data["plan"]["sheet_credited"] == 25


def test_calc_of_an_incomplete_book(run: Run, books: dict[str, Path]) -> None:
    result = run("calc", books["blank"], "--json")
    assert result.exit_code == 1
    plan = json.loads(result.stdout)["plan"]
    assert plan["status"] == "incomplete"
    assert [item["name"] for item in plan["missing"]] == ["EF_elec", "i"]
    assert run("calc", books["plan"], "--stage", "report").exit_code == 1
    assert run("calc", books["plan"], "--stage", "plan").exit_code == 0


def test_explain(run: Run, books: dict[str, Path]) -> None:
    result = run("explain", books["report"], "RE_p")
    assert result.exit_code == 0
    assert "RE_p = 135.6975 tCO2/p" in result.output
    assert "cell: 'MRS(calc_process)'!" in result.output
    assert "methodology: JCM Project Design Document, ID003" in result.output
    assert run("explain", books["report"]).output.count("ER_p = 25.8075") == 1


@pytest.mark.parametrize(
    ("quantity", "says"),
    [
        ("RE_i_p[1]", "RE_i,p[1] = 135.6975"),
        ("RE_i_p [ 1 ]", "RE_i,p[1] = 135.6975"),
        ("RE_{i,p}", "RE_i,p[1] = 135.6975"),
        ("EF elec", "EF_elec = 0.814"),
    ],
)
def test_names_and_symbols(
    quantity: str, says: str, run: Run, books: dict[str, Path]
) -> None:
    assert says in run("explain", books["report"], quantity).output


@pytest.mark.parametrize(
    ("quantity", "says"),
    [
        ("RE", "has no quantity 'RE' (did you mean 'RE_p'?)"),
        ("RE_i_p[2]", "no row 2 of project refrigerator in use; in use: 1."),
        ("RE_p[1]", "RE_p has one value; leave [1] out."),
        ("COP_RE_by_type", "has no quantity 'COP_RE_by_type'"),
    ],
)
def test_what_cannot_be_explained(
    quantity: str, says: str, run: Run, books: dict[str, Path]
) -> None:
    result = run("explain", books["report"], quantity)
    assert result.exit_code == 2
    assert says in result.stderr


def test_explain_takes_the_report_once_it_is_begun(
    run: Run, books: dict[str, Path]
) -> None:
    assert "File: plan.xlsx, plan" in run("explain", books["plan"]).output
    assert "File: report.xlsx, report" in run("explain", books["report"]).output
    for stage in ("plan", "mps"):
        words = ("explain", books["report"], "RE_p", "--stage", stage)
        assert "File: report.xlsx, plan" in run(*words).output


def test_explain_json(run: Run, books: dict[str, Path]) -> None:
    data = json.loads(run("explain", books["report"], "RE_p", "--json").stdout)
    (tree,) = data["trees"]
    assert tree["children"][0]["name"] == "RE_i_p"
    assert data["stage"] == "report"


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["report"], 0), (["plan"], 0), (["faulty"], 1), (["blank"], 1),
        (["report", "faulty"], 1), (["report", "none"], 2), (["none", "faulty"], 2),
    ],
)  # fmt: skip
def test_exit_codes_of_check(
    names: list[str], code: int, run: Run, books: dict[str, Path]
) -> None:
    paths = [books.get(name, Path("none.xlsx")) for name in names]
    assert run("check", *paths).exit_code == code


def test_check_begins_with_the_verdict(run: Run, books: dict[str, Path]) -> None:
    assert run("check", books["report"]).output.startswith("CLEAN (report stage)")
    faulty = run("check", books["faulty"]).output
    assert faulty.startswith("FINDINGS: 1 error")
    unit = named(make_plan(load(KEY)), "«mrs.unit:EC_PJ_i_p»")
    assert f"ERROR JX204 unit-changed at {unit} (EC_PJ,i,p)" in faulty


def test_check_of_several_files_is_one_report(
    run: Run, books: dict[str, Path], tmp_path: Path
) -> None:
    same = tmp_path / "report.xlsx"
    shutil.copy(books["faulty"], same)
    result = run("check", books["report"], same, "--format", "json")
    data = json.loads(result.stdout)
    assert data["exit_code"] == result.exit_code == 1
    assert [f["exit_code"] for f in data["files"]] == [0, 1]
    # Two files of one name are told apart by their paths.
    assert [f["file"] for f in data["files"]] == [str(books["report"]), str(same)]


@pytest.mark.parametrize(
    ("words", "start"),
    [
        (["-o", "out.html"], "<!DOCTYPE html>"),
        (["-o", "out.json"], "{"),
        (["-o", "out.sarif"], '{\n  "$schema": '),
        (["-o", "out.md"], "# Check report\n"),
        (["-o", "out.txt"], "CLEAN"),
        (["-o", "out.txt", "--format", "html"], "<!DOCTYPE html>"),
    ],
)
def test_the_report_beside_the_book(
    words: list[str], start: str, run: Run, books: dict[str, Path], tmp_path: Path
) -> None:
    out = tmp_path / words[1]
    words = [words[0], str(out), *words[2:]]
    result = run("check", books["report"], *words)
    assert result.exit_code == 0
    first, second = result.output.splitlines()
    assert first.startswith("CLEAN")
    assert second == f"Wrote {out}"
    assert out.read_text(encoding="utf-8").startswith(start)
    again = run("check", books["report"], *words)
    assert again.output.splitlines()[1] == f"Replaced {out}"


def test_a_report_never_replaces_a_book(run: Run, books: dict[str, Path]) -> None:
    before = books["report"].read_bytes()
    for words, said in (
        (["-o", books["report"]], "is read by this command"),
        (["-o", books["faulty"]], "--force replaces it"),
        (["-o", books["faulty"], "--format", "html"], "a report is no workbook"),
    ):
        result = run("check", books["report"], *words)
        assert result.exit_code == 2
        assert said in result.stderr
    assert books["report"].read_bytes() == before


@pytest.mark.parametrize("name", ["out.pdf", "out.docx", "out"])
def test_an_ending_of_no_report_is_refused(
    name: str, run: Run, books: dict[str, Path], tmp_path: Path
) -> None:
    out = tmp_path / name
    result = run("check", books["report"], "-o", out)
    assert result.exit_code == 2
    assert ".html" in result.stderr
    assert "--format" in result.stderr
    assert not out.exists()
    assert run("check", books["report"], "-o", out, "--format", "text").exit_code == 0
    page = tmp_path / "page.pdf"
    assert "end its name in .html" in run("catalogue", "-o", page).stderr


def test_check_of_what_is_no_file(run: Run, tmp_path: Path) -> None:
    assert run("check").exit_code == 2
    result = run("check", tmp_path / "none.xlsx")
    assert result.exit_code == 2
    assert result.output.startswith("CANNOT BE JUDGED: ")


def test_check_against_other_books(run: Run, books: dict[str, Path]) -> None:
    words = ("check", books["report"], "--plan", books["plan"], "--format", "json")
    result = run(*words)
    data = json.loads(result.stdout)
    assert (result.exit_code, data["compared_with_registered_plan"]) == (0, True)
    assert data["files"][0]["compared"]["plan"].startswith(
        "Compared with the registered plan: plan.xlsx (SHA-256 "
    )
    page = run("check", books["report"], "--previous", books["report"]).output
    assert "report.xlsx cannot serve as an earlier report: it is the very" in page
    assert "Not compared with the registered plan." in page
    none = run("check", books["report"], "--plan", "none.xlsx")
    assert none.exit_code == 1
    assert "none.xlsx cannot serve as the registered plan: it cannot be read" in (
        none.output
    )


def test_languages_stages_and_days_of_check(run: Run, books: dict[str, Path]) -> None:
    assert run("check", books["plan"], "--stage", "report").exit_code == 1
    assert run("check", books["report"], "--lang", "ja").exit_code == 0
    assert "no texts in 'xx'" in run("check", books["report"], "--lang", "xx").stderr
    words = ("check", books["report"], "--today", "2030-01-01")
    assert run(*words).exit_code == 0
    assert run("check", books["report"], "--today", "soon").exit_code == 2


def test_the_same_book_gives_the_same_report(books: dict[str, Path]) -> None:
    calls = [
        process(
            "check", books["faulty"], "--format", form, PYTHONHASHSEED=seed, TZ=zone
        )
        for form in ("html", "json")
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    ]
    assert calls[0].stdout == calls[1].stdout
    assert calls[2].stdout == calls[3].stdout


def test_rules(run: Run) -> None:
    result = run("rule")
    assert result.exit_code == 0
    for code in catalogue():
        assert code in result.output
    page = run("rule", "jx204").output
    assert page.startswith("JX204 unit-changed\n")
    assert "Why it matters" in page
    for name in ("unit-changed", "Unit_Changed", " unit changed"):
        assert run("rule", name).output == page
    assert run("rule", "rounds-in-favour").output.startswith("JD204 ")
    result = run("rule", "JX2004")
    assert result.exit_code == 2
    assert "There is no rule JX2004 (did you mean 'JX204'?)" in result.stderr


def test_the_pages_of_all_rules(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "JX999.md").write_text("# JX999 a rule that is no more")
    (folder / "own.md").write_text("not ours")
    result = run("rule", "-o", folder)
    assert result.exit_code == 0
    names = {path.name for path in folder.iterdir()}
    assert {"README.md", "JX204.md", "JD203.md", "own.md"} <= names
    assert "JX999.md" not in names
    assert (folder / "JX204.md").read_text().startswith("# JX204 unit-changed\n")
    (tmp_path / "file").touch()
    assert run("rule", "-o", tmp_path / "file").exit_code == 2


@pytest.mark.parametrize("code", catalogue())
def test_every_rule_has_a_page(code: str, run: Run) -> None:
    result = run("rule", code)
    assert result.exit_code == 0
    assert "Basis: " in result.output


def test_demo(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "a" / "demo"
    result = run("demo", folder)
    assert result.exit_code == 0
    names = sorted(path.name for path in folder.iterdir())
    assert names == [
        "JCM_ID_AM003_ver01.0_blank.xlsx",
        "JCM_ID_AM003_ver01.0_faulty.xlsx",
        "JCM_ID_AM003_ver01.0_faulty_report.html",
        "JCM_ID_AM003_ver01.0_filled.xlsx",
        "JCM_ID_AM003_ver01.0_filled_report.html",
    ]
    text = result.output
    assert "Table 3: 25 tCO2/p (rounded down from 25.8075)" in text
    assert "CLEAN (report stage)" in text
    assert "FINDINGS: 4 errors" in text
    assert "JX204 The unit in G8 on MRS(input)" in text
    lines = text.splitlines()
    assert len(lines) <= 25
    assert lines[-1].endswith((folder / names[2]).resolve().as_uri())
    assert run("check", folder / names[0]).exit_code == 1
    assert run("check", folder / names[1]).exit_code == 1
    assert run("check", folder / names[3]).exit_code == 0
    again = run("demo", folder)
    assert again.exit_code == 0
    assert "Replaced" in again.output


def test_a_demo_where_no_folder_can_be(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = run("demo", tmp_path / "file" / "demo")
    assert result.exit_code == 2
    assert "cannot be made" in result.stderr


def test_key_is_what_the_demo_uses() -> None:
    from jcm_xl.desk import sample

    assert sample.KEY == KEY
