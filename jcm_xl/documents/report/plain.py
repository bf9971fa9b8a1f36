"""Check reports as text: the verdict first, then findings, figures and facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from jcm_xl.documents.lines import BLANK, Line, line, table
from jcm_xl.documents.report import opinions
from jcm_xl.documents.report.groups import Group, groups
from jcm_xl.documents.report.shared import (
    OUTCOMES,
    SHOWN,
    about,
    caveats,
    exit_code,
    figures,
    foot,
    head,
    particulars,
    words_of,
)
from jcm_xl.model.finding import Diagnostic, Report, Severity
from jcm_xl.text.words import Words

_STYLES = {
    Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"
}  # fmt: skip
_FOLLOWERS = 5
"""So many consequences are named under their cause."""


def report_lines(
    reports: Sequence[Report], limit: int | None = SHOWN
) -> Iterator[Line]:
    """Yield the text; without a limit each finding is told in full."""
    if len(reports) > 1:
        yield from overview_lines(reports)
    for report in reports:
        if len(reports) > 1:
            yield BLANK
        yield from _report(report, limit)


def overview_lines(reports: Sequence[Report]) -> Iterator[Line]:
    """Yield the verdict of one file; of several one line for all and one for each."""
    w = words_of(reports)
    if len(reports) == 1:
        yield _verdict(reports[0])
        return
    counts = [sum(r.exit_code == code for r in reports) for code in (0, 1, 2)]
    parts = [
        w(f"outcomes.{word}", n=f"{count:,}")
        for count, word in zip(counts, OUTCOMES, strict=True)
        if count
    ]
    style = "good" if exit_code(reports) == 0 else "error"
    files = w.counted("files", len(reports))
    yield line(f"{files}: {w('join').join(parts)}", style)
    for report in reports:
        yield _verdict(report, f"{report.file}: ", 2)


def _verdict(report: Report, before: str = "", indent: int = 0) -> Line:
    style = "good" if report.exit_code == 0 else "error"
    return line(f"{before}{report.verdict}", style, indent)


def _report(report: Report, limit: int | None) -> Iterator[Line]:
    w = words_of([report])
    yield _verdict(report)
    words = about(report, w)
    yield line(f"{w('file')}: {report.file}" + (f" ({words})" if words else ""))
    for heading, text in particulars(report, w):
        yield line(f"{heading}: {text}")
    yield from _findings(report.diagnostics, limit, w)
    recomputed = list(figures(report, w))
    if recomputed:
        yield BLANK
        yield line(f"{w('figures')}:", "head")
        for stage, text in recomputed:
            yield line(f"{stage}: {text}", "", 2)
    yield from _opinions(report, w)
    if report.skipped:
        yield BLANK
        yield line(f"{w('skipped')}: {w('join').join(report.skipped)}", "warning")
    yield BLANK
    for sentence in caveats(report, w):
        yield line(sentence, "dim")
    for heading, text in foot(report, w):
        yield line(f"{heading}: {text}", "dim")
    if report.diagnostics:
        yield line(w("pages", code=report.diagnostics[0].code), "dim")


def _opinions(report: Report, w: Words) -> Iterator[Line]:
    if not report.opinions:
        return
    yield BLANK
    yield line(f"{w('opinions.title')}:", "head")
    yield from table(opinions.headings(w), opinions.rows(report, w), 2)
    if remark := opinions.remark(report, w):
        yield line(remark, "dim", 2)


def _findings(
    found: Sequence[Diagnostic], limit: int | None, w: Words
) -> Iterator[Line]:
    every = groups(found, is_folded=limit is not None)
    totals = Counter(group.first.code for group in every)
    counts: Counter[str] = Counter()
    for group in every:
        counts[group.first.code] += group.count
    printed: Counter[str] = Counter()
    for group in every:
        code = group.first.code
        printed[code] += 1
        if limit is None or printed[code] <= limit:
            yield BLANK
            yield from _group(group, w)
        elif printed[code] == limit + 1:
            yield BLANK
            more = f"{totals[code] - limit:,}"
            yield line(w("more", n=more, code=code, all=f"{counts[code]:,}"), "dim")


def _group(group: Group, w: Words) -> Iterator[Line]:
    d = group.first
    parts = [head(d, w)]
    if group.place:
        parts.append(w("at", place=group.place))
    if d.parameter:
        parts.append(f"({d.parameter})")
    if group.count > 1:
        parts.append(f"x {group.count:,}")
    yield line(" ".join(parts), _STYLES[d.severity])
    yield line(d.message, "", 4)
    if d.remedy:
        yield line(f"{w('remedy')}: {d.remedy}", "", 4)
    if d.acknowledged:
        yield line(w("acknowledged", reason=d.acknowledged), "good", 4)
    if d.basis:
        yield line(f"{w('basis')}: {d.basis}", "dim", 4)
    if d.follows:
        yield line(w("follows", cause=d.follows), "dim", 4)
    if group.followers:
        yield line(_consequences(group.followers, w), "dim", 4)


def _consequences(followers: Sequence[Diagnostic], w: Words) -> str:
    named = [d.key for d in followers[:_FOLLOWERS]]
    if len(followers) > _FOLLOWERS:
        named.append("...")
    return w.counted("lead", len(followers), list=w("join").join(named))
