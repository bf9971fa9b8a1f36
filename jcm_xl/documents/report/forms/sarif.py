"""Check reports as SARIF 2.1.0, the format in which code checkers tell findings.

A book is an artifact, a cell is a logical location, an answered warning is a
suppressed result, a file that cannot be judged is a notification of the invocation.
With further languages a message has an id, under which `translations` say it in them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from jcm_xl.documents.report.shared import unlisted
from jcm_xl.documents.rules import Rule, first_sentence, page_markdown, page_text
from jcm_xl.model.finding import Diagnostic, Report, Severity
from jcm_xl.text.languages import ENGLISH, Messages, texts_in
from jcm_xl.text.visible import json_text
from jcm_xl.version import __version__

if TYPE_CHECKING:
    from jcm_xl.documents.report.forms import ReportDocument

SUFFIXES = (".sarif",)

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
    "sarif-schema-2.1.0.json"
)
_LEVELS = {
    Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"
}  # fmt: skip

Json = dict[str, object]


class _Said:
    """The messages of a run, each in every language it is asked for."""

    def __init__(self, texts: Sequence[Messages]) -> None:
        self.w = texts[0]
        self._texts = texts
        self._ids: dict[tuple[str, ...], str] = {}

    def message(self, say: Callable[[Messages], str]) -> Json:
        """Return a message object; `say` gives its text in a language."""
        said = tuple(say(each) for each in self._texts)
        if len(said) == 1:
            return {"text": said[0]}
        number = self._ids.setdefault(said, f"m{len(self._ids) + 1}")
        return {"text": said[0], "id": number}

    def strings(self, language: int) -> Json:
        """Return `globalMessageStrings` with the texts of one language, if needed."""
        if not self._ids:
            return {}
        strings = {n: {"text": _literal(s[language])} for s, n in self._ids.items()}
        return {"globalMessageStrings": strings}

    def translations(self) -> Json:
        """Return `translations`, one for each further language."""
        components = [
            {
                "name": "jcm_xl",
                "version": __version__,
                "language": words.language,
                "contents": ["localizedData"],
                "translationMetadata": {"name": f"jcm_xl in '{words.language}'"},
                "associatedComponent": {"name": "jcm_xl"},
                **self.strings(number),
            }
            for number, words in enumerate(self._texts)
            if number
        ]
        return {"translations": components} if components else {}


def _literal(text: str) -> str:
    """Return a text in which no bracket is a placeholder."""
    return text.replace("{", "{{").replace("}", "}}")


def write(document: ReportDocument) -> str:
    """Return the document in this form."""
    return report_sarif(document.reports, document.rules, document.languages)


def report_sarif(
    reports: Sequence[Report],
    rules: Mapping[str, Rule],
    languages: Sequence[str] = ENGLISH,
) -> str:
    """Return all reports as one run; of the rules those that found something."""
    told = _Said(texts_in(languages))
    codes = sorted({d.code for report in reports for d in report.diagnostics})
    numbers = {code: number for number, code in enumerate(codes)}
    results = [
        _result(d, numbers[d.code], _at(report, number), told) | _answer(d, report)
        for number, report in enumerate(reports)
        for d in report.diagnostics
    ]
    invocation = _invocation(reports, told)
    driver: Json = {
        "name": "jcm_xl",
        "version": __version__,
        "semanticVersion": __version__,
        "language": told.w.language,
        "rules": [_rule(code, rules.get(code)) for code in codes],
        **told.strings(0),
    }
    run: Json = {
        "tool": {"driver": driver},
        "language": told.w.language,
        "columnKind": "unicodeCodePoints",
        "invocations": [invocation],
        "artifacts": [_artifact(report, told.w) for report in reports],
        "results": results,
        **told.translations(),
    }
    return json_text({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(code: str, rule: Rule | None) -> Json:
    if rule is None:
        return {"id": code}
    return {
        "id": code,
        "name": "".join(part.capitalize() for part in rule.name.split("-")),
        "shortDescription": {"text": first_sentence(rule)},
        "fullDescription": {"text": first_sentence(rule)},
        "help": {"text": page_text(rule), "markdown": page_markdown(rule)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"audience": str(rule.audience), "basis": rule.basis},
    }


def _invocation(reports: Sequence[Report], told: _Said) -> Json:
    refused = [
        {
            "level": "error",
            "message": told.message(_saying(report.verdict)),
            "locations": [{"physicalLocation": _at(report, number)}],
        }
        for number, report in enumerate(reports)
        if report.exit_code == 2
    ]
    left_out = [
        {
            "level": "note",
            "message": told.message(_saying(sentence)),
            "locations": [{"physicalLocation": _at(report, number)}],
        }
        for number, report in enumerate(reports)
        for sentence in (*report.skipped, *unlisted(report), *report.compared.values())
    ]
    return {
        "executionSuccessful": not refused,
        "toolExecutionNotifications": [*refused, *left_out],
    }


def _saying(text: str) -> Callable[[Messages], str]:
    return lambda w: w.say(text)


def _artifact(report: Report, w: Messages) -> Json:
    artifact: Json = {
        "location": {"uri": _uri(report.file)},
        "roles": ["analysisTarget"],
        "properties": {
            "verdict": w.say(report.verdict),
            "word": str(report.word),
            "draft": report.is_draft,
            "publicCopy": report.is_public_copy,
            "notCalculated": report.is_uncalculated,
            "acceptedBy": report.accepted_by,
            "exitCode": report.exit_code,
            "methodology": report.methodology,
            "stage": report.stage,
            "referenceNumber": report.reference_number,
            "fingerprint": report.fingerprint,
            "versions": dict(report.versions),
        },
    }
    if report.sha256:
        artifact["hashes"] = {"sha-256": report.sha256}
    return artifact


def _at(report: Report, number: int) -> Json:
    return {"artifactLocation": {"uri": _uri(report.file), "index": number}}


def _uri(file: str) -> str:
    """Return a file's name or path as a reference that any program can read."""
    return quote(Path(file).as_posix(), errors="replace") or "unknown"


def _result(d: Diagnostic, rule: int, place: Json, told: _Said) -> Json:
    w = told.w
    location: Json = {"physicalLocation": place}
    if d.place:
        logical: Json = {
            "name": d.cells or d.sheet,
            "fullyQualifiedName": d.place,
            "kind": "cell" if d.cell else "sheet",
        }
        location["logicalLocations"] = [logical]
    return {
        "ruleId": d.code,
        "ruleIndex": rule,
        "level": _LEVELS[d.severity],
        "message": told.message(lambda each: _sentences(d, each)),
        "locations": [location],
        "partialFingerprints": {"finding/v1": _fingerprint(d, w)},
        "properties": {
            "slot": str(d.slot or ""), "parameter": d.parameter,
            "found": w.say(d.found), "expected": w.say(d.expected),
            "basis": w.say(d.basis), "audience": str(d.audience),
            "follows": w.say(d.follows), "page": d.page, "tonnes": d.tonnes,
        },
    }  # fmt: skip


def _answer(d: Diagnostic, report: Report) -> Json:
    """Return what was answered: accepted only where the judging side accepts it."""
    if not d.acknowledged:
        return {}
    is_accepted = bool(report.accepted_by) and not d.tonnes
    status = "accepted" if is_accepted else "underReview"
    suppression = {
        "kind": "external", "status": status, "justification": d.acknowledged
    }  # fmt: skip
    return {"suppressions": [suppression]}


def _sentences(d: Diagnostic, w: Messages) -> str:
    follows = w("report.follows", cause=w.say(d.follows)) if d.follows else ""
    return " ".join(filter(None, (w.say(d.message), w.say(d.remedy), follows)))


def _fingerprint(d: Diagnostic, w: Messages) -> str:
    """Return what stays the same when the book is saved again or a row moves."""
    found, expected = w.say(d.found), w.say(d.expected)
    parts = (d.code, str(d.slot or d.place), d.parameter, found, expected)
    return hashlib.sha256(repr(parts).encode("utf-8", "replace")).hexdigest()[:32]
