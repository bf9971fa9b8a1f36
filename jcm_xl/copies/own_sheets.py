"""The sheets that copies have besides the plan's: Findings, Answers, Repair."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from jcm_xl.model.finding import Diagnostic, MendedBy, Report, Severity
from jcm_xl.submission.answers import FIELDS, sheet_answers
from jcm_xl.submission.opened import OpenedBook
from jcm_xl.text.excerpts import excerpts
from jcm_xl.text.languages import Messages
from jcm_xl.text.visible import visible
from jcm_xl.writing.additions import OwnCell, OwnSheet

STYLES = {
    Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "remark"
}  # fmt: skip
_RED, _AMBER = "#C00000", "#FFC000"
OwnRow = tuple[OwnCell, ...]


def texts_of(values: Iterable[object], style: str = "fixed") -> OwnRow:
    """Return a row of texts in which nothing steers; the first column is a margin."""
    return (OwnCell(), *(OwnCell(visible(value), style) for value in values))


def head(text: str, columns: int) -> OwnRow:
    """Return a title over so many columns."""
    return OwnCell(), OwnCell(visible(text), "title", span=columns)


def prose(text: str, columns: int) -> OwnRow:
    """Return a paragraph over so many columns."""
    return OwnCell(), OwnCell(visible(text), "prose", span=columns)


def section(text: str) -> OwnRow:
    """Return a line that begins a part."""
    return OwnCell(), OwnCell(visible(text), "section")


def findings_sheet(
    report: Report, links: Sequence[str], lost: Sequence[str], texts: Messages,
    *, hint: str = "findings.hint",
) -> OwnSheet:  # fmt: skip
    """List every finding; `links` are their places in this copy, if any."""
    headings = texts("findings.headings")
    columns = len(headings)
    facts = [(texts("findings.verdict"), texts.say(report.verdict)),
             (texts("findings.file"), report.file), ("SHA-256", report.sha256),
             *report.versions.items()]  # fmt: skip
    rows = [
        head(texts("findings.title"), columns),
        prose(texts(hint), columns),
        *(_fact(label, value, columns) for label, value in facts),
        (),
        texts_of(headings, "head"),
    ]
    top = len(rows)
    pairs = zip(report.diagnostics, links, strict=True)
    rows += [_finding(d, link, texts) for d, link in pairs]
    if not report.diagnostics:
        rows.append(prose(texts("findings.none"), columns))
    if lost:
        rows += [(), section(texts("findings.left"))]
        rows += [prose(texts.say(sentence), columns) for sentence in lost]
    return OwnSheet(
        texts("findings.sheet"), (2, 11, 9, 26, 16, 22, 22, 54, 54, 30), tuple(rows),
        head=top, colour=_RED, is_shown_first=True,
    )  # fmt: skip


def _fact(label: str, value: str, columns: int) -> OwnRow:
    return (
        OwnCell(),
        OwnCell(visible(label), "section", span=2),
        OwnCell(),
        OwnCell(visible(value), "plain", span=columns - 2),
    )


def _finding(d: Diagnostic, link: str, texts: Messages) -> OwnRow:
    whole = (visible(texts.say(text)) for text in (d.found, d.expected))
    word = texts(f"report.severity.{d.severity.name}")
    said = map(texts.say, (d.message, d.remedy))
    rest = (d.parameter, *excerpts(*whole), *said, d.acknowledged)
    return (
        OwnCell(),
        OwnCell(word, STYLES[d.severity]),
        OwnCell(d.code, "unit"),
        OwnCell(visible(d.place), "link" if link else "fixed", link=link),
        *(OwnCell(visible(text), "fixed") for text in rest),
    )


def answers_sheet(found: Iterable[Diagnostic], texts: Messages) -> OwnSheet:
    """Return a sheet with one row for each warning, its reason still to be given."""
    headings = texts("answers.headings")
    columns = len(headings)
    typed = FIELDS.index("reason")
    rows = [
        head(texts("answers.title"), columns),
        prose(texts("answers.hint"), columns),
        texts_of(headings, "head"),
    ]
    for d in found:
        if d.severity is not Severity.WARNING or d.mended_by is MendedBy.ANSWER:
            continue
        told = (
            d.code,
            d.place or d.parameter,
            texts.say(d.found),
            d.acknowledged,
            "",
            "",
        )
        cells = [
            OwnCell(
                visible(text), "input" if i >= typed else "fixed", is_input=i >= typed
            )
            for i, text in enumerate(told)
        ]
        rows.append((OwnCell(), *cells))
    return OwnSheet(
        texts("answers.sheet"), (2, 10, 30, 26, 70, 24, 14), tuple(rows),
        head=3, colour=_AMBER,
    )  # fmt: skip


def kept_answers(book: OpenedBook, texts: Messages) -> Iterator[OwnSheet]:
    """Yield the sheet Answers of a book again, if it has any answers."""
    answers = [a for a in sheet_answers(book.file.grid) if a.cell]
    if answers:
        rows = [
            texts_of((a.code, a.at, a.found, a.reason, a.by, a.on), "input")
            for a in answers
        ]
        heads = texts_of(texts("answers.headings"), "head")
        yield OwnSheet(
            texts("answers.sheet"), (2, 10, 30, 26, 70, 24, 14), (heads, *rows)
        )
