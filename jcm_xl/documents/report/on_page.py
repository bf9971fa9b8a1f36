"""One judged book as the part of a page that a person works on.

The report's own cards and drawings, in the looks of the file, with what can be done to
each finding beneath it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from jcm_xl.documents.as_it_looks import AsItLooks
from jcm_xl.documents.drawing import Drawn
from jcm_xl.documents.page import render
from jcm_xl.documents.report.forms.html import FilePart, Shown, part_of, words_for
from jcm_xl.model.finding import Diagnostic, Report, Severity
from jcm_xl.text.languages import texts_in
from jcm_xl.text.visible import visible

_CELLS = 60_000
"""Cells that are drawn at most; of later sheets the findings are shown alone."""


class Offer(NamedTuple):
    """What a button does: `take` a value, `restore` the template's, or `recalculate`.

    place, text: the cell and what is typed there. choice: counts the readings of it.
    """

    do: str
    place: str = ""
    text: str = ""
    choice: int = 0


class TypedCell(NamedTuple):
    """A cell that was typed on the page: what stood there, and what stands there."""

    place: str
    was: str
    now: str


class WorkedOn(NamedTuple):
    """What a book brings besides its report.

    offers: what can be typed for a finding. changes: what was typed already.
    can: the files that can be made of it, by the words of the page's texts.
    """

    offers: Callable[[Diagnostic], Sequence[Offer]]
    changes: Sequence[TypedCell] = ()
    can: Sequence[str] = ()


class BookOnPage(NamedTuple):
    """The part as HTML, and the rules for the cells drawn in it."""

    html: str
    css: str
    findings: Mapping[str, tuple[Diagnostic, ...]]
    """By the anchors of the cards."""


def book_on_page(
    report: Report, drawn: Drawn, work: WorkedOn, language: str
) -> BookOnPage:
    """Return a book as the page shows it."""
    texts = texts_in([language])
    dress = AsItLooks(drawn.grid) if drawn.grid else None
    # That no other engine is asked is no fact of this book: the page says it once.
    told = {k: v for k, v in report.compared.items() if k != "second opinion"}
    report = replace(report, compared=told)
    part = part_of("1", report, drawn, [_CELLS], dress=dress)
    facts = {
        "part": part,
        "report": report,
        "is_live": True,
        "tabs": list(_tabs(part)),
        "offers": lambda one: _offers(one, work),
        "is_plain": lambda found: not any(offer.choice for _, offer in found),
        "may_answer": _may_answer,
        "changes": work.changes,
        "can": work.can,
        **words_for(texts),
    }
    html = render("page_book.html.j2", visible, facts)
    found = {one.anchor: one.group.members for one in part.findings}
    return BookOnPage(html, dress.css() if dress else "", found)


class Tab(NamedTuple):
    """A sheet, or with no name what is about the book as a whole."""

    anchor: str
    name: str
    found: int
    gravest: str


def _tabs(part: FilePart) -> Iterator[Tab]:
    if part.general:
        yield Tab("whole", "", len(part.general), _gravest(part.general))
    for number, sheet in enumerate(part.sheets, 1):
        found = sheet.findings
        yield Tab(f"sheet-{number}", sheet.name, len(found), _gravest(found))


def _gravest(found: Sequence[Shown]) -> str:
    return max((one.d.severity for one in found), default=Severity.NOTE).name


def _offers(one: Shown, work: WorkedOn) -> list[tuple[int, Offer]]:
    """Return what can be typed, with the number of the finding in its group."""
    return [
        (number, offer)
        for number, d in enumerate(one.group.members)
        for offer in work.offers(d)
    ]


def _may_answer(one: Shown) -> bool:
    return one.d.severity is Severity.WARNING and not one.d.acknowledged
