"""What must hold for every check: documented, sourced, exercised, unique, listed.

A test is a question about all checks; where it fails it names each one with what to do.
"""

from __future__ import annotations

import re
import string
from pathlib import Path

import jcm_xl.checks
from jcm_xl.checks.base import Check, Judges
from jcm_xl.checks.run import catalogue
from jcm_xl.model.finding import Phase, Severity
from jcm_xl.submission.topics import Topic
from jcm_xl.text.languages import languages, messages
from tests.checks.cases import FOLDER, Case, cases, fixtures
from tests.questions import of_every
from tests.support import WHOLE

CHECKS = list(catalogue().values())
SOURCES = {
    path.stem: path for path in sorted(Path(jcm_xl.checks.__path__[0]).rglob("jx*.py"))
}
CASES = list(cases())
NEVER_ALONE = {
    content["check"]: content["never_alone"]
    for _, content in fixtures()
    if "never_alone" in content
}
"""Why no book can fire a check and nothing else, as its fixture says."""

TRANSLATED = [(name, check) for name in WHOLE[1:] for check in CHECKS]


CALCULATED = {Topic.FORMULA, Topic.VALUE, Topic.EMPTIED, Topic.DEFAULT, Topic.FIXED,
              Topic.UNIT}  # fmt: skip
"""The topics of cells from which Table 3 follows, or in which it is counted."""


def code(check: Check) -> str:
    return check.code


def source_of(check: Check) -> Path:
    module = check.run.__module__.rpartition(".")[2]
    return SOURCES[module]


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_file_is_one_check() -> None:
    assert sorted(source_of(check).stem for check in CHECKS) == sorted(SOURCES), (
        "One file, one check: put each @Check into a file jx<nnn>_<sentence>.py"
    )


@of_every(CHECKS, code)
def test_the_file_carries_the_code(check: Check) -> None:
    assert re.fullmatch(r"JX[1-7]\d\d", check.code)
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


@of_every(CHECKS, code)
def test_the_page_says_why_it_matters_and_how_to_fix_it(check: Check) -> None:
    first, _, rest = check.page.partition("\n")
    assert first.endswith("."), "Begin the docstring with one sentence of fact"
    for section in ("Why it matters", "How to fix it"):
        body = rest.partition(f"\n{section}\n")[2].lstrip("\n")
        assert body.startswith("    "), f"Add the section '{section}' to the docstring"


@of_every(CHECKS, code)
def test_it_has_a_basis_and_whole_sentences(check: Check) -> None:
    assert check.basis, "Say on what the check rests"
    assert check.phase in Phase
    for text in (check.message, check.remedy):
        assert text.rstrip().endswith((".", "?", "}")), (
            f"Whole sentences, please: {text}"
        )
        assert "tamper" not in text.lower(), "Nobody is accused"


@of_every(TRANSLATED, lambda pair: f"{pair[1].code} in {pair[0]}")
def test_every_language_has_its_texts(pair: tuple[str, Check]) -> None:
    language, check = pair
    texts = messages(language)
    known = placeholders(check.message) | placeholders(check.remedy)
    for key, own in (("message", check.message), ("remedy", check.remedy)):
        text = texts.find(f"checks.{check.name}.{key}")
        assert text, f"Add [checks.{check.name}] {key} to {language}.toml"
        assert placeholders(text) <= known, f"{language} asks for other facts: {text}"
        assert placeholders(own) - placeholders(text) <= {"sheet", "cell"}, (
            f"{language} leaves out a fact of: {own}"
        )

    if check.verdict:
        assert texts.find(f"checks.{check.name}.verdict"), (
            f"Add [checks.{check.name}] verdict to {language}.toml"
        )


@of_every(name for name in languages() if name != "en")
def test_a_language_has_no_text_without_a_check(language: str) -> None:
    texts = messages(language)("checks")
    names = {name for name, text in texts.items() if isinstance(text, dict)}
    every = {check.name for check in CHECKS}
    assert names == every if language in WHOLE else names < every


@of_every(CHECKS, code)
def test_it_has_a_fixture_that_fires_and_one_that_is_quiet(check: Check) -> None:
    name = f"{source_of(check).stem}.toml"
    assert (FOLDER / name).exists(), f"Add the fixture tests/checks/{name}"
    own = [case for case in CASES if case.check == check.code]
    assert any(case.fires for case in own), f"{name}: add a case in which it fires"
    assert any(not case.fires for case in own), f"{name}: add a case where it is quiet"


@of_every(CHECKS, code)
def test_a_book_fires_it_alone_or_its_fixture_says_why_not(check: Check) -> None:
    own = [case for case in CASES if case.check == check.code and case.fires]
    others = [{e["code"] for e in case.data["expect"]} - {check.code} for case in own]
    notes = {c.code for c in CHECKS if c.severity is Severity.NOTE}
    is_alone = any(codes <= notes for codes in others)
    assert is_alone is (check.code not in NEVER_ALONE), (
        f"{source_of(check).stem}.toml: add a case in which nothing else is found, or "
        'say above the cases why there is none: never_alone = "..."; not both'
    )


def test_a_stored_result_is_of_the_tonnes_and_a_doubt_about_size_is_not() -> None:
    """What `Judges` says of a check decides it; a flag may accept a doubt (0011)."""
    by_judges = {
        judges: {check.tonnes for check in CHECKS if check.judges is judges}
        for judges in (Judges.STORED, Judges.AMOUNT)
    }
    assert by_judges == {Judges.STORED: {True}, Judges.AMOUNT: {False}}


@of_every(CHECKS, code)
def test_what_changes_the_calculation_is_of_the_tonnes(check: Check) -> None:
    """A check that tells a changed cell of these topics tells another number."""
    source = source_of(check).read_text(encoding="utf-8")
    named = {topic for topic in Topic if f"Topic.{topic.name}" in source}
    if named & CALCULATED:
        assert check.tonnes, "Table 3 follows from such a cell: say tonnes=True"


def test_there_is_no_fixture_without_a_check() -> None:
    """A fixture without such a name is a story about a whole book."""
    assert {path.stem for path in FOLDER.glob("jx*.toml")} == set(SOURCES), (
        "A fixture has the name of its check's file: rename it, or remove it"
    )


@of_every(CASES)
def test_a_case_expects_only_what_there_is(case: Case) -> None:
    unknown = {entry["code"] for entry in case.data["expect"]} - {
        check.code for check in CHECKS
    }
    assert not unknown, f"There is no check {', '.join(sorted(unknown))}"
