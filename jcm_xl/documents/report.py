"""Check reports of one or several workbooks as text, JSON and HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from jcm_xl.documents.facts import NO_APPROVAL, NOT_COMPARED, Facts
from jcm_xl.documents.lines import BLANK, Line, counted, line, number
from jcm_xl.documents.neutral import json_text, visible
from jcm_xl.model.finding import Diagnostic, Report, Severity

SCHEMA = "jcm_xl.report/1"
SHOWN = 10
"""So many findings of one code are printed as text; the rest is counted."""
_STYLES = {
    Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"
}  # fmt: skip
_OUTCOMES = ("clean", "with findings", "cannot be judged")


def exit_code(reports: Iterable[Report]) -> int:
    """Return the highest exit code; without any file there is no judgement."""
    return max((report.exit_code for report in reports), default=2)


def facts_of(report: Report) -> Facts:
    """Return which file a report is about."""
    return Facts(
        report.file, report.sha256, report.fingerprint, report.versions,
        compared_with(report),
    )  # fmt: skip


def compared_with(report: Report) -> tuple[str, ...]:
    """Return what the book was compared with, and what not, in sentences."""
    return tuple(report.compared.values()) or (NOT_COMPARED,)


# -- text ------------------------------------------------------------------------


def report_lines(
    reports: Sequence[Report], limit: int | None = SHOWN
) -> Iterator[Line]:
    """Yield the text: the verdict first, then findings, figures and facts."""
    if len(reports) > 1:
        yield from overview_lines(reports)
    for report in reports:
        if len(reports) > 1:
            yield BLANK
        yield from _report(report, limit)


def overview_lines(reports: Sequence[Report]) -> Iterator[Line]:
    """Yield the verdict of one file; of several one line for all and one for each."""
    if len(reports) == 1:
        style = "good" if reports[0].exit_code == 0 else "error"
        yield line(reports[0].verdict, style)
        return
    counts = [sum(r.exit_code == code for r in reports) for code in (0, 1, 2)]
    parts = [f"{n:,} {word}" for n, word in zip(counts, _OUTCOMES, strict=True) if n]
    style = "good" if exit_code(reports) == 0 else "error"
    yield line(f"{counted(len(reports), 'file')}: {', '.join(parts)}", style)
    for report in reports:
        style = "good" if report.exit_code == 0 else "error"
        yield line(f"{report.file}: {report.verdict}", style, 2)


def _report(report: Report, limit: int | None) -> Iterator[Line]:
    yield line(report.verdict, "good" if report.exit_code == 0 else "error")
    about = [report.methodology, f"{report.stage} stage" if report.stage else ""]
    words = ", ".join(part for part in about if part)
    yield line(f"File: {report.file}" + (f" ({words})" if words else ""))
    yield from _findings(report.diagnostics, limit)
    figures = list(_figures(report.figures))
    if figures:
        yield BLANK
        yield line("Recomputed from the inputs, whatever the sheet shows:", "head")
        yield from figures
    if report.skipped:
        yield BLANK
        yield line(f"Not run: {', '.join(report.skipped)}", "warning")
    yield BLANK
    if report.exit_code == 0:
        yield line(NO_APPROVAL, "dim")
    yield from facts_of(report).lines()


def _findings(found: Sequence[Diagnostic], limit: int | None) -> Iterator[Line]:
    totals: dict[str, int] = {}
    for diagnostic in found:
        totals[diagnostic.code] = totals.get(diagnostic.code, 0) + 1
    printed: dict[str, int] = {}
    for diagnostic in found:
        code = diagnostic.code
        printed[code] = printed.get(code, 0) + 1
        if limit is None or printed[code] <= limit:
            yield BLANK
            yield from _finding(diagnostic)
        elif printed[code] == limit + 1:
            yield BLANK
            more = counted(totals[code] - limit, "more finding")
            yield line(f"... and {more} of {code} ({totals[code]:,} in all)", "dim")


def _finding(d: Diagnostic) -> Iterator[Line]:
    parts = [d.severity.name, d.code, d.name.replace("_", " ")]
    if d.place:
        parts.append(f"at {d.place}")
    if d.parameter:
        parts.append(f"({d.parameter})")
    if d.count > 1:
        parts.append(f"x {d.count:,}")
    yield line(" ".join(parts), _STYLES.get(d.severity, ""))
    yield line(d.message, "", 4)
    if d.remedy:
        yield line(f"What to do: {d.remedy}", "", 4)
    if d.basis:
        yield line(f"Basis: {d.basis}", "dim", 4)


def _figures(figures: Mapping[str, object]) -> Iterator[Line]:
    for word, figure in figures.items():
        yield line(f"{word}: {figure_text(figure)}", "", 2)


def figure_text(figure: object) -> str:
    """Return one stage's figure in words; nothing here may fail."""
    if not isinstance(figure, Mapping):
        return str(figure)
    status = str(figure.get("status", "unknown"))
    sheet, exact = figure.get("sheet_credited"), figure.get("credited")
    if sheet is None:
        return status
    unrounded = figure.get("unrounded")
    is_plain = isinstance(unrounded, float) and sheet == exact
    shown = number(unrounded) if is_plain else unrounded  # on the edge all digits
    text = f"{status}, {sheet} tCO2 (rounded down from {shown})"
    return text if sheet == exact else f"{text}; {exact} in exact arithmetic"


# -- JSON ------------------------------------------------------------------------


def report_json(reports: Sequence[Report]) -> str:
    """Return all reports as one JSON text."""
    return json_text(
        {
            "schema": SCHEMA,
            "exit_code": exit_code(reports),
            "compared_with_registered_plan": bool(reports)
            and all(report.is_compared_with_plan for report in reports),
            "files": [_as_dict(report) for report in reports],
        }
    )


def _as_dict(report: Report) -> dict[str, object]:
    return {
        **facts_of(report).as_dict(),
        "verdict": report.verdict,
        "exit_code": report.exit_code,
        "methodology": report.methodology,
        "stage": report.stage,
        "counts": {s.name.lower(): report.count(s) for s in reversed(Severity)},
        "findings": [_diagnostic(d) for d in report.diagnostics],
        "figures": _plain(report.figures),
        "skipped": list(report.skipped),
        "compared": dict(report.compared),
    }


def _diagnostic(d: Diagnostic) -> dict[str, object]:
    return {
        "code": d.code, "name": d.name, "severity": d.severity.name.lower(),
        "audience": str(d.audience), "sheet": d.sheet, "cell": d.cell, "slot": d.slot,
        "parameter": d.parameter, "found": d.found, "expected": d.expected,
        "message": d.message, "remedy": d.remedy, "basis": d.basis, "count": d.count,
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


# -- HTML ------------------------------------------------------------------------


def report_html(reports: Sequence[Report]) -> str:
    """Return all reports as one page without scripts or foreign parts."""
    from jcm_xl.documents.page import render

    facts: dict[str, Any] = {
        "reports": reports,
        "exit_code": exit_code(reports),
        "compared_with": compared_with,
        "no_approval": NO_APPROVAL,
        "figure": figure_text,
        "outcome": lambda report: ("clean", "findings", "none")[report.exit_code],
    }
    return render("report.html.j2", visible, facts)
