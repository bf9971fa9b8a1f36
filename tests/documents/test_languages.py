"""Reports in other languages: Japanese whole, further ones by adding a file."""

from __future__ import annotations

import ast
import json
import re
import shutil
import tomllib
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import jcm_xl
from jcm_xl.api import book
from jcm_xl.cli import main
from jcm_xl.documents import words as words_module
from jcm_xl.errors import Phrase
from jcm_xl.workbook import messages as messages_module
from jcm_xl.workbook.grid import Odd
from jcm_xl.workbook.messages import languages, messages
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
    for key, english in found.items():
        wanted, given = (
            set(re.findall(r"{(\w+)}", t)) for t in (english, texts.find(key))
        )
        assert given <= wanted or not english, f"{language} asks for other facts: {key}"


@pytest.mark.parametrize("language", OTHERS)
def test_every_word_of_the_report_is_said(language: str) -> None:
    own, english = (messages(name)("report") for name in (language, "en"))
    assert set(keys(own)) == set(keys(english))


@pytest.mark.parametrize("language", OTHERS)
def test_every_odd_fact_is_said(language: str) -> None:
    texts = messages(language)
    assert [odd.name for odd in Odd if not texts.find(f"odd.{odd.name}")] == []


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
    shipped = resources.files("jcm_xl._templates") / "messages"
    with resources.as_file(shipped) as folder:
        shutil.copytree(folder, tmp_path / "messages")
        ja = tomllib.loads((folder / "ja.toml").read_text(encoding="utf-8"))
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
    for key in ("figures", "skipped", "remedy", "basis", "versions", "not_compared",
                "sha256", "fingerprint", "period", "general", "as_stored"):  # fmt: skip
        assert report[key] not in _own(text), key
    for word in ("ERROR ", "NOTE ", "FINDINGS", "stage", "complete", "days"):
        assert f" {word}" not in _own(text), word


def _own(text: str) -> str:
    """Return a report without its styles and without what stands in drawn sheets."""
    foreign = r'<style>.*?</style>|<table class="g">.*?</table>'
    return re.sub(foreign, "", text, flags=re.S)
