"""The annotated copy: a fresh book that shows in its cells what a check found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from jcm_xl.checks.run import check_grid
from jcm_xl.copies.carry import Carried, carry
from jcm_xl.copies.opened import open_to_copy
from jcm_xl.copies.own_sheets import STYLES, answers_sheet, findings_sheet
from jcm_xl.copies.written import written
from jcm_xl.model.finding import Diagnostic, Report
from jcm_xl.model.key import Key
from jcm_xl.plan.copies import ANNOTATED
from jcm_xl.plan.plan import Plan
from jcm_xl.submission.opened import OpenedBook
from jcm_xl.submission.settings import AS_USUAL, Settings
from jcm_xl.text.languages import FIRST, Messages, messages
from jcm_xl.text.visible import visible
from jcm_xl.writing.additions import CellComment, Dress
from jcm_xl.xlsx.grid import parse_address


def annotate(
    path: str | Path, settings: Settings = AS_USUAL, language: str = FIRST
) -> tuple[bytes, Report, Carried]:
    """Return the annotated copy of a book, the report it shows, and what it lacks."""
    book = open_to_copy(path, settings)
    report = check_grid(book.file.grid, book.name, settings)
    texts = messages(language)
    carried = carry(book, ANNOTATED)
    return written(carried, _dress(book, carried, report, texts)), report, carried


def _dress(
    book: OpenedBook, carried: Carried, report: Report, texts: Messages
) -> Dress:
    plan = carried.plan
    places = [_place(book, plan, d) for d in report.diagnostics]
    links = [_link(plan, place) for place in places]
    sheets = [findings_sheet(report, links, carried.lost, texts)]
    answers = answers_sheet(report.diagnostics, texts)
    if len(answers.rows) > answers.head:
        sheets.append(answers)
    return Dress(
        remarks=_remarks(zip(places, report.diagnostics, strict=True), texts),
        formulas=carried.formulas,
        sheets=tuple(sheets),
    )


def _place(context: OpenedBook, plan: Plan, d: Diagnostic) -> Key | str:
    """Return the key or `'Sheet'!A1` at which a finding is shown, or nothing.

    A finding outside of the slots keeps its address only where no line was moved.
    """
    if d.slot:
        return d.slot
    if not d.cell or d.sheet not in plan.by_place or context.alterations:
        return ""
    try:
        place = parse_address(d.cell)
    except ValueError:
        return ""
    slot = plan.by_place[d.sheet].get(place)
    return slot.key if slot else f"'{d.sheet}'!{d.cell}"


def _link(plan: Plan, place: Key | str) -> str:
    slot = plan.get(place) if isinstance(place, Key) else None
    return f"'{slot.sheet}'!{slot.address}" if slot else str(place)


def _remarks(
    found: Iterable[tuple[Key | str, Diagnostic]], texts: Messages
) -> Mapping[Key | str, CellComment]:
    """Return one remark a place, coloured as its gravest finding."""
    told: dict[Key | str, list[Diagnostic]] = {}
    for place, d in found:
        if place:
            told.setdefault(place, []).append(d)
    return {
        place: CellComment(
            "\n\n".join(sentences(d, texts) for d in here),
            STYLES[max(d.severity for d in here)],
        )
        for place, here in told.items()
    }


def sentences(d: Diagnostic, texts: Messages) -> str:
    """Return what a remark at a cell says of a finding."""
    word = texts(f"report.severity.{d.severity.name}")
    lines = (f"{word} {d.code}", d.message, d.remedy, d.acknowledged)
    return "\n".join(visible(texts.say(line)) for line in lines if line)
