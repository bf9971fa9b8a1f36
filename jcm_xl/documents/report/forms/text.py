"""Check reports as text: the verdict first, then findings, figures and facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from jcm_xl.documents.lines import BLANK, Line, as_text, line, table
from jcm_xl.documents.report import opinions
from jcm_xl.documents.report.groups import Group, groups
from jcm_xl.documents.report.shared import (
    SHOWN,
    about,
    caveats,
    each,
    exit_code,
    figures,
    foot,
    head,
    outcomes,
    particulars,
    skipped,
    style,
    to_tell,
)
from jcm_xl.model.finding import Diagnostic, Report, Severity
from jcm_xl.text.languages import ENGLISH, Messages, in_each, texts_in

if TYPE_CHECKING:
    from jcm_xl.documents.report.forms import ReportDocument

SUFFIXES = (".txt",)

_STYLES = {
    Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"
}  # fmt: skip
_FOLLOWERS = 5
"""So many consequences are named under their cause."""
_VALUES = 40
"""Values that are listed of findings shown as one."""


def write(document: ReportDocument) -> str:
    """Return the document in this form."""
    return as_text(report_lines(document.reports, None, document.languages))


def report_lines(
    reports: Sequence[Report],
    limit: int | None = SHOWN,
    languages: Sequence[str] = ENGLISH,
) -> Iterator[Line]:
    """Yield the text; without a limit each finding is told in full.

    Sentences stand in each of the languages, headings in the first.
    """
    texts = texts_in(languages)
    if len(reports) > 1:
        yield from overview_lines(reports, languages)
    for report in reports:
        if len(reports) > 1:
            yield BLANK
        yield from _report(report, limit, texts)


def overview_lines(
    reports: Sequence[Report], languages: Sequence[str] = ENGLISH
) -> Iterator[Line]:
    """Yield the verdict of one file; of several one line for all and one for each."""
    texts = texts_in(languages)
    w = texts[0]
    if len(reports) == 1:
        yield from _verdict(reports[0], texts)
        return
    files = w.counted("report.files", len(reports))
    told = outcomes([report.word for report in reports], w)
    yield line(f"{files}: {told}", "good" if exit_code(reports) == 0 else "error")
    for report in reports:
        yield from _verdict(report, texts, f"{report.file}: ", 2)


def _verdict(
    report: Report, texts: Sequence[Messages], before: str = "", indent: int = 0
) -> Iterator[Line]:
    for said in in_each(texts, report.verdict):
        yield line(f"{before}{said}", style(report), indent)


def _report(
    report: Report, limit: int | None, texts: Sequence[Messages]
) -> Iterator[Line]:
    w = texts[0]
    yield from _verdict(report, texts)
    about_it = about(report, w)
    yield line(
        f"{w('report.file')}: {report.file}" + (f" ({about_it})" if about_it else "")
    )
    for heading, text in particulars(report, w):
        yield line(f"{heading}: {text}")
    yield from _findings(to_tell(report), limit, texts)
    recomputed = list(figures(report, w))
    if recomputed:
        yield BLANK
        yield line(f"{w('report.figures')}:", "head")
        for stage, text in recomputed:
            yield line(f"{stage}: {text}", "", 2)
    yield from _opinions(report, w)
    if report.skipped:
        yield BLANK
        for words in texts:
            yield line(
                f"{words('report.skipped')}: {skipped(report, words)}", "warning"
            )
    yield BLANK
    for sentence in caveats(report):
        for said in in_each(texts, sentence):
            yield line(said, "dim")
    for heading, text in foot(report, w):
        yield line(f"{heading}: {text}", "dim")
    if told := to_tell(report):
        yield line(w("report.pages", code=told[0].code), "dim")


def _opinions(report: Report, w: Messages) -> Iterator[Line]:
    if not report.opinions:
        return
    yield BLANK
    yield line(f"{w('report.opinions.title')}:", "head")
    yield from table(opinions.headings(report, w), opinions.rows(report, w), 2)
    if remark := opinions.remark(report, w):
        yield line(remark, "dim", 2)


def _findings(
    found: Sequence[Diagnostic], limit: int | None, texts: Sequence[Messages]
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
            yield from _group(group, texts)
        elif printed[code] == limit + 1:
            yield BLANK
            more = f"{totals[code] - limit:,}"
            facts = {"n": more, "code": code, "all": f"{counts[code]:,}"}
            yield line(texts[0]("report.more", **facts), "dim")


def _group(group: Group, texts: Sequence[Messages]) -> Iterator[Line]:
    d, w = group.first, texts[0]
    parts = [head(d, w)]
    if group.place:
        parts.append(w("report.at", place=group.place))
    if d.parameter:
        parts.append(f"({d.parameter})")
    if group.count > 1:
        parts.append(f"x {group.count:,}")
    yield line(" ".join(parts), _STYLES[d.severity])
    for words in texts:
        yield from _told(group, words)


def _told(group: Group, w: Messages) -> Iterator[Line]:
    """Yield what a finding says, in one language."""
    d = group.first
    yield line(w.say(d.message), "", 4)
    if d.remedy:
        yield line(f"{w('report.remedy')}: {w.say(d.remedy)}", "", 4)
    if values := each(group, w, _VALUES):
        yield line(w("report.each", list=values), "", 4)
    if d.acknowledged:
        yield line(w("report.acknowledged", reason=d.acknowledged), "good", 4)
    if d.basis:
        yield line(f"{w('report.basis')}: {w.say(d.basis)}", "dim", 4)
    if d.follows:
        yield line(w("report.follows", cause=w.say(d.follows)), "dim", 4)
    if group.followers:
        yield line(_consequences(group.followers, w), "dim", 4)


def _consequences(followers: Sequence[Diagnostic], w: Messages) -> str:
    named = [w.say(d.key) for d in followers[:_FOLLOWERS]]
    if len(followers) > _FOLLOWERS:
        named.append("...")
    joined = w("report.join").join(named)
    return w.counted("report.lead", len(followers), list=joined)
