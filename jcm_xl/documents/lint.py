"""What an author reads of a definition file: as text, as JSON, and the rules' pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from jcm_xl.definition.lint.base import Lint
from jcm_xl.definition.lint.run import LintRemark, LintReport
from jcm_xl.documents.lines import BLANK, Line, line
from jcm_xl.model.finding import Severity
from jcm_xl.text.visible import json_text

SCHEMA = "jcm_xl.lint/1"
_STYLES = {
    Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"
}  # fmt: skip


def lint_lines(reports: Sequence[LintReport]) -> Iterator[Line]:
    """Yield the verdicts first, then each rule with the places where it speaks."""
    for report in reports:
        style = "error" if report.exit_code else "good"
        yield line(f"{report.file}: {report.verdict}", style)
        if report.skipped:
            yield line(report.skipped, "warning", 2)
    for report in reports:
        for rule, remarks in groupby(report.remarks, key=lambda remark: remark.rule):
            yield BLANK
            yield from _remarks(rule, list(remarks))


def _remarks(rule: Lint, remarks: Sequence[LintRemark]) -> Iterator[Line]:
    for remark in remarks:
        head = f"{remark.place}: {rule.severity.name} {rule.code} {remark.key}"
        yield line(head, _STYLES[rule.severity])
        yield line(remark.message, "", 4)
    yield line(f"Why it matters: {rule.why}", "", 4)
    yield line(f"How to mend it: {rule.remedy}", "", 4)


def lint_json(reports: Sequence[LintReport]) -> str:
    """Return all remarks as one JSON text."""
    files = [
        {
            "file": report.file,
            "verdict": report.verdict,
            "exit_code": report.exit_code,
            "skipped": report.skipped,
            "remarks": [_as_dict(remark) for remark in report.remarks],
        }
        for report in reports
    ]
    code = max((report.exit_code for report in reports), default=0)
    return json_text({"schema": SCHEMA, "exit_code": code, "files": files})


def _as_dict(remark: LintRemark) -> dict[str, object]:
    rule = remark.rule
    return {
        "code": rule.code, "name": rule.name, "severity": rule.severity.name.lower(),
        "line": remark.line, "key": remark.key, "message": remark.message,
        "why": rule.why, "remedy": rule.remedy,
    }  # fmt: skip


def lint_rule_rows(rules: Iterable[Lint]) -> Iterator[tuple[str, str, str, str]]:
    """Yield the cells of each rule for the list of all rules."""
    for rule in rules:
        yield rule.code, rule.severity.name, "author", rule.fact
