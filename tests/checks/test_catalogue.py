"""What must hold for every check: documented, sourced, exercised, unique, listed."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

import jcm_xl.checks
from jcm_xl.checks.base import Check
from jcm_xl.checks.run import catalogue
from jcm_xl.model.finding import Phase, Severity
from jcm_xl.text.languages import languages, messages
from tests.checks.cases import FOLDER, Case, cases

CHECKS = list(catalogue().values())
SOURCES = {
    path.stem: path for path in sorted(Path(jcm_xl.checks.__path__[0]).rglob("jx*.py"))
}
CASES = list(cases())
NEVER_ALONE = {
    "JX127": "an answer is refused only where there is an error",
    "JX407": "unchanged formulas are judged by JX401",
}
STORIES = ("id009",)
"""Fixtures about a whole book, beside those of one check each."""


def source_of(check: Check) -> Path:
    module = check.run.__module__.rpartition(".")[2]
    return SOURCES[module]


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_file_is_one_check() -> None:
    assert sorted(source_of(check).stem for check in CHECKS) == sorted(SOURCES), (
        "One file, one check: put each @check into a file jx<nnn>_<sentence>.py"
    )


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
def test_the_file_carries_the_code(check: Check) -> None:
    assert re.fullmatch(r"JX[1-6]\d\d", check.code)
    assert source_of(check).stem.startswith(check.code.lower() + "_"), (
        "The number of the check is part of its file's name"
    )
    assert source_of(check).stem == f"{check.code.lower()}_{check.name}".replace(
        "-", "_"
    )


def test_names_are_unique() -> None:
    names = [check.name for check in CHECKS]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) for name in names)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
def test_the_page_says_why_it_matters_and_how_to_fix_it(check: Check) -> None:
    first, _, rest = check.page.partition("\n")
    assert first.endswith("."), "Begin the docstring with one sentence of fact"
    for section in ("Why it matters", "How to fix it"):
        body = rest.partition(f"\n{section}\n")[2].lstrip("\n")
        assert body.startswith("    "), f"Add the section '{section}' to the docstring"


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
def test_it_has_a_basis_and_whole_sentences(check: Check) -> None:
    assert check.basis, "Say on what the check rests"
    assert check.phase in Phase
    for text in (check.message, check.remedy):
        assert text.rstrip().endswith((".", "?", "}")), (
            f"Whole sentences, please: {text}"
        )
        assert "tamper" not in text.lower(), "Nobody is accused"


@pytest.mark.parametrize("language", [name for name in languages() if name != "en"])
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
def test_every_language_has_its_texts(check: Check, language: str) -> None:
    texts = messages(language)
    known = placeholders(check.message) | placeholders(check.remedy)
    for key, own in (("message", check.message), ("remedy", check.remedy)):
        text = texts.find(f"checks.{check.name}.{key}")
        assert text, f"Add [checks.{check.name}] {key} to {language}.toml"
        assert placeholders(text) <= known, f"{language} asks for other facts: {text}"
        assert placeholders(own) - placeholders(text) <= {"sheet", "cell"}, (
            f"{language} leaves out a fact of: {own}"
        )


@pytest.mark.parametrize("language", [name for name in languages() if name != "en"])
@pytest.mark.parametrize(
    "check", [c for c in CHECKS if c.verdict], ids=lambda c: c.code
)
def test_every_language_has_its_verdicts(check: Check, language: str) -> None:
    assert messages(language).find(f"checks.{check.name}.verdict")


@pytest.mark.parametrize("language", [name for name in languages() if name != "en"])
def test_a_language_has_no_text_without_a_check(language: str) -> None:
    texts = messages(language)("checks")
    names = {name for name, text in texts.items() if isinstance(text, dict)}
    assert names == {check.name for check in CHECKS}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
def test_it_has_a_fixture_that_fires_and_one_that_is_quiet(check: Check) -> None:
    name = f"{source_of(check).stem}.toml"
    assert (FOLDER / name).exists(), f"Add the fixture tests/checks/{name}"
    own = [case for case in CASES if case.check == check.code]
    assert any(case.fires for case in own), f"{name}: add a case in which it fires"
    assert any(not case.fires for case in own), f"{name}: add a case where it is quiet"


@pytest.mark.parametrize(
    "check", [c for c in CHECKS if c.code not in NEVER_ALONE], ids=lambda c: c.code
)
def test_a_book_fires_it_alone(check: Check) -> None:
    own = [case for case in CASES if case.check == check.code and case.fires]
    others = [{e["code"] for e in case.data["expect"]} - {check.code} for case in own]
    notes = {c.code for c in CHECKS if c.severity is Severity.NOTE}
    assert any(codes <= notes for codes in others), (
        f"{source_of(check).stem}.toml: add a case in which nothing else is found"
    )


def test_there_is_no_fixture_without_a_check() -> None:
    names = {path.stem for path in FOLDER.glob("*.toml")} - set(STORIES)
    assert names == set(SOURCES)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_case_expects_only_what_there_is(case: Case) -> None:
    assert {entry["code"] for entry in case.data["expect"]} <= {c.code for c in CHECKS}
