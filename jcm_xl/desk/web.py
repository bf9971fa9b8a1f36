"""What a person does on the page in the browser: drop books, see, mend, take along.

The page's JavaScript knows no rule, text or number: it asks a `WebDesk` and shows what
it answers. Books lie in one folder, in the browser's memory, and are judged there as
`jcm-xl check DIR` judges a folder. A second engine is not asked: the browser has none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from jcm_xl import api
from jcm_xl.bulk.failure import failed, too_large
from jcm_xl.bulk.projects import judge_folder
from jcm_xl.checks.run import Judged, catalogue, judge_file
from jcm_xl.copies.meant import meant
from jcm_xl.desk.excel import slot_at
from jcm_xl.documents.page import render
from jcm_xl.documents.report.forms import ReportDocument, written
from jcm_xl.documents.report.on_page import (
    BookOnPage,
    Offer,
    TypedCell,
    WorkedOn,
    book_on_page,
)
from jcm_xl.documents.report.shared import about
from jcm_xl.errors import JcmError
from jcm_xl.formula.type_in import type_in
from jcm_xl.model.answer import Answer
from jcm_xl.model.finding import Diagnostic, MendedBy, Report, Severity
from jcm_xl.model.shown import shown
from jcm_xl.submission.answers import FIELDS, is_sentence
from jcm_xl.submission.settings import Settings
from jcm_xl.text.languages import FIRST, Messages, messages
from jcm_xl.text.visible import csv_text, visible
from jcm_xl.writing.zipped import zipped
from jcm_xl.xlsx.grid import Grid, parse_address
from jcm_xl.xlsx.patch import CellEdit

SETTINGS = Settings(second_opinion=False)
_KEPT = 20
"""Judged books that stay in memory; of others the sheets are read again."""


class NotOnPage(JcmError):
    """What cannot be done on the page, in the words of the person's language."""


class MadeFile(NamedTuple):
    """A file for the person."""

    name: str
    data: bytes


@dataclass
class DroppedBook:
    """A book on the page: its bytes as dropped and as they are now.

    typed: what was typed, by sheet and cell. version: counts its states.
    settings: how it was judged last, with its plan and the reports before.
    """

    name: str
    dropped: bytes
    data: bytes
    typed: dict[tuple[str, str], TypedCell] = field(default_factory=dict)
    answers: tuple[Answer, ...] = ()
    version: int = 0
    settings: Settings = SETTINGS
    report: Report | None = None
    shown: BookOnPage | None = None


class WebDesk:
    """The books of one person, in a folder of their own.

    seen: called once a book while all are judged. language: that of all texts.
    """

    def __init__(self, folder: Path, seen: Callable[[], object] = lambda: None) -> None:
        """Start without a book."""
        self._folder, self._seen = folder, seen
        self.language = FIRST
        self._books: dict[int, DroppedBook] = {}
        self._number = 0
        self._known: dict[str, tuple[object, Report]] = {}
        self._judged: dict[str, Judged] = {}

    # -- books -------------------------------------------------------------------------

    def put(self, name: str, data: bytes) -> int:
        """Take a book and return its number; a second one of a name gets another."""
        name = self._free(_plain_name(name))
        self._number += 1
        self._books[self._number] = DroppedBook(name, data, data)
        (self._folder / name).write_bytes(data)
        return self._number

    def drop(self, number: int) -> None:
        """Forget a book."""
        book = self._books.pop(number)
        (self._folder / book.name).unlink()
        self._judged.pop(book.name, None)
        self._known.pop(book.name, None)

    def _free(self, name: str) -> str:
        taken = {book.name.casefold() for book in self._books.values()}
        path, free, n = PurePosixPath(name), name, 1
        while free.casefold() in taken:
            n += 1
            free = f"{path.stem} ({n}){path.suffix}"
        return free

    def judge(self) -> list[dict[str, object]]:
        """Judge all books beside each other and return a line of each."""
        books = list(self._books.values())
        paths = [Path(book.name) for book in books]  # findings name no folder
        reports = judge_folder(paths, SETTINGS, self._each, self._seen)
        for book, report in zip(books, reports, strict=True):
            book.report = report
        return [_row(number, book, self._w) for number, book in self._books.items()]

    @property
    def _w(self) -> Messages:
        return messages(self.language)

    def _each(self, jobs: Iterable[tuple[Path, Settings]]) -> Iterator[Report]:
        by_name = {book.name: book for book in self._books.values()}
        for path, settings in jobs:
            book = by_name[path.name]
            book.settings = replace(
                settings,
                answers=book.answers,
                plan=settings.plan and self._folder / settings.plan.name,
                previous=tuple(self._folder / p.name for p in settings.previous),
            )
            yield self._report(book, by_name)

    def _report(self, book: DroppedBook, others: Mapping[str, DroppedBook]) -> Report:
        """Judge a book unless nothing of it, or beside it, has changed."""
        s = book.settings
        beside = [p.name for p in (s.plan, *s.previous) if p is not None]
        state = (book.version, s, [others[n].version for n in beside if n in others])
        known = self._known.get(book.name)
        if known and known[0] == state:
            return known[1]
        judged = _judged(self._folder / book.name, s)
        self._known[book.name] = state, judged.report
        self._keep(book.name, judged)
        return judged.report

    def _keep(self, name: str, judged: Judged) -> None:
        self._judged.pop(name, None)
        self._judged[name] = judged
        while len(self._judged) > _KEPT:
            del self._judged[next(iter(self._judged))]

    def _of(self, book: DroppedBook) -> Judged:
        if book.name not in self._judged:
            self._keep(book.name, _judged(self._folder / book.name, book.settings))
        return self._judged[book.name]

    # -- one book ----------------------------------------------------------------------

    def show(self, number: int) -> dict[str, object]:
        """Return a judged book as a part of the page."""
        book = self._books[number]
        judged = self._of(book)
        can = tuple(_can(book, judged))
        work = WorkedOn(
            lambda d: _offers(judged, d),
            tuple(book.typed.values()),
            can,
        )
        book.shown = book_on_page(judged.report, api.drawn(judged), work, self.language)
        return {"html": book.shown.html, "css": book.shown.css}

    def take(self, number: int, finding: str, member: int | None, choice: int) -> None:
        """Type what findings ask for; `member` is one of a kind, None stands for all.

        Of all those are left out that have several readings: a person chooses.

        Every other cell of the file stays as it is; stored results are calculated anew.
        """
        book = self._books[number]
        found = self._findings(book, finding)
        judged = self._of(book)
        chosen = found if member is None else found[member : member + 1]
        edits: list[CellEdit] = []
        for d in chosen:
            values = meant(judged.context, d) if judged.context else ()
            if values and (member is not None or len(values) == 1):
                value = values[min(choice, len(values) - 1)]
                edits.append(
                    CellEdit(value.sheet, value.cell, value.value, value.formula)
                )
        self._type(book, judged.grid, edits)

    def _type(
        self, book: DroppedBook, grid: Grid | None, edits: Sequence[CellEdit]
    ) -> None:
        changed = type_in(book.data, edits, book.name).data
        for edit in edits:
            at = edit.sheet, edit.cell
            was = book.typed[at].was if at in book.typed else _held(grid, *at)
            now = f"={edit.formula}" if edit.formula else shown(edit.value)
            book.typed[at] = TypedCell(f"'{edit.sheet}'!{edit.cell}", was, now)
        self._now(book, changed)

    def _now(self, book: DroppedBook, data: bytes) -> None:
        (self._folder / book.name).write_bytes(data)
        book.data = data
        book.version += 1
        self._judged.pop(book.name, None)

    def undo(self, number: int) -> None:
        """Take back everything that was typed."""
        book = self._books[number]
        book.typed.clear()
        self._now(book, book.dropped)

    def answer(self, number: int, finding: str, reason: str, by: str, on: date) -> None:
        """Answer the warnings of a card with a reason why they may stand."""
        book = self._books[number]
        if not is_sentence(reason):
            raise NotOnPage(self._w("page.no_sentence"))
        given = [
            Answer(d.code, _at(d), reason.strip(), by=by.strip(), on=on.isoformat())
            for d in self._findings(book, finding)
            if d.severity is Severity.WARNING
        ]
        book.answers = (*book.answers, *given)

    def _findings(self, book: DroppedBook, finding: str) -> Sequence[Diagnostic]:
        found = book.shown.findings.get(finding, ()) if book.shown else ()
        if not found:
            raise NotOnPage(self._w("page.gone"))
        return found

    def explain(
        self, number: int, sheet: str = "", cell: str = ""
    ) -> dict[str, object]:
        """Return where the figure of a cell comes from, or else the reductions."""
        book, w = self._books[number], self._w
        context = self._of(book).context
        name, stage = "", "auto"
        if cell and context is not None:
            slot = slot_at(context, sheet, parse_address(cell))
            if slot is None or not slot.name:
                return {"html": "", "said": w("page.no_figure", cell=cell)}
            stage = "report" if slot.key.side == "mrs" else "plan"
            name = slot.name + (f"[{slot.unit}]" if slot.unit else "")
        explained = api.explain(self._folder / book.name, name, stage=stage)
        facts = {"w": w, "lines": list(explained.lines())}
        return {"html": render("page_explain.html.j2", visible, facts), "said": ""}

    # -- files -------------------------------------------------------------------------

    def file(self, number: int, what: str) -> MadeFile:
        """Make a file of a book: one of `page.get` of the texts."""
        return _MAKE[what](self, self._books[number])

    def mended(self, book: DroppedBook) -> MadeFile:
        """Return the person's own file with what was typed on the page."""
        path = PurePosixPath(book.name)
        return MadeFile(f"{path.stem}_mended{path.suffix}", book.data)

    def annotated(self, book: DroppedBook) -> MadeFile:
        """Return a fresh book, or one made by hand itself, with notes at its cells."""
        path = self._folder / book.name
        data, _ = api.annotate(path, book.settings, language=self.language)
        context = self._of(book).context
        is_own = context is not None and context.foreign is not None
        suffix = path.suffix if is_own else ".xlsx"
        return MadeFile(f"{path.stem}_annotated{suffix}", data)

    def fresh(self, book: DroppedBook) -> MadeFile:
        """Return the inputs in a fresh template."""
        path = self._folder / book.name
        context = self._of(book).context
        if context is not None and context.foreign is None:
            data = api.repair(path, book.settings, language=self.language).data
            return MadeFile(f"{path.stem}_repaired.xlsx", data)
        found = api.import_book(path, language=self.language)
        return MadeFile(
            f"{path.stem}_imported.xlsx", api.book(found.plan, found.submission)
        )

    def report(self, book: DroppedBook) -> MadeFile:
        """Return the report as a page of its own."""
        judged = self._of(book)
        document = ReportDocument(
            [judged.report], catalogue(), [api.drawn(judged)], [self.language]
        )
        page = written("html", document).encode("utf-8", "backslashreplace")
        return MadeFile(f"{PurePosixPath(book.name).stem}_report.html", page)

    def bundle(self, book: DroppedBook) -> MadeFile:
        """Return everything that can be made of a book, in one archive."""
        files, refused = [], []
        for what in _can(book, self._of(book)):
            try:
                files += [_MAKE[what](self, book)] if what != "bundle" else []
            except JcmError as reason:
                refused.append(f"{self._w(f'page.get.{what}')}: {reason}\n")
        if refused:
            files.append(MadeFile("left_out.txt", "".join(refused).encode()))
        if book.answers:
            files.append(_answers_file(book))
        data = zipped((name, content) for name, content in files)
        return MadeFile(f"{PurePosixPath(book.name).stem}.zip", data)


_MAKE: Mapping[str, Callable[[WebDesk, DroppedBook], MadeFile]] = {
    "mended": WebDesk.mended,
    "annotated": WebDesk.annotated,
    "fresh": WebDesk.fresh,
    "report": WebDesk.report,
    "bundle": WebDesk.bundle,
}


def _can(book: DroppedBook, judged: Judged) -> Iterator[str]:
    """Yield what can be made of a book."""
    if book.typed or book.version:
        yield "mended"
    if judged.context is not None:
        yield "report"
        yield "annotated"
        yield "fresh"
        yield "bundle"


def _judged(path: Path, settings: Settings) -> Judged:
    """Judge a book; whatever goes wrong is a report on this book alone."""
    try:
        return judge_file(path, settings)
    except MemoryError:
        return Judged(too_large(path.name))
    except Exception as error:
        return Judged(failed(path.name, error))


def _row(number: int, book: DroppedBook, w: Messages) -> dict[str, object]:
    report, s = book.report, book.settings
    assert report is not None, "all were judged"
    beside = [p.name for p in (s.plan, *s.previous) if p is not None]
    counts = (("errors", Severity.ERROR), ("warnings", Severity.WARNING))
    return {
        "id": number, "name": visible(book.name), "word": report.word.key,
        "verdict": visible(w.say(report.verdict)), "about": about(report, w),
        "counts": {name: report.count(severity) for name, severity in counts},
        "beside": [visible(name) for name in beside], "changed": len(book.typed),
    }  # fmt: skip


def _offers(judged: Judged, d: Diagnostic) -> Sequence[Offer]:
    if judged.context is None or not d.asks:
        return ()
    values = meant(judged.context, d)
    is_stale = d.mended_by is MendedBy.RECALCULATION and not d.follows
    if not values and is_stale:
        return [Offer("recalculate")]
    return [
        Offer("take" if value.is_input else "restore", value.cell, value.text, choice)
        for choice, value in enumerate(values)
    ]


def _held(grid: Grid | None, sheet: str, cell: str) -> str:
    there = grid.sheet(sheet) if grid else None
    found = there.cells.get(parse_address(cell)) if there else None
    if found is None:
        return ""
    return f"={found.formula}" if found.formula else shown(found.value)


def _at(d: Diagnostic) -> str:
    """Return how an answer names the place of a finding."""
    if d.slot:
        return str(d.slot)
    return f"{d.sheet}!{d.cells}" if d.cell else d.sheet or d.parameter


def _plain_name(name: str) -> str:
    """Return a file name without folders, as the person knows it."""
    plain = name.replace("\\", "/").rpartition("/")[2].replace("\0", "")
    return plain if plain.strip(". ") else "book.xlsx"


def _answers_file(book: DroppedBook) -> MadeFile:
    """Return the answers as a list that `jcm-xl check --answers` reads."""
    rows = [FIELDS, *([getattr(a, name) for name in FIELDS] for a in book.answers)]
    lines = (",".join(_quoted(str(text)) for text in row) for row in rows)
    stem = PurePosixPath(book.name).stem
    return MadeFile(f"{stem}_answers.csv", "".join(f"{n}\r\n" for n in lines).encode())


def _quoted(text: str) -> str:
    return '"' + csv_text(text).replace('"', '""') + '"'
