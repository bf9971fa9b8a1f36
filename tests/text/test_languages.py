"""Reports in other languages: Japanese whole, further ones by adding a file."""

from __future__ import annotations

import ast
import json
import re
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import jcm_xl
from jcm_xl.api import book
from jcm_xl.checks.refusals import key, told
from jcm_xl.checks.run import catalogue
from jcm_xl.cli import main
from jcm_xl.places import templates
from jcm_xl.text import languages as messages_module
from jcm_xl.text import words as words_module
from jcm_xl.text.languages import languages, messages
from jcm_xl.text.phrase import Phrase
from jcm_xl.xlsx import recognise, refusal
from jcm_xl.xlsx.grid import Odd
from jcm_xl.xlsx.refusal import CannotRead
from tests.support import example_book

SOURCES = sorted(Path(jcm_xl.__path__[0]).rglob("*.py"))
OTHERS = [language for language in languages() if language != "en"]
UNSAID = {"checks.{own}", "words.one", "odd.other"}
"""Keys that need no translation: their texts are facts alone."""


def phrases() -> Iterator[tuple[str, str]]:
    """Yield the key of every phrase in the program, with its English text."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or len(node.args) < 2:
                continue
            name = ast.unparse(node.func)
            key, english = node.args[:2]
            if name in ("Phrase", "Phrase.of") and isinstance(key, ast.Constant):
                text = english.value if isinstance(english, ast.Constant) else ""
                yield str(key.value), str(text)


def keys(data: dict[str, Any], before: str = "") -> Iterator[str]:
    for name, value in data.items():
        if isinstance(value, dict):
            yield from keys(value, f"{before}{name}.")
        else:
            yield f"{before}{name}"


@pytest.mark.parametrize("language", OTHERS)
def test_every_phrase_is_said(language: str) -> None:
    texts = messages(language)
    found = dict(phrases())
    assert len(found) > 30
    unsaid = sorted(k for k in found.keys() - UNSAID if not texts.find(k))
    assert unsaid == [], f"Add them to {language}.toml"
    for name, english in found.items():
        wanted, given = (
            set(re.findall(r"{(\w+)}", t)) for t in (english, texts.find(name))
        )
        assert given <= wanted or not english, (
            f"{language} asks for other facts: {name}"
        )


@pytest.mark.parametrize("language", OTHERS)
def test_every_word_of_the_report_is_said(language: str) -> None:
    own, english = (messages(name)("report") for name in (language, "en"))
    assert set(keys(own)) == set(keys(english))


@pytest.mark.parametrize("language", OTHERS)
def test_every_odd_fact_is_said(language: str) -> None:
    texts = messages(language)
    assert [odd.name for odd in Odd if not texts.find(f"odd.{odd.name}")] == []


@pytest.mark.parametrize("language", OTHERS)
def test_no_basis_is_left_over(language: str) -> None:
    """A basis that has no words yet stands in English; it often names a document."""
    used = {key(check.basis) for check in catalogue().values()}
    said = set(messages(language)("bases"))
    assert said <= used, f"Take them out of [bases] of {language}.toml"
    assert len(said) > 0.8 * len(used), f"Add to [bases] of {language}.toml"


NO_KEY = re.compile(r"the-text-of-")
"""A sentence with the name of a cell in it: said in English in every language."""


def refusals_of_the_reader() -> Iterator[str]:
    """Yield the sentences with which the reader refuses a file, names as 'x'."""
    folder = Path(jcm_xl.__path__[0]) / "xlsx"
    for path in sorted(folder.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            if ast.unparse(node.func).rpartition(".")[2] not in ("Refusal", "broken"):
                continue
            for argument in node.args:
                if isinstance(argument, ast.Constant):
                    yield str(argument.value)
                elif isinstance(argument, ast.JoinedStr):
                    parts = argument.values
                    yield "".join(
                        str(p.value) if isinstance(p, ast.Constant) else "'x'"
                        for p in parts
                    )
    yield from (reason for _, reason in recognise._STARTS)
    for _, reason, remedy in recognise._OLE_STREAMS:
        yield from (reason, remedy)
    yield from (refusal.SAVE_AGAIN, refusal.SEND_AGAIN, recognise._SAVE_AS)


@pytest.mark.parametrize("language", OTHERS)
def test_every_refusal_is_said(language: str) -> None:
    texts = messages(language)
    found = {key(text): text for text in refusals_of_the_reader()}
    found = {k: text for k, text in found.items() if not NO_KEY.match(k)}
    assert len(found) > 80
    wrong = [f"{k}: {t}" for k, t in found.items() if not texts.find(f"refusals.{k}")
             and "'x', not a workbook" not in t and ": 'x'" not in t]  # fmt: skip
    assert wrong == [], f"Add them to [refusals] of {language}.toml"


def test_a_refusal_keeps_its_facts() -> None:
    reason = CannotRead("a.xlsx", "its part 'xl/x.xml' is damaged: a row is too long.",
                        refusal.SEND_AGAIN)  # fmt: skip
    assert str(told(reason)) == str(reason)
    said = messages("ja").say(told(reason))
    assert said.startswith(
        "a.xlsx を読み込めません：内部のファイル 'xl/x.xml' が壊れています："
        "行が長すぎます。ファイルを"
    )
    odd = CannotRead("{x}.xlsx", "it says {y} and '{z}'.", "Try {}.")
    assert messages("ja").say(told(odd)).endswith("it says {y} and '{z}'.Try {}.")


def test_a_phrase_is_its_english_text() -> None:
    inner = Phrase("verdict.errors", "{n} errors", n=2)
    outer = Phrase("verdict.findings", "FINDINGS: {counts}", counts=inner)
    assert outer == "FINDINGS: 2 errors"
    assert messages("en").say(outer) == outer
    assert messages("ja").say(outer) == "指摘あり：エラー 2 件"
    assert Phrase("x", "{missing} and {n}", n=1) == "(unknown) and 1"


@pytest.fixture
def one_more_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A language `xx` that says every message, some words, and nothing else."""
    shipped = templates() / "messages"
    shutil.copytree(shipped, tmp_path / "messages")
    ja = tomllib.loads((shipped / "ja.toml").read_text(encoding="utf-8"))
    lines = ['language = "Xx"', '[report]', 'file = "Xfile"', '[verdict]',
             'findings = "XFOUND {counts}"']  # fmt: skip
    for name, texts in ja["checks"].items():
        if isinstance(texts, dict):
            facts = "".join(sorted(set(re.findall(r"{\w+}", texts["message"]))))
            lines += [f"[checks.{name}]", f'message = "Xmessage {facts}"',
                      'remedy = "Xremedy"']  # fmt: skip
    (tmp_path / "messages" / "xx.toml").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setattr(messages_module, "folder", lambda: tmp_path / "messages")
    caches = (languages, messages, words_module.words)
    for cache in caches:
        cache.cache_clear()
    yield "xx"
    monkeypatch.undo()
    for cache in caches:
        cache.cache_clear()


def test_a_language_is_added_by_a_file(one_more_language: str, tmp_path: Path) -> None:
    plan, submission = example_book("ID_AM003")
    path = tmp_path / "book.xlsx"
    path.write_bytes(book(plan, submission, {"mrs.unit:EC_PJ_i_p": "kWh/p"}))

    def run(*more: str) -> str:
        words = ["check", str(path), "--lang", one_more_language, *more]
        return CliRunner().invoke(main, words).output

    text = run()
    assert text.startswith(
        "XFOUND 1 error, DRAFT (2 unverified numbers and formulas)\n"
    )
    assert "\nXfile: book.xlsx (ID_AM003@1.0, report stage)\n" in text
    assert re.search(r"\n    Xmessage .*kWh/p", text)
    assert "\n    What to do: Xremedy\n" in text
    assert '<html lang="xx">' in run("--format", "html")
    data = json.loads(run("--format", "json"))
    assert data["language"] == "xx"
    assert data["files"][0]["findings"][0]["remedy"] == "Xremedy"
    assert "Xremedy" in run("--format", "markdown")


@pytest.mark.parametrize("form", ["text", "html", "markdown"])
def test_a_japanese_report_holds_no_english_words_of_ours(
    form: str, tmp_path: Path
) -> None:
    plan, submission = example_book("ID_AM003")
    path = tmp_path / "book.xlsx"
    changed = {"mrs.unit:EC_PJ_i_p": "kWh/p", "mrs.quantity:RE_p": 1.0}
    path.write_bytes(book(plan, submission, changed))
    words = ["check", str(path), "--lang", "ja", "--format", form]
    text = CliRunner().invoke(main, words).output
    report = messages("en")("report")
    for name in ("figures", "skipped", "remedy", "basis", "versions", "not_compared",
                "sha256", "fingerprint", "period", "general", "as_stored"):  # fmt: skip
        assert report[name] not in _own(text), name
    for word in ("ERROR ", "NOTE ", "FINDINGS", "stage", "complete", "days"):
        assert f" {word}" not in _own(text), word


def _own(text: str) -> str:
    """Return a report without its styles and without what stands in drawn sheets."""
    foreign = r'<style>.*?</style>|<table class="g">.*?</table>'
    return re.sub(foreign, "", text, flags=re.S)
