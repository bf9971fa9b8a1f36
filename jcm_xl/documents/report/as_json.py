"""Check reports as JSON; `report.schema.json` among the templates describes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jcm_xl.documents.report.opinions import as_dict
from jcm_xl.documents.report.shared import exit_code, words_of
from jcm_xl.model.finding import Diagnostic, Report, Severity
from jcm_xl.text.visible import json_text

SCHEMA = "jcm_xl.report/1"


def report_json(reports: Sequence[Report]) -> str:
    """Return all reports as one JSON text."""
    return json_text(
        {
            "schema": SCHEMA,
            "language": words_of(reports).language,
            "exit_code": exit_code(reports),
            "compared_with_registered_plan": bool(reports)
            and all(report.is_compared_with_plan for report in reports),
            "files": [_as_dict(report) for report in reports],
        }
    )


def _as_dict(report: Report) -> dict[str, object]:
    first, last = report.period or (None, None)
    return {
        "file": report.file,
        "sha256": report.sha256,
        "fingerprint": report.fingerprint,
        "versions": dict(report.versions),
        "verdict": report.verdict,
        "exit_code": report.exit_code,
        "methodology": report.methodology,
        "stage": report.stage,
        "reference_number": report.reference_number,
        "period": {"first": str(first), "last": str(last)} if first else None,
        "counts": _counts(report),
        "findings": [_diagnostic(d) for d in report.diagnostics],
        "figures": _plain(report.figures),
        "opinions": [_plain(as_dict(opinion)) for opinion in report.opinions],
        "compared": dict(report.compared),
        "skipped": list(report.skipped),
    }


def _counts(report: Report) -> dict[str, int]:
    counts = {s.name.lower(): report.count(s) for s in reversed(Severity)}
    answered = sum(d.count for d in report.diagnostics if d.acknowledged)
    return {**counts, "acknowledged": answered}


def _diagnostic(d: Diagnostic) -> dict[str, object]:
    return {
        "key": d.key, "code": d.code, "name": d.name,
        "severity": d.severity.name.lower(), "audience": str(d.audience),
        "sheet": d.sheet, "cell": d.cell, "slot": d.slot, "parameter": d.parameter,
        "found": d.found, "expected": d.expected, "message": d.message,
        "remedy": d.remedy, "basis": d.basis, "page": d.page, "count": d.count,
        "follows": d.follows, "acknowledged": d.acknowledged,
    }  # fmt: skip


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
