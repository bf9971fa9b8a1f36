"""Months that look as if a hand had slipped: a digit, a drag, a paste.

All thresholds are ours. A season moves smoothly, so a month is compared with the months
beside it, day for day; a column whose months all differ little is compared with none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

from jcm_xl.model.key import Key, month_note
from jcm_xl.model.shown import shown
from jcm_xl.model.submission import Stage
from jcm_xl.plan.stage import (
    MONTHS,
    days_of_month,
    is_refused_below_zero,
    monthly_sum,
    months_in_period,
    period,
)
from jcm_xl.submission.opened import OpenedBook

_FEWEST, _LONGEST_CHANCE = 4, 5
"""So many months make a column; so many in equal steps are no chance any more."""
_BESIDE, _OVER, _MOST = 5.0, 1.5, 0.75
_POWERS = (3, 2, 1, -1, -2, -3)
_ALIKE = 1e-9


class OddMonth(NamedTuple):
    """A month that stands apart from those beside it; `meant`: by powers of ten."""

    key: Key
    value: float
    meant: float
    ratio: float


class MonthSeries(NamedTuple):
    """Months in equal steps, as a drag at the corner of a cell makes them."""

    key: Key
    first: float
    last: float
    step: float
    months: int


class RepeatedMonths(NamedTuple):
    """A column most of whose months are those of another one, to the last digit.

    key: the first of these months; other: the amount of the other column.
    """

    key: Key
    other: Key
    months: int


class CreditNote(NamedTuple):
    """A negative month, with what its note says; usual: the mean of the others."""

    key: Key
    value: float
    note_key: Key
    note: str
    usual: float


class MonthInPart(NamedTuple):
    """A month of which only some days lie in the period: its number and its name."""

    month: int
    name: str
    days: int
    whole: int


def odd_months(book: OpenedBook) -> Iterator[OddMonth]:
    """Yield the months that are ten times, a tenth or a thousand times the others."""
    for amount, column in _columns(book).items():
        shares = {k: value / _days(book, k) for k, value in column.items() if value > 0}
        if len(shares) >= _FEWEST:
            for k in _apart(shares):
                yield _odd(amount.in_month(k), column[k], k, shares)


def _apart(shares: Mapping[int, float]) -> Iterator[int]:
    for k, value in shares.items():
        beside = [shares[n] for n in (k - 1, k + 1) if n in shares]
        others = [v for n, v in shares.items() if n != k]
        if not beside:
            continue
        is_above = value >= _BESIDE * max(beside) and value >= _OVER * max(others)
        is_below = value * _BESIDE <= min(beside) and value * _OVER <= min(others)
        if is_above or is_below:
            yield k


def _odd(key: Key, value: float, k: int, shares: Mapping[int, float]) -> OddMonth:
    beside = [shares[n] for n in (k - 1, k + 1) if n in shares]
    usual = sum(beside) / len(beside)

    def distance(power: int) -> float:
        share = shares[k] / 10.0**power
        return max(share / usual, usual / share)

    power = min(_POWERS, key=distance)
    meant = float(f"{value:.15g}e{-power}")
    return OddMonth(key, value, meant, shares[k] / usual)


def month_series(book: OpenedBook) -> Iterator[MonthSeries]:
    """Yield the longest run of equal steps of each column that has one."""
    for amount, column in _columns(book).items():
        runs = _runs(column)
        best = max(runs, key=len, default=[])
        if len(best) >= _LONGEST_CHANCE:
            first, second, last = (column[k] for k in (best[0], best[1], best[-1]))
            step = float(f"{second - first:.12g}")
            yield MonthSeries(amount.in_month(best[0]), first, last, step, len(best))


def _runs(column: Mapping[int, float]) -> Iterator[list[int]]:
    """Yield the months that follow each other in equal steps other than 0."""
    run: list[int] = []
    for k in sorted(column):
        if run and k != run[-1] + 1:
            run = []
        if len(run) >= 2 and not _is_step(column, run[-2], run[-1], k):
            yield run
            run = run[-1:]
        run = [*run, k]
        if len(run) == 2 and column[run[0]] == column[k]:
            run = [k]
        yield run


def _is_step(column: Mapping[int, float], a: int, b: int, c: int) -> bool:
    first, second = column[b] - column[a], column[c] - column[b]
    return abs(first - second) <= _ALIKE * max(abs(column[c]), 1.0)


def repeated_months(book: OpenedBook) -> Iterator[RepeatedMonths]:
    """Yield the columns of which most months are those of another one.

    The same amount in every month repeats nothing.
    """
    told: set[Key] = set()
    for (first, a), (second, b) in combinations(_columns(book).items(), 2):
        same = [k for k, value in a.items() if b.get(k) == value]
        is_varied = len({a[k] for k in same}) >= _FEWEST
        if is_varied and len(same) >= _MOST * len(a) and second not in told:
            told.add(second)
            yield RepeatedMonths(second.in_month(same[0]), first, len(same))


def credits_typed(book: OpenedBook) -> Iterator[CreditNote]:
    """Yield the negative months of amounts that may not be negative in sum."""
    for amount, column in _columns(book).items():
        if not is_refused_below_zero(book.parameter(amount.name)):
            continue
        above = [value for value in column.values() if value > 0]
        usual = sum(above) / len(above) if above else 0.0
        for k, value in column.items():
            if value < 0:
                note = month_note(k)
                said = shown(book.submission.get(note)).strip()
                yield CreditNote(amount.in_month(k), value, note, said, usual)


def months_in_part(book: OpenedBook) -> Iterator[MonthInPart]:
    """Yield first and last month of the period where they lie in it in part.

    Only where an amount is typed for the month; of what is one total nobody asks.
    """
    days, columns = book.period, _columns(book)
    if days is None or not columns:
        return
    for k in sorted({1, months_in_period(book.submission)}):
        inside, whole = days_of_month(*days, k)
        amounts = [key for key, column in columns.items() if column.get(k)]
        if 0 < inside < whole and amounts:
            name = month_name(book, amounts[0].in_month(k))
            yield MonthInPart(k, name, inside, whole)


def sums_of_months(book: OpenedBook) -> Iterator[tuple[Key, Key, float]]:
    """Yield (amount, cell of its total or first month, sum) of each column in use."""
    if not book.plan.is_steady or not book.plan.monthly or book.stage == "plan":
        return
    for slot in book.plan.where("value"):
        key = slot.key
        if key.stage == Stage.REPORT and key.in_month(1) in book.plan.slots:
            total = monthly_sum(book.plan, book.submission, key)
            if total is not None and key not in book.submission.values:
                has_total = key.month_total in book.submission.values
                yield key, key.month_total if has_total else key.in_month(1), total


# -- the columns -----------------------------------------------------------------------


def _columns(book: OpenedBook) -> Mapping[Key, Mapping[int, float]]:
    """Return the months typed for each amount of the report, within the period."""
    return book.once(_typed)


def _typed(book: OpenedBook) -> Mapping[Key, Mapping[int, float]]:
    if not book.plan.is_steady:
        return {}  # a book of the first templates keeps its verdict
    if not book.plan.monthly or book.stage == "plan" or book.period is None:
        return {}
    months = range(1, min(MONTHS, months_in_period(book.submission)) + 1)
    found: dict[Key, dict[int, float]] = {}
    for slot in book.plan.where("value"):
        key = slot.key
        if key.stage == Stage.REPORT and key.in_month(1) in book.plan.slots:
            values = {k: book.submission.get(key.in_month(k)) for k in months}
            column = {k: v for k, v in values.items() if type(v) is float}
            if column:
                found[key] = column
    return found


def _days(book: OpenedBook, k: int) -> int:
    """Return how many days of the k-th month lie in the period."""
    days = period(book.submission)
    assert days is not None, "a book without a period has no columns"
    return max(1, days_of_month(*days, k)[0])


def month_name(book: OpenedBook, key: Key) -> str:
    """Return the calendar month of a cell: `2025-03`."""
    days = book.period
    if days is None or key.at is None:
        return ""
    month = days[0].year * 12 + days[0].month - 1 + key.at - 1
    return f"{month // 12}-{month % 12 + 1:02}"
