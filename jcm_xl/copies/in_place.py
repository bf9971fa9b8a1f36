"""A participant's own file, or the official one, mended in place: no fresh template."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from jcm_xl.adopt.adoption import CannotAdopt
from jcm_xl.adopt.fill_in import FilledIn, fillable
from jcm_xl.checks.run import check_grid
from jcm_xl.copies.annotate import sentences
from jcm_xl.copies.imported import import_inputs
from jcm_xl.copies.own_sheets import findings_sheet
from jcm_xl.copies.repair import Repaired, Restored
from jcm_xl.documents.imported import Imported, unplaced_words
from jcm_xl.formula.type_in import type_in
from jcm_xl.model.finding import Report
from jcm_xl.model.key import OFFICIAL
from jcm_xl.model.methodology import Methodology
from jcm_xl.model.reading import Takes
from jcm_xl.model.shown import shown
from jcm_xl.model.submission import Submission
from jcm_xl.submission.not_plain import NotPlain, not_plain
from jcm_xl.submission.open import BookSource, name_of, open_file, read_file
from jcm_xl.submission.opened import OpenedBook
from jcm_xl.submission.settings import AS_USUAL, Settings
from jcm_xl.text.languages import FIRST, messages, phrase
from jcm_xl.text.phrase import Phrase, clause
from jcm_xl.text.symbols import typed_symbol
from jcm_xl.text.visible import visible
from jcm_xl.writing.additions import OwnCell
from jcm_xl.xlsx.added_parts import AddedCell, add_notes, add_sheet
from jcm_xl.xlsx.grid import Position, Sheet
from jcm_xl.xlsx.package import open_package
from jcm_xl.xlsx.patch import CellEdit, PatchedBook


def fill_official(path: Path, m: Methodology, submission: Submission) -> FilledIn:
    """Type inputs into the official workbook; every other part of it stays.

    Raises `CannotRead`, `CannotAdopt` for another workbook, `CannotFill` where it has
    no cell for a figure.
    """
    return fillable(path, m).filled(submission)


def left_out(done: FilledIn) -> Iterator[Phrase]:
    """Yield a sentence on each input that the workbook has no cell for."""
    for item in done.left:
        value = visible(shown(item.value))
        yield phrase("repair.lost.no-cell", what=str(item.key), value=value)


def repair_official(
    path: str | Path, template: Path, settings: Settings = AS_USUAL
) -> Repaired:
    """Put the inputs of a book into the official workbook, which stays as published.

    Lists the cells that were not as in the official workbook, and what was not taken.
    """
    done = import_inputs(path, definitions=settings.definitions)
    filled = fill_official(template, done.plan.methodology, done.submission)
    book = open_file(read_file(path), replace(settings, template=template))
    restored = tuple(_restored(book))
    lost = tuple(_lost(done, filled, frozenset(_repeated(book))))
    return Repaired(filled.data, restored, (), lost)


def _lost(done: Imported, filled: FilledIn, repeated: frozenset[str]) -> Iterator[str]:
    yield from (visible(unplaced_words(item)) for item in done.unplaced)
    for sentence in done.lost:
        name = getattr(sentence, "facts", {}).get("name", "")
        if name not in repeated:
            yield sentence
    yield from left_out(filled)


def _repeated(book: OpenedBook) -> Iterator[str]:
    """Yield the sheets that the official workbook has as the book has them."""
    official = {s.name: s for s in book.template.grid.sheets} if book.template else {}
    for sheet in book.file.grid.sheets:
        there = official.get(sheet.name)
        if there is not None and _contents(there) == _contents(sheet):
            yield f"'{visible(sheet.name)}'"


def _contents(sheet: Sheet) -> dict[Position, object]:
    """Return what a sheet says: formulas, else values."""
    return {
        at: cell.formula or cell.value
        for at, cell in sheet.cells.items()
        if cell.formula is not None or cell.value is not None
    }


def _restored(book: OpenedBook) -> Iterator[Restored]:
    """Yield the cells that the official workbook has otherwise."""
    for slot, _, actual, expected, _ in book.differences if book.foreign else ():
        if slot.key.stage != OFFICIAL:
            continue  # what the definition says of it; the workbook stays as it is
        place = f"'{slot.sheet}'!{slot.address}"
        yield Restored(place, typed_symbol(slot.name), actual, expected)


def take_meant(source: BookSource, settings: Settings = AS_USUAL) -> Repaired:
    """Type what was meant into a book's own cells: `1 234 MWh` becomes 1234.

    Taken is what can be read in one way alone; everything else of the file stays byte
    for byte, but for stored results, which are calculated anew. `lost` lists what a
    person must type. Raises `CannotAdopt` where nothing is to be done.
    """
    file = read_file(source)
    book = open_file(file, settings)
    found = list(not_plain(book))
    taken = [item for item in found if len(item.meant) == 1 and not item.is_date]
    if not taken:
        raise CannotAdopt(
            f"{visible(file.name)} has no input that reads in one way and is no number "
            "or day yet; it stays as it is. `jcm-xl check` lists what else there is."
        )
    edits = [CellEdit(*item.place, _meant(item)) for item in taken]
    data = source if isinstance(source, bytes) else Path(source).read_bytes()
    done = type_in(data, edits, name_of(source))
    rest = tuple(_rest(item) for item in found if item not in taken)
    return Repaired(done.data, tuple(_mended(book, taken)), (), rest)


def _meant(item: NotPlain) -> float | date:
    text = item.meant[0]
    if item.reading.takes is Takes.DAY:
        return date.fromisoformat(text)
    return float(text)


def _mended(book: OpenedBook, taken: list[NotPlain]) -> Iterator[Restored]:
    for item in taken:
        place = "'{}'!{}".format(*item.place)
        was = shown(item.reading.value)
        yield Restored(place, typed_symbol(book.subject(item.slot)), was, item.meant[0])


def _rest(item: NotPlain) -> Phrase:
    word = "several-meant" if item.meant else "not-meant"
    meant = " / ".join(item.meant)
    return phrase(f"repair.lost.{word}", what=clause(item.sentence), meant=meant)


def annotate_own(
    path: str | Path, settings: Settings = AS_USUAL, language: str = FIRST
) -> tuple[bytes, Report]:
    """Return a participant's own file with remarks at findings and a list of them.

    Every cell stays as it is; a sheet and the remarks are added.
    """
    package = open_package(path)
    file = read_file(path)
    report = check_grid(file.grid, file.name, settings)
    texts = messages(language)
    book = PatchedBook(package, file.grid)
    links = [
        f"'{d.sheet}'!{d.cell}" if d.cell and d.sheet in book.sheet_parts else ""
        for d in report.diagnostics
    ]
    listed = findings_sheet(report, links, (), texts, hint="findings.hint-own")
    rows = [[_added(cell) for cell in row[1:]] for row in listed.rows]
    add_sheet(book, listed.name, listed.widths[1:], rows)
    notes: dict[str, dict[str, list[str]]] = {}
    for d, link in zip(report.diagnostics, links, strict=True):
        if link:
            there = notes.setdefault(d.sheet, {}).setdefault(d.cell, [])
            there.append(sentences(d, texts))
    for sheet, cells in notes.items():
        add_notes(book, sheet, {at: "\n\n".join(said) for at, said in cells.items()})
    return book.saved(), report


def _added(cell: OwnCell) -> AddedCell:
    return AddedCell(cell.text, cell.style in _BOLD, cell.link)


_BOLD = frozenset(("title", "head", "section"))
