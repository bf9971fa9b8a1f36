"""Check reports as one page: the findings in order, then the sheets with marked cells.

The page needs no script and loads nothing; it is as light as the book is short.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from jcm_xl.dataclass import dataclass
from jcm_xl.documents.drawing import BookDress, Drawn, DrawnSheet, Mark, drawings
from jcm_xl.documents.month_chart import MonthChart, month_charts
from jcm_xl.documents.page import render
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
from jcm_xl.plan.layout import layout
from jcm_xl.text.languages import ENGLISH, Messages, in_each, texts_in
from jcm_xl.text.visible import visible
from jcm_xl.xlsx.grid import Position, parse_address

if TYPE_CHECKING:
    from jcm_xl.documents.report.forms import ReportDocument

SUFFIXES = (".html", ".htm")

_CELLS = 40_000
"""So many cells are drawn on one page; later sheets are named only."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A group of findings with its number and anchor on the page."""

    number: int
    anchor: str
    group: Group
    is_consequence: bool
    cells: tuple[tuple[str, str], ...]
    """Anchor and address of each cell; no anchor where the cell is not drawn."""

    @property
    def d(self) -> Diagnostic:
        """Return the finding that is told in full."""
        return self.group.first


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet beside its findings; `drawing` is none where it cannot be drawn."""

    name: str
    anchor: str
    drawing: DrawnSheet | None
    findings: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class FilePart:
    """What the page says of one file."""

    anchor: str
    report: Report
    findings: tuple[Shown, ...]
    general: tuple[Shown, ...]
    sheets: tuple[SheetPart, ...]
    charts: tuple[MonthChart, ...] = ()

    @property
    def has_places(self) -> bool:
        """Tell whether a finding stands on a sheet; if not, all sheets are open."""
        return any(sheet.findings for sheet in self.sheets)


def write(document: ReportDocument) -> str:
    """Return the document in this form."""
    return report_html(document.reports, document.books, document.languages)


def report_html(
    reports: Sequence[Report],
    books: Sequence[Drawn] = (),
    languages: Sequence[str] = ENGLISH,
) -> str:
    """Return all reports as one page without scripts or foreign parts.

    Sentences stand in each of the languages, headings in the first.
    """
    texts = texts_in(languages)
    room = [_CELLS]
    parts = [
        part_of(f"{number}", report, book, room, only_marked=len(reports) > 1)
        for number, (report, book) in enumerate(_pairs(reports, books), 1)
    ]
    facts = {"parts": parts, "styles": list(_css(parts)), **words_for(texts)}
    return render("report.html.j2", visible, facts)


def words_for(texts: Sequence[Messages]) -> dict[str, Any]:
    """Return what the template says things with."""
    w = texts[0]
    return {
        "w": w,
        "texts": texts,
        "in_each": lambda text: in_each(texts, text),
        "about": lambda report: about(report, w),
        "particulars": lambda report: particulars(report, w),
        "figures": lambda report: list(figures(report, w)),
        "opinion_headings": lambda report: opinions.headings(report, w),
        "opinion_rows": lambda report: list(opinions.rows(report, w)),
        "opinion_remark": lambda report: opinions.remark(report, w),
        "caveats": caveats,
        "skipped": skipped,
        "foot": lambda report: foot(report, w),
        "head": lambda d: head(d, w),
        "each": lambda group: each(group, w),
        "outcome": lambda report: report.word.key,
    }


def _pairs(
    reports: Sequence[Report], books: Sequence[Drawn]
) -> Iterator[tuple[Report, Drawn]]:
    for number, report in enumerate(reports):
        yield report, books[number] if number < len(books) else Drawn()


def part_of(
    key: str,
    report: Report,
    book: Drawn,
    room: list[int],
    *,
    only_marked: bool = False,
    dress: BookDress | None = None,
) -> FilePart:
    """Return what a page says of one file; `room` counts the cells it may still draw.

    Anchors begin with the key. `dress`: see `drawings`.
    """
    every = list(_numbered(key, report))
    names = [sheet.name for sheet in book.grid.sheets] if book.grid else []
    anchors = {name: f"s{key}-{number}" for number, name in enumerate(names, 1)}
    drawn = {}
    marks = _marks(every)
    for drawing in drawings(book, marks, only_marked=only_marked, dress=dress):
        size = len(drawing.rows) * len(drawing.columns)
        if size <= room[0]:
            room[0] -= size
            drawn[drawing.sheet] = drawing
    shown = [_linked(one, anchors, drawn) for one in every]
    by_sheet = {
        name: tuple(one for one in shown if one.d.sheet == name)
        for name in dict.fromkeys([*names, *(one.d.sheet for one in shown)])
        if name
    }
    return FilePart(
        anchor=f"file-{key}",
        report=report,
        findings=tuple(shown),
        general=tuple(one for one in shown if not one.d.sheet),
        sheets=tuple(
            SheetPart(name, anchors.get(name, ""), drawn.get(name), findings)
            for name, findings in by_sheet.items()
            if findings or name in drawn
        ),
        charts=tuple(month_charts(book, marks)),
    )


def _numbered(key: str, report: Report) -> Iterator[Shown]:
    """Number the groups in the order of the report, consequences after their cause."""
    number = 0
    for group in groups(to_tell(report)):
        number += 1
        yield Shown(number, f"f{key}-{number}", group, False, ())
        for follower in groups(group.followers):
            number += 1
            yield Shown(number, f"f{key}-{number}", follower, True, ())


def _linked(
    one: Shown, anchors: Mapping[str, str], drawn: Mapping[str, DrawnSheet]
) -> Shown:
    """Return the findings with links to those of their cells that were drawn."""
    cells = []
    for d in one.group.members:
        drawing = drawn.get(d.sheet)
        is_drawn = bool(d.cell) and drawing is not None and d.cell in drawing.marked
        name = d.cells if d.cell and d.sheet == one.d.sheet else d.place
        cells.append((f"{anchors[d.sheet]}-{d.cell}" if is_drawn else "", name))
    return replace(one, cells=tuple(cells))


def _position(d: Diagnostic) -> Position | None:
    try:
        return parse_address(d.cell)
    except ValueError:
        return None


def _marks(shown: Sequence[Shown]) -> dict[str, dict[Position, Mark]]:
    """Return which cells are marked: of two findings of a cell the first one counts."""
    marks: dict[str, dict[Position, Mark]] = {}
    for one in shown:
        for d in one.group.members:
            if d.sheet:
                marks.setdefault(d.sheet, {})
            if d.sheet and (place := _position(d)):
                mark = Mark(one.anchor, d.severity.name, one.number)
                marks[d.sheet].setdefault(place, mark)
    return marks


def _css(parts: Sequence[FilePart]) -> Iterator[str]:
    """Yield the template's cell styles that were drawn as rules of the page."""
    drawn = {
        cell.style
        for part in parts
        for sheet in part.sheets
        for row in (sheet.drawing.rows if sheet.drawing else ())
        for cell in row.cells
    }
    names = {"bg": "background", "fg": "color"}
    flags = {
        "bold": "font-weight:600", "italic": "font-style:italic",
        "center": "text-align:center", "right": "text-align:right",
    }  # fmt: skip
    for style, entry in layout().styles.items():
        rules = [f"{names[key]}:{entry[key]}" for key in names if key in entry]
        rules += [rule for key, rule in flags.items() if entry.get(key)]
        if rules and style in drawn:
            yield f".g .s-{style} {{ {'; '.join(rules)} }}"
