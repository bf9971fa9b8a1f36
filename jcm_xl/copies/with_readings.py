"""A book with the months that were read from logs, and the evidence of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from jcm_xl.copies.carry import Carried, carry
from jcm_xl.copies.opened import open_to_copy
from jcm_xl.copies.own_sheets import head, kept_answers, prose, texts_of
from jcm_xl.copies.written import written
from jcm_xl.dataclass import dataclass
from jcm_xl.errors import JcmError
from jcm_xl.model.evidence import LogEvidence, MonthOfReadings, digest_of, rows_of
from jcm_xl.model.key import FIRST_MONTH, Key, month_note, value_key
from jcm_xl.model.submission import Stage, Value
from jcm_xl.plan.plan import make_plan
from jcm_xl.plan.stage import (
    MONTHS,
    days_of_month,
    month_factor,
    months_in_period,
    period,
)
from jcm_xl.submission.opened import OpenedBook
from jcm_xl.submission.readings import KeptReadings, kept_readings
from jcm_xl.submission.settings import AS_USUAL, Settings
from jcm_xl.text.languages import Messages
from jcm_xl.text.visible import visible
from jcm_xl.writing.additions import Dress, OwnCell, OwnSheet

_WIDTHS = (2, 8, 26, 34, 12, 14, 20, 34, 26, 10, 8)
_COLUMNS = len(_WIDTHS) - 1
_BLUE = "#2F75B5"


@dataclass(frozen=True, slots=True)
class FilledWithReadings:
    """The bytes of the book, and what of the old one could not be carried over."""

    data: bytes
    lost: tuple[str, ...]


def open_for_readings(path: str | Path, settings: Settings = AS_USUAL) -> OpenedBook:
    """Open a book that is to take months; raise `JcmError` where it has no period."""
    book = open_to_copy(path, settings)
    if period(book.submission) is None:
        raise JcmError(
            f"{visible(book.name)} has no monitoring period, so no month is known. "
            "Type its first and last day into the report first."
        )
    if months_in_period(book.submission) > MONTHS:
        raise JcmError(
            f"The period of {visible(book.name)} has more than {MONTHS} months, and "
            "the sheet Monthly has no more rows. Correct the period first."
        )
    return book


def with_readings(book: OpenedBook, evidence: LogEvidence) -> FilledWithReadings:
    """Put the months into a fresh book around the inputs; the old one is only read.

    A month that the logs leave in doubt keeps what was typed there, unless an earlier
    reading of logs put it there.
    """
    carried = carry(book, "")
    plan = carried.plan
    if not plan.monthly:
        plan = make_plan(
            plan.methodology, plan.rows, replace(plan.edition, monthly=True)
        )
    values = _values(carried, evidence, kept_readings(book.file.grid))
    values[FIRST_MONTH] = evidence.first.replace(day=1)
    formulas = {k: v for k, v in carried.formulas.items() if k in values}
    made = Carried(plan, replace(carried.submission, values=values), formulas, ())
    texts = plan.messages
    sheets = (readings_sheet(evidence, texts), *kept_answers(book, texts))
    dress = Dress(formulas=formulas, sheets=sheets)
    return FilledWithReadings(written(made, dress), carried.lost)


def _values(
    carried: Carried, evidence: LogEvidence, before: KeptReadings | None
) -> dict[Key, Value]:
    """Return the inputs with the months, each in the unit of its column."""
    found: dict[Key, Value] = dict(carried.submission.values)
    earlier = before.evidence.months if before and before.evidence else ()
    for month, key in _keys(earlier, evidence):
        if month.amount is not None and found.get(key) == _typed(carried, month, key):
            found.pop(key)
    read = list(_keys(evidence.months, evidence))
    for month, key in read:
        value = value_key(Stage.REPORT, key.name, key.unit)
        found.pop(value, None)
        found.pop(value.month_total, None)
        if month.amount is not None:
            found[key] = _typed(carried, month, key)
    _say_of_parts(found, evidence, {key for _, key in read}, carried.plan.messages)
    return found


def _say_of_parts(
    found: dict[Key, Value], evidence: LogEvidence, read: set[Key], texts: Messages
) -> None:
    """Say of a month in part that its readings are those of the days in the period.

    Only where no other amount of that month was typed by hand.
    """
    for k in {key.at or 1 for key in read}:
        inside, whole = days_of_month(evidence.first, evidence.last, k)
        typed = {key for key in found if key.is_in("monthly", "value") and key.at == k}
        if inside < whole and typed and typed <= read and not found.get(month_note(k)):
            found[month_note(k)] = str(texts("readings.in_part"))


def _typed(carried: Carried, month: MonthOfReadings, key: Key) -> float:
    """Return an amount as a hand would type it into its column."""
    value = value_key(Stage.REPORT, key.name, key.unit)
    times = month_factor(carried.plan, carried.submission, value) or Fraction(1)
    amount = Fraction(month.amount or 0) / times
    return float(f"{float(amount):.15g}")


def _keys(
    months: Iterable[MonthOfReadings], evidence: LogEvidence
) -> Iterator[tuple[MonthOfReadings, Key]]:
    first = evidence.first
    for month in months:
        k = (month.month.year - first.year) * 12 + month.month.month - first.month + 1
        if 1 <= k <= MONTHS:
            key = value_key(Stage.REPORT, month.name, month.unit_row)
            yield month, key.in_month(k)


def readings_sheet(evidence: LogEvidence, texts: Messages) -> OwnSheet:
    """Return the sheet of evidence, its words and numbers as texts."""
    rows = [tuple(map(visible, row)) for row in rows_of(evidence)]
    found: list[tuple[OwnCell, ...]] = [
        head(texts("readings.title"), _COLUMNS),
        prose(texts("readings.hint"), _COLUMNS),
    ]
    word = ""
    for row in rows:
        if row[0] != word:
            word = row[0]
            headings = texts(f"readings.{word}")
            found += [(), _part(headings[0]), texts_of(["", *headings[1:]], "head")]
        found.append(texts_of(row))
    found += [(), texts_of(("digest", digest_of(rows)))]
    return OwnSheet(texts("readings.sheet"), _WIDTHS, tuple(found), colour=_BLUE)


def _part(text: str) -> tuple[OwnCell, ...]:
    return OwnCell(), OwnCell(text, "section", span=_COLUMNS)


def kept_sheet(book: OpenedBook, texts: Messages) -> Iterator[OwnSheet]:
    """Yield the sheet of evidence of a book again, where it is as it was written."""
    kept = kept_readings(book.file.grid)
    if kept is not None and kept.evidence is not None and not kept.is_changed:
        yield readings_sheet(kept.evidence, texts)
