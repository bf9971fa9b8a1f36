"""Reports in other languages: Japanese whole, further ones by adding a file."""

from __future__ import annotations

import ast
import json
import pickle
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
from jcm_xl.checks.run import catalogue, check_file
from jcm_xl.cli import main
from jcm_xl.foreign.found import Reason, Why
from jcm_xl.formula.evaluation import why
from jcm_xl.formula.no_opinion import REASONS
from jcm_xl.model import limits
from jcm_xl.model.finding import Phase
from jcm_xl.places import templates
from jcm_xl.submission.settings import Settings
from jcm_xl.text import languages as messages_module
from jcm_xl.text.excerpts import excerpts
from jcm_xl.text.languages import BORROWED, languages, messages, phrase
from jcm_xl.text.phrase import Phrase, clause
from jcm_xl.xlsx import recognise
from jcm_xl.xlsx.grid import Odd
from jcm_xl.xlsx.markup import broken
from jcm_xl.xlsx.refusal import SEND_AGAIN, CannotRead
from tests.support import example_book

SOURCES = sorted(Path(jcm_xl.__path__[0]).rglob("*.py"))
OTHERS = [language for language in languages() if language != "en"]
GAPS: dict[str, list[str]] = {}
"""Keys that a language is known not to say yet; the list may only become shorter."""


FIRST_TO_BE_SAID = ("guide.", "steps.", "prompt.", "limits.", "report.severity.")
"""What a language says even while nobody has read it; the Check sheet grows."""


def spoken_in_code() -> Iterator[tuple[str, str]]:
    """Yield the key of each text that stands in code, with its English."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and len(node.args) > 1:
                yield from _spoken(node)
    for words in (recognise._STARTS, recognise._OLE_STREAMS, recognise._FOLDERS):
        yield from ((f"refusals.{code}", text) for _, (code, text, _) in words)


def _spoken(node: ast.Call) -> Iterator[tuple[str, str]]:
    name = ast.unparse(node.func).rpartition(".")[2]
    before = {"Phrase": "", "of": ""}.get(name, "refusals.")
    if name not in ("Phrase", "of", "Refusal", "refused_as", "broken"):
        return
    texts = [arg.value if isinstance(arg, ast.Constant) else None for arg in node.args]
    key, english = texts[-2:] if name == "broken" else texts[:2]
    if isinstance(key, str) and key:
        yield before + key, english if isinstance(english, str) else ""


def spoken_by_checks() -> Iterator[tuple[str, str]]:
    """Yield the keys of the texts of every check, with their English."""
    for check in catalogue().values():
        texts = (check.message, check.remedy, check.basis, check.verdict)
        for word, text in zip(
            ("message", "remedy", "basis", "verdict"), texts, strict=True
        ):
            if text:
                yield f"checks.{check.name}.{word}", text


def spoken_by_name() -> Iterator[str]:
    """Yield the keys that are made of a name: of a reason, a phase, a kind."""
    yield from (f"odd.{odd.name}" for odd in Odd)
    yield from (f"phases.{phase.name.lower()}" for phase in Phase)
    yield from (f"second.{key}" for key in REASONS)
    yield from (f"evaluation.{key}" for key in why.REASONS)
    yield from (f"limits.{name}" for name, _ in limits._LIMITS)
    for reason in (*Reason, *Why):
        yield f"foreign.{reason.name.lower().replace('_', '-')}"


def keys(data: dict[str, Any], before: str = "") -> Iterator[str]:
    for name, value in data.items():
        if isinstance(value, dict):
            yield from keys(value, f"{before}{name}.")
        else:
            yield f"{before}{name}"


def known() -> set[str]:
    """Return every key under which a language may say something."""
    english = keys(messages("en")._data)
    in_code = (key for key, _ in (*spoken_in_code(), *spoken_by_checks()))
    return {*english, *in_code, *spoken_by_name()}


def made_in_code(data: dict[str, Any]) -> Iterator[str]:
    """Yield the keys that stand in code by themselves, or as f"kinds.{name}"."""
    constants, patterns = set(), set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                constants.add(node.value)
            elif isinstance(node, ast.JoinedStr) and _is_key(node):
                parts = (getattr(part, "value", "") for part in node.values)
                texts = (re.escape(p) if isinstance(p, str) else "[^.]+" for p in parts)
                patterns.add("".join(texts))
    made = re.compile("|".join(sorted(patterns)))
    yield from (key for key in keys(data) if key in constants or made.fullmatch(key))


def _is_key(node: ast.JoinedStr) -> bool:
    first = node.values[0]
    return isinstance(first, ast.Constant) and bool(
        re.fullmatch(r"[a-z-]+\.([a-z-]+\.)?", str(first.value))
    )


@pytest.mark.parametrize("language", OTHERS)
def test_no_text_is_missing(language: str) -> None:
    said = set(keys(messages(language)._data))
    wanted = known()
    if messages(language).find("unreviewed"):  # it falls back, but not on these
        wanted = {key for key in wanted if key.startswith(FIRST_TO_BE_SAID)}
        told = {key.rpartition(".")[0] for key in said if key.startswith("checks.")}
        assert len(told) >= 40
    missing = sorted(wanted - said)
    assert missing == GAPS.get(language, []), f"Add them to {language}.toml"


@pytest.mark.parametrize("language", OTHERS)
def test_no_translation_asks_for_other_facts_nor_is_left_over(language: str) -> None:
    texts = messages(language)
    for key, english in (*spoken_in_code(), *spoken_by_checks()):
        wanted, given = (
            set(re.findall(r"{(\w+)", text)) for text in (english, texts.find(key))
        )
        assert given <= wanted or not english, f"{language} asks for other facts: {key}"
    left_over = sorted(
        set(keys(texts._data)) - known() - set(made_in_code(texts._data))
    )
    assert left_over == [], f"Nothing says them: take them out of {language}.toml"


def test_a_refusal_keeps_its_facts() -> None:
    reason = broken("xl/x.xml", "row-too-long", "a row is too long")
    error = CannotRead("a.xlsx", reason.reason, SEND_AGAIN)
    assert str(error) == (
        "a.xlsx cannot be read: its part 'xl/x.xml' is damaged: a row is too long. "
        "Ask for the file again; it was probably cut off or damaged on its way."
    )
    assert error.reason.key == "refusals.damaged-by"
    said = messages("ja").say(error.sentence)
    assert said.startswith(
        "a.xlsx を読み込めません：内部のファイル 'xl/x.xml' が壊れています："
        "行が長すぎます。ファイルを"
    )
    odd = CannotRead("{x}.xlsx", "it says {y} and '{z}'.", "Try {}.")
    assert messages("ja").say(odd.sentence).endswith("it says {y} and '{z}'.Try {}.")


def test_a_refusal_travels_between_processes() -> None:
    reason = broken("xl/x.xml", "row-too-long", "a row is too long")
    error = CannotRead("a.xlsx", reason.reason, SEND_AGAIN)
    back = pickle.loads(pickle.dumps(error))
    assert messages("ja").say(back.sentence) == messages("ja").say(error.sentence)


def test_a_key_has_one_english_text() -> None:
    said: dict[str, set[str]] = {}
    for key, english in (*spoken_in_code(), *spoken_by_checks()):
        if english:
            said.setdefault(key, set()).add(english)
    assert {key: texts for key, texts in said.items() if len(texts) > 1} == {}


def test_a_phrase_is_its_english_text() -> None:
    inner = Phrase("verdict.errors", "{n} errors", n=2)
    outer = Phrase("verdict.findings", "FINDINGS: {counts}", counts=inner)
    assert outer == "FINDINGS: 2 errors"
    assert messages("en").say(outer) == outer
    assert messages("ja").say(outer) == "指摘あり：エラー 2 件"
    assert Phrase("x", "{missing} and {n}", n=1) == "(unknown) and 1"
    with pytest.raises(AttributeError, match="a phrase is not changed: key"):
        outer.key = "another"


def test_what_a_language_lacks_is_english_with_a_mark() -> None:
    inner = Phrase("verdict.errors", "{n} errors", n=2)
    lacking = Phrase("no.such-key", "New: {counts}", counts=inner)
    assert BORROWED == "[en] "
    assert messages("ja").say(lacking) == "[en] New: 2 errors"
    outer = Phrase("verdict.findings", "FINDINGS: {counts}", counts=lacking)
    assert messages("ja").say(outer) == "指摘あり：[en] New: 2 errors"
    assert messages("en").say(outer) == "FINDINGS: New: 2 errors"
    same_everywhere = Phrase("", "{a}: {b}", a="JX204", b=inner)
    assert messages("ja").say(same_everywhere) == "JX204: エラー 2 件"


def test_a_phrase_of_the_catalogue_and_an_item_of_a_list() -> None:
    assert phrase("answers.headings.0") == "Code"
    changed = phrase("answers.changed", then=phrase("answers.headings.0"), now="3")
    assert changed == "When it was answered 'Code' stood there, now it is '3'."
    assert messages("ja").say(changed) != changed
    with pytest.raises(KeyError):
        phrase("answers.headings.99")


def test_an_excerpt_is_cut_in_each_language_by_itself() -> None:
    errors = Phrase("verdict.errors", "{n} errors", n=2)
    long = Phrase("", "{a}{errors}", a="x" * 200, errors=errors)
    first, second = excerpts(long, "x" * 199 + "yz")
    assert first.startswith("...x")
    assert first.endswith("2 errors")
    assert messages("ja").say(first).endswith("エラー 2 件")
    assert pickle.loads(pickle.dumps(first)) == first
    assert messages("ja").say(second) == str(second)


@pytest.fixture
def one_more_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A language `xx` that says every message, some words, and nothing else."""
    shipped = templates() / "messages"
    shutil.copytree(shipped, tmp_path / "messages")
    ja = tomllib.loads((shipped / "ja.toml").read_text(encoding="utf-8"))
    lines = ['language = "Xx"', '[report]', 'file = "Xfile"', '[verdict]',
             'findings = "XFOUND {counts}"', 'comma = "{first}, {second}"']  # fmt: skip
    for name, texts in ja["checks"].items():
        if isinstance(texts, dict):
            facts = "".join(sorted(set(re.findall(r"{\w+}", texts["message"]))))
            lines += [f"[checks.{name}]", f'message = "Xmessage {facts}"',
                      'remedy = "Xremedy"']  # fmt: skip
    (tmp_path / "messages" / "xx.toml").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setattr(messages_module, "folder", lambda: tmp_path / "messages")
    caches = (languages, messages)
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
    start = "XFOUND [en] 1 error, [en] DRAFT, not the approved spreadsheet ("
    assert text.startswith(start)
    assert "\nXfile: book.xlsx (ID_AM003@1.0, [en] report stage)\n" in text
    assert re.search(r"\n    Xmessage .*kWh/p", text)
    assert "\n    [en] What to do: Xremedy\n" in text
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


def _faulty_book(folder: Path) -> Path:
    plan, submission = example_book("ID_AM003")
    path = folder / "book.xlsx"
    path.write_bytes(book(plan, submission, {"mrs.unit:EC_PJ_i_p": "kWh/p"}))
    return path


def test_a_check_prints_two_languages(tmp_path: Path) -> None:
    path = str(_faulty_book(tmp_path))

    def run(*more: str) -> str:
        return CliRunner().invoke(main, ["check", path, *more]).output

    english, japanese, both = (run("--lang", n) for n in ("en", "ja", "en,ja"))
    first, second = both.splitlines()[:2]
    assert first == english.splitlines()[0]
    assert second == japanese.splitlines()[0]
    remedies = [
        line for line in both.splitlines() if line.startswith("    What to do:")
    ]
    assert remedies
    assert all(line in both for line in japanese.splitlines() if "    対応" in line)
    table = tmp_path / "table.csv"
    run("--lang", "en,ja", "-o", str(table))
    assert f"{first} / {second}" in table.read_text(encoding="utf-8-sig")
    data = json.loads(run("--lang", "ja,en", "--format", "json"))
    assert (data["language"], list(data["files"][0]["texts"])) == ("ja", ["en"])


def test_the_languages_offered_are_those_with_a_file() -> None:
    for command in ("check", "new", "fill"):
        text = CliRunner().invoke(main, [command, "--help"]).output
        assert f"--lang {'|'.join(languages())}" in text
    result = CliRunner().invoke(main, ["check", "book.xlsx", "--lang", "en,xx"])
    assert result.exit_code == 2
    assert "There are no texts in 'xx'; there are en, id, ja, th, vi." in result.output


def test_a_book_that_cannot_be_compared_is_told_of_in_japanese(tmp_path: Path) -> None:
    other = tmp_path / "plan.xlsx"
    other.write_text("a,b")
    report = check_file(_faulty_book(tmp_path), Settings(plan=other))
    (d,) = (d for d in report.diagnostics if d.code == "JX604")
    assert ": it cannot be read: it is a text table (CSV) named like" in d.message
    said = messages("ja").say(d.message)
    assert "読み込めません（ブックの名前を付けたテキストの表（CSV）です）" in said


def test_a_clause_is_a_sentence_without_its_stop() -> None:
    sentence = Phrase("refusals.empty-file", "it is empty.")
    short = clause(sentence)
    assert (short, messages("ja").say(short)) == ("it is empty", "ファイルが空です")
    assert messages("ja").say(pickle.loads(pickle.dumps(short))) == "ファイルが空です"
    assert clause("it is empty.") == "it is empty"
