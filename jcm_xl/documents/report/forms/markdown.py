"""Check reports as Markdown, for issue trackers and mail; nothing in them is markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from jcm_xl.documents.report import opinions
from jcm_xl.documents.report.groups import Group, groups
from jcm_xl.documents.report.shared import (
    about,
    caveats,
    each,
    figures,
    foot,
    head,
    particulars,
    skipped,
    to_tell,
)
from jcm_xl.model.finding import Diagnostic, Report
from jcm_xl.text.languages import ENGLISH, Messages, in_each, texts_in
from jcm_xl.text.visible import visible

if TYPE_CHECKING:
    from jcm_xl.documents.report.forms import ReportDocument

SUFFIXES = (".md", ".markdown")

_SIGNS = re.compile(r"([\\`*_{}\[\]#|~@$^>]|(?<=:)/(?=/)|(?<=www)\.)", re.I)
"""What begins markup, a mention, an equation or a link anywhere in a line."""
_START = re.compile(r"^([-+=]|\d+(?=[.)]))")
"""What begins a list or makes the line above a heading."""


def plain(text: object) -> str:
    """Return a text that every reader of Markdown shows as it is."""
    harmless = visible(text).replace("&", "&amp;").replace("<", "&lt;")
    return _START.sub(_escaped_start, _SIGNS.sub(r"\\\1", harmless))


def _escaped_start(match: re.Match[str]) -> str:
    sign, rest = match[1][0], match[1][1:]
    # A digit takes no backslash, but it can be spelled.
    return f"&#{ord(sign)};{rest}" if sign.isdigit() else f"\\{sign}"


def code(text: object) -> str:
    """Return a text as code: no sign in it has a meaning."""
    inside = visible(text).replace("|", "\\|")
    longest = max((len(run) for run in re.findall("`+", inside)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {inside} {fence}" if inside.strip() else ""


def write(document: ReportDocument) -> str:
    """Return the document in this form."""
    return report_markdown(document.reports, document.languages)


def report_markdown(
    reports: Sequence[Report], languages: Sequence[str] = ENGLISH
) -> str:
    """Return all reports as one Markdown text, every finding in it.

    Sentences stand in each of the languages, headings in the first.
    """
    texts = texts_in(languages)
    w = texts[0]
    blocks = [f"# {plain(w('report.title'))}"]
    if len(reports) > 1:
        rows = [f"| {plain(r.file)} | {plain(w.say(r.verdict))} |" for r in reports]
        titles = f"| {plain(w('report.file'))} | {plain(w('report.verdict'))} |"
        blocks.append("\n".join([titles, "|---|---|", *rows]))
    for report in reports:
        blocks += _report(report, texts)
    return "\n\n".join(blocks) + "\n"


def _report(report: Report, texts: Sequence[Messages]) -> Iterator[str]:
    w = texts[0]
    yield f"## {plain(report.file)}"
    yield from (f"**{plain(said)}**" for said in in_each(texts, report.verdict))
    rows = [(w("report.methodology"), about(report, w)), *particulars(report, w)]
    facts = [f"* {plain(name)}: {plain(text)}" for name, text in rows if text]
    if facts:
        yield "\n".join(facts)
    for group in groups(to_tell(report)):
        yield from _group(group, texts, 3)
        for follower in group.followers:
            yield from _group(Group((follower,)), texts, 4)
    yield from _figures(report, w)
    if report.skipped:
        for words in texts:
            yield f"{plain(words('report.skipped'))}: {plain(skipped(report, words))}"
    yield "---"
    for sentence in caveats(report):
        yield from map(plain, in_each(texts, sentence))
    yield "\n".join(f"* {plain(name)}: {code(text)}" for name, text in foot(report, w))


def _figures(report: Report, w: Messages) -> Iterator[str]:
    recomputed = [f"* {plain(s)}: {plain(t)}" for s, t in figures(report, w)]
    if recomputed:
        yield f"### {plain(w('report.figures'))}"
        yield "\n".join(recomputed)
    if report.opinions:
        yield f"### {plain(w('report.opinions.title'))}"
        table = [opinions.headings(report, w), *opinions.rows(report, w)]
        lines = [f"| {' | '.join(map(plain, row))} |" for row in table]
        yield "\n".join([lines[0], "|---|---|---|---|---|", *lines[1:]])
        if remark := opinions.remark(report, w):
            yield plain(remark)


def _group(group: Group, texts: Sequence[Messages], level: int) -> Iterator[str]:
    d, w = group.first, texts[0]
    place = f" {plain(w('report.at', place=group.place))}" if group.place else ""
    parameter = f" {plain(f'({d.parameter})')}" if d.parameter else ""
    times = f" × {group.count:,}" if group.count > 1 else ""
    yield f"{'#' * level} {plain(head(d, w))}{place}{parameter}{times}"
    for words in texts:
        yield plain(words.say(d.message))
        yield "\n".join(_details(group, d, words))


def _details(group: Group, d: Diagnostic, w: Messages) -> Iterator[str]:
    for word, value in (("found", d.found), ("expected", d.expected)):
        if value:
            yield f"* {plain(w(f'report.{word}'))}: {code(w.say(value))}"
    for word, text in (("remedy", d.remedy), ("basis", d.basis)):
        if text:
            yield f"* {plain(w(f'report.{word}'))}: {plain(w.say(text))}"
    if d.acknowledged:
        yield f"* {plain(w('report.acknowledged', reason=d.acknowledged))}"
    if d.follows:
        yield f"* {plain(w('report.follows', cause=w.say(d.follows)))}"
    if values := each(group, w):
        yield f"* {plain(w('report.each', list=values))}"
    elif len(group.members) > 1:
        more = group.members[1:]
        cells = w("report.join").join(
            m.cell if m.cell and m.sheet == d.sheet else m.place for m in more
        )
        yield f"* {plain(w('report.alike', n=len(more), cells=cells))}"
    yield f"* {plain(w('report.rule'))}: {code(d.manual)}"
