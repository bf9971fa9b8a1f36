"""Readings to months: exact sums of decimals, a month in doubt left empty."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from jcm_xl.readings.faults import BORDER, MeterFaults, Month, RowFault

Amounts = dict[Month, Fraction]
_LONGEST = timedelta(days=1)
"""A reading within a day of the end of a month is divided by time without a word."""


def months_between(first: date, last: date) -> list[Month]:
    """Return the calendar months of a period."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    months = (first.year * 12 + first.month - 1 + k for k in range(count))
    return [(month // 12, month % 12 + 1) for month in months]


def month_amounts(of: MeterFaults) -> tuple[Amounts, list[RowFault]]:
    """Return what a meter measured in each month, in its own unit, and the divided."""
    if of.metered.counts_on:
        return _of_counter(of)
    local = of.metered.clock.local(
        "(ts - INTERVAL 1 MICROSECOND)" if of.metered.is_of_end else "ts"
    )
    rows = of.store.rows(
        f"SELECT year({local}) AS y, month({local}) AS k, sum(v) FROM o "
        f"WHERE m = {of.m} AND {of.inside()} GROUP BY y, k"
    )
    return {(y, k): Fraction(total) for y, k, total in rows}, []


def _of_counter(of: MeterFaults) -> tuple[Amounts, list[RowFault]]:
    found: defaultdict[Month, Fraction] = defaultdict(Fraction)
    divided: list[RowFault] = []
    begin, end = of.span
    clock = of.metered.clock
    start, stop = clock.local("pt"), clock.local("(ts - INTERVAL 1 MICROSECOND)")
    whole = (
        f"pt >= TIMESTAMP '{begin}' AND ts <= TIMESTAMP '{end}' "
        f"AND year({start}) = year({stop}) AND month({start}) = month({stop})"
    )
    for y, k, total in of.store.rows(
        f"SELECT year({stop}) AS y, month({stop}) AS k, sum(v - pv) FROM o "
        f"WHERE m = {of.m} AND pt IS NOT NULL AND {whole} GROUP BY y, k"
    ):
        found[y, k] += Fraction(total)
    for row, before, after, amount in of.store.rows(
        f"SELECT r, pt, ts, v - pv FROM o WHERE m = {of.m} AND pt IS NOT NULL "
        f"AND pt < TIMESTAMP '{end}' AND ts > TIMESTAMP '{begin}' "
        f"AND NOT ({whole}) ORDER BY ts"
    ):
        parts = _divided(of, before, after, Fraction(amount))
        for month, part in parts.items():
            found[month] += part
        if after - before > _LONGEST:
            told = f"{of.shown(before)} - {of.shown(after)}"
            divided.append(RowFault(BORDER, row, of.m, told, f"{amount:f}"))
    for month, part in _corrected(of):
        found[month] += part
    return dict(found), divided


def _divided(
    of: MeterFaults, before: datetime, after: datetime, amount: Fraction
) -> Mapping[Month, Fraction]:
    """Divide what was counted between two readings among the months, by time."""
    begin, end = of.span
    first, last = max(before, begin), min(after, end)
    whole = Fraction((after - before) // timedelta(microseconds=1))
    parts: dict[Month, Fraction] = {}
    while first < last:
        month = of.month_of(first, is_end=False)
        year, number = month
        after_it = datetime(year + number // 12, number % 12 + 1, 1)
        border = min(of.metered.clock.of_local(after_it), last)
        share = Fraction((border - first) // timedelta(microseconds=1)) / whole
        parts[month] = amount * share
        first = border
    return parts


def _corrected(of: MeterFaults) -> Iterable[tuple[Month, Fraction]]:
    """Yield what the sums lack where a meter was exchanged or began anew."""
    for fall in of.falls():
        lacking = of.replaced(fall.before, fall.after)
        if lacking is None and not (fall.is_peak or fall.is_dip):
            lacking = of.nines(fall) if of.metered.meter.digits else None
        parts = _divided(of, fall.before, fall.after, Fraction(lacking or 0))
        yield from parts.items()


def decimal_of(amount: Fraction) -> Decimal:
    """Return an amount as a decimal: all its digits, or the first 15 of many."""
    below = amount.denominator
    for prime in (2, 5):
        while below % prime == 0:
            below //= prime
    if below == 1:
        found = Decimal(amount.numerator) / Decimal(amount.denominator)
        if Fraction(found) == amount:
            return found.normalize() if found else Decimal(0)
    return Decimal(f"{float(amount):.15g}")
