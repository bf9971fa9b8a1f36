"""Every rule speaks where it should and is quiet where it should; each has a page."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import jcm_xl.definition.lint
from jcm_xl.definition.families import Family
from jcm_xl.definition.library import entries
from jcm_xl.definition.lint.base import Lint
from jcm_xl.definition.lint.run import catalogue, lint_bytes, lint_file
from jcm_xl.model.finding import Severity
from tests.definition.test_broken import CASES as BROKEN
from tests.definition.test_broken import NAME, SOUND, broken
from tests.questions import of_every

CASES = tomllib.loads(
    (Path(__file__).parent / "rules.toml").read_text(encoding="utf-8")
)["case"]
RULES = list(catalogue().values())
FILES = [entry.path for entry in entries()]


def changed(case: dict[str, Any]) -> bytes:
    case = {"find": "", "put": "", **case}
    return (broken(case) if case["find"] else SOUND).encode()


@pytest.mark.parametrize(
    "case", CASES, ids=[f"{case['rule']} {case['title']}" for case in CASES]
)
def test_a_rule_speaks_where_it_should(case: dict[str, Any]) -> None:
    report = lint_bytes(changed(case), NAME)
    assert not report.skipped, [r.message for r in report.remarks]
    found = [r for r in report.remarks if r.rule.code == case["rule"]]
    for key, words in case["expect"]:
        assert any(r.key == key and words in r.message for r in found), (
            f"no remark at {key} says {words!r} among "
            f"{[(r.key, r.message) for r in found]}"
        )
    if not case.get("any"):
        assert len(found) == len(case["expect"])


@of_every([rule for rule in RULES if rule.run], lambda rule: rule.code)
def test_every_rule_has_a_case_that_fires_and_one_that_is_quiet(rule: Lint) -> None:
    own = [bool(case["expect"]) for case in CASES if case["rule"] == rule.code]
    assert set(own) == {True, False}, (
        "Add a case that fires and a quiet one to tests/definition/lint/rules.toml"
    )


@of_every(RULES, lambda rule: rule.code)
def test_every_rule_has_a_page(rule: Lint) -> None:
    assert re.fullmatch(r"JD[12]\d\d", rule.code)
    assert (rule.run is None) == rule.code.startswith("JD1")
    assert rule.fact.endswith("."), "Begin the docstring with one sentence of fact"
    for words in (rule.why, rule.remedy):
        assert words.endswith("."), (
            "Add the sections 'Why it matters' and 'How to fix it' to the docstring"
        )


def test_every_file_is_one_rule() -> None:
    folder = Path(jcm_xl.definition.lint.__path__[0])
    stems = sorted(path.stem for path in folder.glob("jd*.py"))
    names = [f"{r.code}_{r.name}".lower().replace("-", "_") for r in RULES]
    assert stems == sorted(names), "One file, one rule: jd<nnn>_<name>.py"


def test_every_family_of_the_loader_has_a_rule() -> None:
    refused = {rule.code for rule in RULES if rule.run is None}
    assert refused == set(Family)


@pytest.mark.parametrize("case", BROKEN, ids=[case["title"] for case in BROKEN])
def test_what_the_loader_refuses_has_a_code_and_a_line(case: dict[str, Any]) -> None:
    report = lint_bytes(broken(case).encode(), NAME)
    assert report.exit_code == 1
    assert all(r.line >= 1 for r in report.remarks)
    assert {r.rule.code[:3] for r in report.remarks if r.rule.run is None} == {"JD1"}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("an unknown key", Family.UNKNOWN_KEY),
        ("an unknown unit", Family.UNIT),
        ("a gap between classes", Family.CLASSES),
        ("a default without evidence", Family.SOURCE),
        ("a default without source", Family.SOURCE),
        ("a misspelt name", Family.REFERENCE),
    ],
)
def test_the_families_are_told_apart(words: str, code: Family) -> None:
    case = next(case for case in BROKEN if case["title"].startswith(words))
    report = lint_bytes(broken(case).encode(), NAME)
    assert code in {remark.rule.code for remark in report.remarks}


def test_a_failing_example_does_not_silence_the_rules() -> None:
    data = SOUND.replace("ER_p     = 60.2", "ER_p     = 61").encode()
    counts = Counter(r.rule.code for r in lint_bytes(data, NAME).remarks)
    assert counts[Family.EXAMPLE] == 1
    assert counts["JD208"] == 1


def test_what_is_no_toml_is_told_with_its_line(tmp_path: Path) -> None:
    report = lint_bytes(b'schema = 2\ntitle = "open\n', NAME)
    (remark,) = report.remarks
    assert (remark.rule.code, remark.line) == (Family.FILE, 2)
    assert report.skipped
    (missing,) = lint_file(tmp_path / NAME).remarks
    assert "cannot be read" in missing.message.lower()


@of_every(FILES, lambda path: path.stem)
def test_no_definition_of_the_library_has_an_error(path: Path) -> None:
    report = lint_file(path)
    assert report.count(Severity.ERROR) == 0, [r.message for r in report.remarks]
