"""The books that one is compared with: the registered plan, earlier reports."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path

from jcm_xl.dataclass import dataclass
from jcm_xl.model.key import REFERENCE_NUMBER, Key
from jcm_xl.model.methodology import Methodology
from jcm_xl.model.shown import shown
from jcm_xl.model.submission import Stage, Submission, Value
from jcm_xl.model.tolerance import same_input
from jcm_xl.plan.cached_values import CachedValues
from jcm_xl.plan.cells import expected_text
from jcm_xl.plan.plan import Plan
from jcm_xl.plan.slot import Slot
from jcm_xl.plan.stage import calculate_stages, effective, is_used, period
from jcm_xl.submission.figures import first_differing_by_hand
from jcm_xl.submission.masks import masked
from jcm_xl.submission.misplaced import misplaced
from jcm_xl.submission.open import (
    CannotUse,
    Unusable,
    open_file,
    read_file,
    refuse_without_overlay,
)
from jcm_xl.submission.opened import OpenedBook
from jcm_xl.submission.settings import Settings
from jcm_xl.submission.topics import Topic
from jcm_xl.text.phrase import Phrase, clause
from jcm_xl.xlsx.refusal import CannotRead

NO_PLAN = Phrase("compared.no-plan", "Not compared with the registered plan.")
EMPTY = Phrase("compared.empty", "(empty)")
NO_REPORTS = Phrase("compared.no-reports", "Not compared with earlier reports.")


@dataclass(frozen=True)
class OtherBook:
    """A book whose inputs were read, to compare another one with them.

    is_foreign: made by hand, not by us; what is blank there may not have been found.
    broken: the cell of its plan that calculates otherwise than the template, if any.
    """

    file: str
    sha256: str
    plan: Plan
    submission: Submission
    is_foreign: bool = False
    broken: str = ""

    @property
    def methodology(self) -> Methodology:
        """Return the methodology by which it was made."""
        return self.plan.methodology

    @cached_property
    def period(self) -> tuple[date, date] | None:
        """Return first and last day of the monitoring period, if both are dates."""
        return period(self.submission)

    @property
    def reference_number(self) -> str:
        """Return the reference number as it stands there."""
        return shown(self.submission.get(REFERENCE_NUMBER)).strip()

    def value(self, key: Key) -> Value:
        """Return what a slot shows: typed, or the sum of its months."""
        return effective(self.plan, self.submission, key)

    def text(self, key: Key) -> str:
        """Return what a cell for texts shows: typed, or the methodology's own."""
        slot = self.plan.get(key)
        return shown_text(self.cached, slot) if slot else ""

    @cached_property
    def cached(self) -> CachedValues:
        """Return what the formulas of its template show."""
        stages = calculate_stages(self.plan, self.submission)
        return CachedValues(self.plan, self.submission, *stages)

    def units(self, index: str) -> frozenset[int]:
        """Return the unit rows of a set that the plan uses."""
        return used_units(self.plan, self.submission, index)


@dataclass(frozen=True, slots=True)
class Refused:
    """A book that cannot be compared with, and why, in a sentence."""

    file: str
    reason: str


def _because(key: str, words: str, reason: str) -> Phrase:
    return Phrase(f"compared.because.{key}", words, reason=clause(reason))


_SAME = Phrase("compared.because.same", "it is the very file that is checked")
_BLANK = Phrase("compared.because.blank", "its plan is blank: no value is filled in")
_ITSELF = Phrase(
    "compared.because.itself",
    "its report half holds the very figures of this report, so it is no book as it was "
    "registered",
)
_BROKEN = "a cell of its own plan is not as in the template ({reason})"
_BY_HAND = (
    "compared.because.by-hand",
    "its own formulas give another result ({place})",
)
_CALCULATED = (
    Topic.FORMULA, Topic.VALUE, Topic.EMPTIED, Topic.DEFAULT, Topic.UNIT, Topic.RESULT
)  # fmt: skip
_MASKED = Phrase("compared.because.masked", "it is a public copy, masked with XXX")
_NO_PERIOD = Phrase(
    "compared.because.period", "its monitoring period has no two dates in order"
)
_NOT_OURS = Phrase(
    "compared.because.id",
    "no sheet of it carries a line 'Monitoring Spreadsheet: JCM_..._ver...'",
)


def shown_text(cached: CachedValues, slot: Slot) -> str:
    """Return what a cell for texts shows: typed, by its formula, or as made."""
    typed = cached.submission.get(slot.key)
    if typed is not None:
        return shown(typed)
    return str(cached.of(slot)) if slot.formula else expected_text(slot)


def used_units(plan: Plan, submission: Submission, index: str) -> frozenset[int]:
    """Return the unit rows of the plan's sheets that hold anything."""
    rows = range(1, plan.rows.get(index, 0) + 1)
    return frozenset(u for u in rows if is_used(plan, submission, Stage.PLAN, index, u))


def given_plan(context: OpenedBook) -> OtherBook | Refused | None:
    """Return the registered plan that was given, or why it cannot be used."""
    return context.once(_registered)


def _registered(context: OpenedBook) -> OtherBook | Refused | None:
    path = context.settings.plan
    if path is None:
        return None
    book = _read(path, context.settings, "plan")
    if isinstance(book, Refused):
        return book
    if book.sha256 == context.grid.sha256:
        return Refused(book.file, _SAME)
    if not any(k.is_in(Stage.PLAN, "value") for k in book.submission.values):
        return Refused(book.file, _BLANK)
    if _has_same_report(context.submission, book.submission):
        return Refused(book.file, _ITSELF)
    if book.broken and book.is_foreign:
        return Refused(book.file, Phrase(*_BY_HAND, place=book.broken))
    if book.broken:
        return Refused(book.file, _because("broken", _BROKEN, book.broken))
    return book


def _has_same_report(first: Submission, second: Submission) -> bool:
    """Tell whether the report halves of two books hold the same monitored values."""
    monitored = [
        {k: v for k, v in s.values.items() if k.is_in(Stage.REPORT, "value")}
        for s in (first, second)
    ]
    return bool(monitored[0]) and monitored[0] == monitored[1]


def previous(context: OpenedBook) -> tuple[OtherBook | Refused, ...]:
    """Return the earlier reports that were given, in the order of their periods."""
    return context.once(_previous)


def _previous(context: OpenedBook) -> tuple[OtherBook | Refused, ...]:
    """Read the earlier reports; a file counts once."""
    books: list[OtherBook] = []
    refused: list[Refused] = []
    for path in context.settings.previous:
        book = _read(path, context.settings, "report")
        if isinstance(book, OtherBook):
            book = _report(book, context.grid.sha256)
        if isinstance(book, Refused):
            refused.append(book)
        elif book.sha256 not in {other.sha256 for other in books}:
            books.append(book)
    books.sort(key=lambda book: (book.period or (date.min, date.min), book.file))
    return (*sorted(refused, key=lambda r: r.file), *books)


def _report(book: OtherBook, sha256: str) -> OtherBook | Refused:
    if book.sha256 == sha256:
        return Refused(book.file, _SAME)
    if book.period is None:
        return Refused(book.file, _NO_PERIOD)
    return book


def _read(path: Path, settings: Settings, stage: str) -> OtherBook | Refused:
    """Return the inputs of a book, be it made by jcm_xl or by hand."""
    name = path.name
    try:
        book = open_file(read_file(path), replace(settings, stage=stage))
        refuse_without_overlay(book)
    except CannotRead as reason:
        return Refused(
            name, _because("unreadable", "it cannot be read: {reason}", reason.reason)
        )
    except CannotUse as reason:
        is_nameless = reason.code is Unusable.NAMELESS
        words = (
            _NOT_OURS if is_nameless else _because("unknown", "{reason}", reason.reason)
        )
        return Refused(name, words)
    for _ in masked(book):
        return Refused(name, _MASKED)
    # What was not found in a book made by hand is told value by value.
    for fault in misplaced(book) if book.foreign is None else ():
        return Refused(
            name, _because("misplaced", "it is laid out otherwise: {reason}", fault)
        )
    return OtherBook(
        name, book.grid.sha256, book.plan, book.submission,
        is_foreign=book.foreign is not None, broken=_broken(book),
    )  # fmt: skip


def _broken(book: OpenedBook) -> str:
    """Return the first cell of the plan that calculates otherwise than the template."""
    if book.foreign is not None:
        slot = first_differing_by_hand(book, Stage.PLAN)
        return "'{}'!{}".format(*book.place(slot)) if slot else ""
    for difference in book.changes(*_CALCULATED):
        if difference.slot.key.side == Stage.PLAN:
            sheet, address = book.place(difference.slot)
            return f"'{sheet}'!{address}: {difference.actual}"
    return ""


def compared_books(context: OpenedBook) -> Iterator[tuple[str, Phrase]]:
    """Yield (topic, sentence): which books this one was compared with."""
    plan = given_plan(context)
    if plan is None:
        yield "plan", NO_PLAN
    elif isinstance(plan, OtherBook) and is_comparable(context, plan):
        words = "Compared with the registered plan: {book}."
        yield "plan", Phrase("compared.plan", words, book=_named(plan))
    else:
        words = "Not compared with the registered plan: {file} cannot serve as one."
        yield "plan", Phrase("compared.unusable-plan", words, file=plan.file)
    books = [b for b in previous(context) if isinstance(b, OtherBook)]
    if books:
        words = "Compared with earlier reports: {books}."
        listed = ", ".join(_named(book) for book in books)
        yield "previous", Phrase("compared.reports", words, books=listed)
    elif context.stage != "plan" or previous(context):
        yield "previous", NO_REPORTS


def is_comparable(context: OpenedBook, plan: OtherBook) -> bool:
    """Tell whether a registered plan is one of this methodology and version."""
    return plan.methodology.key == context.methodology.key


def registered_plan(context: OpenedBook) -> OtherBook | None:
    """Return the registered plan, if there is one that can be compared with."""
    book = given_plan(context)
    if isinstance(book, OtherBook) and is_comparable(context, book):
        return book
    return None


def earlier_reports(context: OpenedBook) -> tuple[OtherBook, ...]:
    """Return the reports of this project by this methodology, in order of time."""
    return tuple(
        book
        for book in previous(context)
        if isinstance(book, OtherBook)
        and book.methodology.id == context.methodology.id
        and same_reference(context, book)
    )


def latest_before(context: OpenedBook) -> OtherBook | None:
    """Return the report whose period ends last before this one begins, or the last."""
    books = earlier_reports(context)
    if context.period is None or not books:
        return books[-1] if books else None
    start = context.period[0]
    before = [b for b in books if b.period and b.period[1] < start]
    return max(
        before, key=lambda b: b.period[1] if b.period else start, default=books[-1]
    )


def same_reference(context: OpenedBook, book: OtherBook) -> bool:
    """Tell whether two books name one project; a missing number is no contradiction."""
    own = shown(context.submission.get(REFERENCE_NUMBER))
    return (
        not own
        or not book.reference_number
        or reference_code(own) == reference_code(book.reference_number)
    )


def reference_code(text: str) -> str:
    """Return a reference number without blanks, widths and small letters."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def period_shown(period: tuple[date, date]) -> str:
    """Return `2021-01-01 - 2021-12-31`."""
    return " - ".join(day.isoformat() for day in period)


def same_value(first: object, second: object) -> bool:
    """Compare two inputs: numbers with our tolerance, choices without capitals."""
    if isinstance(first, float) and isinstance(second, float):
        return same_input(first, second)
    return shown(first).strip().casefold() == shown(second).strip().casefold()


def blank_or(value: object) -> str:
    """Return a value as a message prints it, `(empty)` for a blank cell."""
    return shown(value) or EMPTY


def _named(book: OtherBook) -> str:
    return f"{book.file} (SHA-256 {book.sha256})"
