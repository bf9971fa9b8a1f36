"""Check reports as SARIF 2.1.0, the format in which code checkers tell findings.

A book is an artifact, a cell is a logical location, an acknowledged warning is a
suppressed result, a file that cannot be judged is a notification of the invocation.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from jcm_xl.documents.report.shared import words_of
from jcm_xl.documents.rules import Rule, first_sentence, page_markdown, page_text
from jcm_xl.model.finding import Diagnostic, Report, Severity
from jcm_xl.text.visible import json_text
from jcm_xl.text.words import Words
from jcm_xl.version import __version__

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
    "sarif-schema-2.1.0.json"
)
_LEVELS = {
    Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"
}  # fmt: skip

Json = dict[str, object]


def report_sarif(reports: Sequence[Report], rules: Mapping[str, Rule]) -> str:
    """Return all reports as one run; of the rules those that found something."""
    w = words_of(reports)
    codes = sorted({d.code for report in reports for d in report.diagnostics})
    numbers = {code: number for number, code in enumerate(codes)}
    results = [
        _result(d, numbers[d.code], _at(report, number), w)
        for number, report in enumerate(reports)
        for d in report.diagnostics
    ]
    driver: Json = {
        "name": "jcm_xl",
        "version": __version__,
        "semanticVersion": __version__,
        "language": w.language,
        "rules": [_rule(code, rules.get(code)) for code in codes],
    }
    run: Json = {
        "tool": {"driver": driver},
        "language": w.language,
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(reports)],
        "artifacts": [_artifact(report) for report in reports],
        "results": results,
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


def _invocation(reports: Sequence[Report]) -> Json:
    refused = [
        {
            "level": "error",
            "message": {"text": report.verdict},
            "locations": [{"physicalLocation": _at(report, number)}],
        }
        for number, report in enumerate(reports)
        if report.exit_code == 2
    ]
    left_out = [
        {
            "level": "note",
            "message": {"text": sentence},
            "locations": [{"physicalLocation": _at(report, number)}],
        }
        for number, report in enumerate(reports)
        for sentence in (*report.skipped, *report.compared.values())
    ]
    return {
        "executionSuccessful": not refused,
        "toolExecutionNotifications": [*refused, *left_out],
    }


def _artifact(report: Report) -> Json:
    artifact: Json = {
        "location": {"uri": _uri(report.file)},
        "roles": ["analysisTarget"],
        "properties": {
            "verdict": report.verdict,
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


def _result(d: Diagnostic, rule: int, place: Json, w: Words) -> Json:
    location: Json = {"physicalLocation": place}
    if d.place:
        logical: Json = {
            "name": d.cell or d.sheet,
            "fullyQualifiedName": d.place,
            "kind": "cell" if d.cell else "sheet",
        }
        location["logicalLocations"] = [logical]
    texts = [d.message, d.remedy, w("follows", cause=d.follows) if d.follows else ""]
    result: Json = {
        "ruleId": d.code,
        "ruleIndex": rule,
        "level": _LEVELS[d.severity],
        "message": {"text": " ".join(text for text in texts if text)},
        "locations": [location],
        "partialFingerprints": {"finding/v1": _fingerprint(d)},
        "properties": {
            "slot": d.slot, "parameter": d.parameter, "found": d.found,
            "expected": d.expected, "basis": d.basis, "audience": str(d.audience),
            "follows": d.follows, "page": d.page,
        },
    }  # fmt: skip
    if d.acknowledged:
        suppression = {
            "kind": "external", "status": "accepted", "justification": d.acknowledged
        }  # fmt: skip
        result["suppressions"] = [suppression]
    return result


def _fingerprint(d: Diagnostic) -> str:
    """Return what stays the same when the book is saved again or a row moves."""
    parts = (d.code, d.slot or d.place, d.parameter, d.found, d.expected)
    return hashlib.sha256(repr(parts).encode("utf-8", "replace")).hexdigest()[:32]
