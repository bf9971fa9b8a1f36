"""The repaired book: a fresh template around the inputs, and what was changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from jcm_xl.checks.run import check_grid
from jcm_xl.copies.carry import Carried, carry
from jcm_xl.copies.opened import open_to_copy
from jcm_xl.copies.own_sheets import head, kept_answers, prose, section, texts_of
from jcm_xl.copies.with_readings import kept_sheet
from jcm_xl.copies.written import written
from jcm_xl.dataclass import dataclass
from jcm_xl.model.finding import MendedBy
from jcm_xl.plan.copies import CONFIRMED, REPAIRED
from jcm_xl.submission.opened import OpenedBook
from jcm_xl.submission.settings import AS_USUAL, Settings
from jcm_xl.text.languages import FIRST, Messages, messages
from jcm_xl.text.symbols import typed_symbol
from jcm_xl.text.visible import visible
from jcm_xl.writing.additions import Dress, OwnCell, OwnSheet

_MENDED_BY = (MendedBy.REPAIR, MendedBy.RECALCULATION)
_COLUMNS = 4


@dataclass(frozen=True, slots=True)
class Restored:
    """A cell as it was and as it is; `place` in the new book."""

    place: str
    parameter: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Repaired:
    """A repaired book with the list of what was done."""

    data: bytes
    restored: tuple[Restored, ...]
    mended: tuple[str, ...]
    lost: tuple[str, ...]


def repair(
    path: str | Path, settings: Settings = AS_USUAL, language: str = FIRST
) -> Repaired:
    """Restore the template around the inputs of a book; the file is only read."""
    book = open_to_copy(path, settings)
    texts = messages(language)
    carried = carry(book, REPAIRED)
    restored = tuple(_restored(book))
    mended = tuple(_mended(book, settings))
    listed = _repair_sheet(restored, mended, carried, texts)
    own = (*kept_sheet(book, texts), *kept_answers(book, texts))
    dress = Dress(formulas=carried.formulas, sheets=(listed, *own))
    return Repaired(written(carried, dress), restored, mended, carried.lost)


def _restored(book: OpenedBook) -> Iterator[Restored]:
    for slot, _, actual, expected, _ in book.differences:
        place = f"'{slot.sheet}'!{slot.address}"
        yield Restored(place, typed_symbol(book.subject(slot)), actual, expected)


def _mended(book: OpenedBook, settings: Settings) -> Iterator[str]:
    """Yield what the check found in the template besides single cells."""
    told = {slot.key for slot, *_ in book.differences}
    report = check_grid(book.file.grid, book.name, settings)
    for d in report.diagnostics:
        if d.mended_by in _MENDED_BY and d.slot not in told:
            yield d.message


def _repair_sheet(
    restored: tuple[Restored, ...],
    mended: tuple[str, ...],
    carried: Carried,
    texts: Messages,
) -> OwnSheet:
    rows: list[tuple[OwnCell, ...]] = [
        head(texts("repair.title"), _COLUMNS),
        prose(texts("repair.hint"), _COLUMNS),
        _confirmation(texts),
        (),
        section(texts("repair.restored")),
        texts_of(texts("repair.headings"), "head"),
    ]
    rows += [_row(cell) for cell in restored] or [texts_of([texts("repair.nothing")])]
    for key, sentences in (("mended", mended), ("left", carried.lost)):
        rows += [(), section(texts(f"repair.{key}"))]
        told = sentences or (texts("repair.nothing"),)
        rows += [prose(texts.say(sentence), _COLUMNS) for sentence in told]
    return OwnSheet(
        # The banner of the other sheets names it in the book's own language.
        carried.plan.messages("repair.sheet"), (2, 30, 30, 60, 60), tuple(rows),
        colour="#C00000", is_shown_first=True,
    )  # fmt: skip


def _confirmation(texts: Messages) -> tuple[OwnCell, ...]:
    row = [OwnCell(), OwnCell(texts("repair.confirm"), "section")]
    assert (3, len(row) + 1) == CONFIRMED
    return (*row, OwnCell(style="input", is_input=True))


def _row(cell: Restored) -> tuple[OwnCell, ...]:
    texts = (cell.parameter, cell.was, cell.now)
    link = OwnCell(cell.place, "link", link=cell.place)
    return (OwnCell(), link, *(OwnCell(visible(text), "fixed") for text in texts))
