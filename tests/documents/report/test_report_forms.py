"""JSON by its schema, SARIF by the official one, Markdown without markup."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from jcm_xl.checks.run import catalogue
from jcm_xl.documents.lines import as_text
from jcm_xl.documents.report.forms.html import report_html
from jcm_xl.documents.report.forms.json import report_json
from jcm_xl.documents.report.forms.markdown import code, plain, report_markdown
from jcm_xl.documents.report.forms.sarif import report_sarif
from jcm_xl.documents.report.forms.text import report_lines
from jcm_xl.model.finding import Report
from jcm_xl.places import templates
from jcm_xl.text.languages import ENGLISH, messages
from tests.checks.cases import Case, cases, judge, made
from tests.documents.report.test_report import (
    CLEAN,
    EVIL,
    NOTE,
    REFUSED,
    evil,
    finding,
    report,
)
from tests.goldens import assert_golden

ROOT = Path(__file__).parents[3]
OFFICIAL = (
    ROOT / ".venv/browser/node_modules/@microsoft/jest-sarif/lib/schemas"
    / "sarif-2.1.0-rtm.5.json"
)  # fmt: skip
ANSWERED = finding(307, acknowledged="A dry year | see <annex>")
EFFECT = finding(401, cell="F19", follows="JX204 'MRS(input)'!F8")
REPORTS = [report(finding(), EFFECT, ANSWERED, NOTE), CLEAN, REFUSED, evil()]
FIRST = {case.check: case for case in reversed(list(cases()))}


BOTH = ("en", "ja")


def json_of(reports: list[Report], languages: Sequence[str] = ENGLISH) -> Any:
    return json.loads(report_json(reports, languages))


def sarif_of(reports: list[Report], languages: Sequence[str] = ENGLISH) -> Any:
    return json.loads(report_sarif(reports, catalogue(), languages))


@pytest.fixture(scope="module")
def schema() -> jsonschema.Draft202012Validator:
    folder = templates() / "documents"
    text = (folder / "report.schema.json").read_text(encoding="utf-8")
    jsonschema.Draft202012Validator.check_schema(json.loads(text))
    return jsonschema.Draft202012Validator(json.loads(text))


@pytest.fixture(scope="module")
def official() -> jsonschema.Draft4Validator:
    if not OFFICIAL.exists():
        pytest.skip(
            "The schema of SARIF is not here; `make test` gets it where npm is."
        )
    return jsonschema.Draft4Validator(json.loads(OFFICIAL.read_text(encoding="utf-8")))


def real_reports(folder: Path) -> Iterator[Report]:
    """Yield what three real books give."""
    for number, name in enumerate(("JX401", "JX319", "JX103")):
        case: Case = FIRST[name]
        path = folder / f"{number}.xlsx"
        path.write_bytes(made(case)[1])
        yield judge(case, path)


def test_json_keeps_to_its_schema(
    schema: jsonschema.Draft202012Validator, tmp_path: Path
) -> None:
    real = list(real_reports(tmp_path))
    for reports in ([], REPORTS[:3], real):
        for languages in (("en",), ("ja",), BOTH):
            schema.validate(json_of(reports, languages))


def test_the_schema_refuses_what_is_missing_or_new(
    schema: jsonschema.Draft202012Validator,
) -> None:
    data = json_of([report(finding())])
    one = data["files"][0]["findings"][0]
    for change in ({"severity": "fatal"}, {"new": 1}, {"count": 0}):
        data["files"][0]["findings"][0] = {**one, **change}
        assert not schema.is_valid(data), change
    data["files"][0]["findings"] = [{k: v for k, v in one.items() if k != "remedy"}]
    assert not schema.is_valid(data)


def test_sarif_is_accepted_by_the_official_schema(
    official: jsonschema.Draft4Validator, tmp_path: Path
) -> None:
    for reports in ([], REPORTS, list(real_reports(tmp_path))):
        for languages in (("en",), BOTH):
            official.validate(sarif_of(reports, languages))


def test_sarif_says_all_that_the_report_says() -> None:
    (run,) = sarif_of(REPORTS[:3])["runs"]
    first, effect, answered, note = run["results"]
    place = first["locations"][0]
    assert place["logicalLocations"][0]["fullyQualifiedName"] == "'MRS(input)'!F8"
    assert place["physicalLocation"]["artifactLocation"] == {
        "uri": "book.xlsx",
        "index": 0,
    }
    assert effect["properties"]["follows"] == "JX204 'MRS(input)'!F8"
    assert answered["suppressions"] == [
        {
            "kind": "external",
            "status": "underReview",
            "justification": ANSWERED.acknowledged,
        }
    ]
    assert (first["level"], note["level"]) == ("error", "note")
    assert run["artifacts"][0]["hashes"] == {"sha-256": "ab" * 32}
    assert "hashes" not in run["artifacts"][2]
    (refusal,) = [
        n for n in run["invocations"][0]["toolExecutionNotifications"]
        if n["level"] == "error"
    ]  # fmt: skip
    assert refusal["message"]["text"] == REFUSED.verdict
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["JX104", "JX204", "JX307", "JX401"]
    assert "## Why it matters" in rules[1]["help"]["markdown"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]


def test_a_fingerprint_of_a_finding_outlives_a_moved_row() -> None:
    def prints(*found: Any) -> list[str]:
        (run,) = sarif_of([report(*found)])["runs"]
        return [r["partialFingerprints"]["finding/v1"] for r in run["results"]]

    here, moved, other = prints(finding(), finding(cell="F9"), finding(found="Wh"))
    assert here == moved != other


def test_one_judgement_is_said_in_two_languages(tmp_path: Path) -> None:
    first = next(real_reports(tmp_path))
    d, ja = first.diagnostics[0], messages("ja")
    message, verdict = ja.say(d.message), ja.say(first.verdict)
    assert message != d.message
    (file,) = json_of([first], BOTH)["files"]
    assert file["verdict"] == first.verdict
    assert file["texts"]["ja"]["verdict"] == verdict
    one = file["findings"][0]
    assert (one["message"], one["texts"]["ja"]["message"]) == (d.message, message)
    (told,) = json_of([first], ["ja"])["files"]
    assert told["findings"][0]["message"] == message
    assert "texts" not in told
    documents = (
        as_text(report_lines([first], None, BOTH)),
        report_markdown([first], BOTH),
        html.unescape(report_html([first], languages=BOTH)),
    )
    for text in documents:
        plain = text.replace("\\", "")
        assert 0 < plain.index(d.message) < plain.index(message)
        assert 0 < plain.index(verdict) < plain.index(d.message)


def test_sarif_translates_by_the_id_of_a_message(tmp_path: Path) -> None:
    first = next(real_reports(tmp_path))
    (run,) = sarif_of([first], BOTH)["runs"]
    (translation,) = run["translations"]
    assert (run["language"], translation["language"]) == BOTH
    own, other = (
        component["globalMessageStrings"]
        for component in (run["tool"]["driver"], translation)
    )
    assert own.keys() == other.keys()
    message, d = run["results"][0]["message"], first.diagnostics[0]
    assert message["text"] == own[message["id"]]["text"]
    assert messages("ja").say(d.message) in other[message["id"]]["text"]
    notes = run["invocations"][0]["toolExecutionNotifications"]
    assert all(note["message"]["id"] in other for note in notes)
    assert "translations" not in sarif_of([first])["runs"][0]


def test_markdown() -> None:
    assert_golden("report.md", report_markdown(REPORTS[:3]))


MARKUP = (
    "# head", "- item", "1. item", "12) item", "+ x", "> quote", "a | b", "<b>x</b>",
    "![x](http://x)", "[x](javascript:1)", "*x*", "_x_", "`x`", "~~x~~", "@someone",
    "http://evil.example", "https://x", "www.evil.example", "$x$", "===", "---", "&lt;",
    "\\", "a\n# b", "a\r\n\r\n<script>", "\u202eabc", "=1+1", EVIL,
)  # fmt: skip


@pytest.mark.parametrize("text", MARKUP)
def test_nothing_foreign_is_markup(text: str) -> None:
    shown = plain(text)
    assert "\n" not in shown
    assert "\r" not in shown
    assert not re.match(r"([-+=#>]|\d+[.)]|---|===)", shown)
    assert not re.search(r"(?<!\\)[*_`\[\]|~@$<]", shown)
    assert not re.search(r"://|www\.", shown)


def test_code_cannot_be_left() -> None:
    assert code("a`b``c") == "``` a`b``c ```"
    assert code("a|b") == "` a\\|b `"
    assert "\n" not in code("a\nb")
