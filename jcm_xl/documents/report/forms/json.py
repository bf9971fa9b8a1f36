"""Check reports as JSON; `report.schema.json` among the templates describes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from jcm_xl.documents.report.opinions import as_dict
from jcm_xl.documents.report.shared import exit_code, unlisted
from jcm_xl.model.finding import Diagnostic, Report, Severity
from jcm_xl.text.languages import ENGLISH, Messages, texts_in
from jcm_xl.text.visible import json_text

if TYPE_CHECKING:
    from jcm_xl.documents.report.forms import ReportDocument

SUFFIXES = (".json",)

SCHEMA = "jcm_xl.report/1"


def write(document: ReportDocument) -> str:
    """Return the document in this form."""
    return report_json(document.reports, document.languages)


def report_json(reports: Sequence[Report], languages: Sequence[str] = ENGLISH) -> str:
    """Return all reports as one JSON text.

    Texts stand in the first language; `texts` repeats them in each further one.
    """
    texts = texts_in(languages)
    return json_text(
        {
            "schema": SCHEMA,
            "language": texts[0].language,
            "exit_code": exit_code(reports),
            "compared_with_registered_plan": bool(reports)
            and all(report.is_compared_with_plan for report in reports),
            "files": [_as_dict(report, texts) for report in reports],
        }
    )


def _as_dict(report: Report, texts: Sequence[Messages]) -> dict[str, object]:
    w, *others = texts
    first, last = report.period or (None, None)
    told = _sentences(report, w)
    return {
        "file": report.file,
        "sha256": report.sha256,
        "fingerprint": report.fingerprint,
        "versions": dict(report.versions),
        "verdict": told["verdict"],
        "word": str(report.word),
        "exit_code": report.exit_code,
        **_state(report),
        "methodology": report.methodology,
        "stage": report.stage,
        "reference_number": report.reference_number,
        "period": {"first": str(first), "last": str(last)} if first else None,
        "counts": _counts(report),
        "findings": [_diagnostic(d, texts) for d in report.diagnostics],
        "figures": _plain(report.figures),
        "opinions": [_plain(as_dict(opinion, w)) for opinion in report.opinions],
        "compared": told["compared"],
        "skipped": told["skipped"],
        **_further({each.language: _sentences(report, each) for each in others}),
    }


def _state(report: Report) -> dict[str, object]:
    """Return what stands beside the word of the verdict; the stage stands elsewhere."""
    return {
        "draft": report.is_draft,
        "public_copy": report.is_public_copy,
        "not_calculated": report.is_uncalculated,
        "accepted_by": report.accepted_by,
    }


def _sentences(report: Report, w: Messages) -> dict[str, object]:
    return {
        "verdict": w.say(report.verdict),
        "compared": {topic: w.say(text) for topic, text in report.compared.items()},
        "skipped": [w.say(text) for text in (*report.skipped, *unlisted(report))],
    }


def _further(texts: Mapping[str, object]) -> dict[str, object]:
    """Return the texts in further languages, if any were asked for."""
    return {"texts": texts} if texts else {}


def _counts(report: Report) -> dict[str, int]:
    counts = {s.name.lower(): report.count(s) for s in reversed(Severity)}
    answered = sum(d.count for d in report.every if d.acknowledged)
    return {**counts, "acknowledged": answered}


def _diagnostic(d: Diagnostic, texts: Sequence[Messages]) -> dict[str, object]:
    w, *others = texts
    return {
        "key": w.say(d.key), "code": d.code, "name": d.name,
        "severity": d.severity.name.lower(), "audience": str(d.audience),
        "tonnes": d.tonnes,
        "sheet": d.sheet, "cell": d.cell, "block": d.block, "slot": str(d.slot or ""),
        "parameter": d.parameter, **_said(d, w), "page": d.page, "count": d.count,
        "follows": w.say(d.follows), "acknowledged": d.acknowledged,
        **_further({each.language: _said(d, each) for each in others}),
    }  # fmt: skip


def _said(d: Diagnostic, w: Messages) -> dict[str, str]:
    texts = {
        "found": d.found, "expected": d.expected, "message": d.message,
        "remedy": d.remedy, "basis": d.basis,
    }  # fmt: skip
    return {name: w.say(text) for name, text in texts.items()}


def _plain(value: object) -> object:
    """Return a value that JSON can hold; what it cannot becomes its text."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float) and value - value == 0:  # neither infinite nor NaN
        return value
    return str(value)
