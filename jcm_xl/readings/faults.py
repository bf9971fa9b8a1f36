"""What is wrong with the readings, each fault at its row; see `jcm-xl rule JX166` on.

A month that a fault leaves in doubt gets no amount: what is missing is not zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from jcm_xl.readings.store import Metered, Store

GAP, RESET, ROLLOVER, TWICE, OVERLAP = "JX166", "JX167", "JX168", "JX169", "JX170"
CLOCK, UNIT, OUTLIER, UNCERTIFIED = "JX171", "JX172", "JX173", "JX174"
UNREADABLE, BORDER = "JX175", "JX176"
TOLD = 25
"""So many faults of one kind and meter are told one by one."""
_STEPS = 1.5
"""A gap is longer than this many steps, as months have 28 to 31 days."""
_DAY, _MOMENT = timedelta(days=1), timedelta(microseconds=1)
_OUT, _SLIP, _FURTHEST = 5, 200, 5000
"""An outlier is so many times what nearly all others are; a slip of kWh and MWh is
near a thousand, so a month is between these many times the others."""
_FEWEST, _OTHERS = 12, 3
Month = tuple[int, int]


class RowFault(NamedTuple):
    """A fault at a row of the table, and the months that are in doubt by it."""

    code: str
    row: int
    m: int
    found: str
    expected: str = ""
    readings: int = 1
    is_note: bool = False
    months: tuple[Month, ...] = ()


class Fall(NamedTuple):
    """Two readings of a meter that counts on, of which the later one is smaller.

    is_peak: the one before the two was not larger than the later one: the earlier of
    the two is out of line. is_dip: the one after them is not smaller than the earlier.
    """

    row: int
    old_row: int
    before: datetime
    after: datetime
    old: Decimal
    new: Decimal
    is_peak: bool
    is_dip: bool


class TimeSpan(NamedTuple):
    """The period on the line of time of one meter: from `begin`, below `end`."""

    begin: datetime
    end: datetime


def span_of(metered: Metered, first: date, last: date) -> TimeSpan:
    """Return the period as the clock of a meter has it."""
    midnight = datetime.min.time()
    return TimeSpan(
        metered.clock.of_local(datetime.combine(first, midnight)),
        metered.clock.of_local(datetime.combine(last + _DAY, midnight)),
    )


class MeterFaults:
    """Looks for the faults of one meter within the period."""

    def __init__(self, store: Store, metered: Metered, span: TimeSpan) -> None:
        self.store, self.metered, self.span = store, metered, span
        self.m = metered.number
        self.step = self._step()

    def _step(self) -> timedelta:
        """Return the usual time between two readings; a month where there is one."""
        found = self.store.rows(
            "SELECT min(epoch_us(ts) - epoch_us(pt)), max(epoch_us(ts) - epoch_us(pt)) "
            f"FROM o WHERE m = {self.m} AND pt IS NOT NULL"
        )
        low, high = (
            None if part is None else timedelta(microseconds=part) for part in found[0]
        )
        self.widest = high or timedelta()
        if low is not None and low != high:
            low = self.store.one(
                f"SELECT ts - pt AS d FROM o WHERE m = {self.m} AND pt IS NOT NULL "
                "GROUP BY d ORDER BY count(*) DESC, d LIMIT 1"
            )
        step = low or timedelta(days=31)
        return timedelta(days=31) if step >= timedelta(days=28) else step

    def every(self) -> Iterator[RowFault]:
        """Yield all faults; what a unit explains is no outlier besides."""
        yield from self._unreadable()
        yield from self._twice()
        yield from self._gaps()
        yield from self._clock()
        if self.metered.counts_on:
            yield from self._fallen()
        else:
            slips = list(self._slips())
            yield from slips
            slipped = {month for slip in slips for month in slip.months}
            yield from self._outliers(slipped)
        yield from self._uncertified()

    # -- places on the line ----------------------------------------------------------

    def month_of(self, moment: datetime, *, is_end: bool | None = None) -> Month:
        """Return the local month of what a reading of this moment measured."""
        of_end = self.metered.is_of_end if is_end is None else is_end
        if of_end:
            moment -= _MOMENT
        local = self.metered.clock.shown(moment)
        return local.year, local.month

    def _months(self, first: datetime, last: datetime) -> tuple[Month, ...]:
        """Return the months that a stretch of time touches, within the period."""
        first, last = max(first, self.span.begin), min(last, self.span.end)
        if first >= last:
            return ()
        year, month = self.month_of(first, is_end=False)
        end = self.month_of(last, is_end=True)
        found = [(year, month)]
        while found[-1] < end:
            year, month = (year + month // 12, month % 12 + 1)
            found.append((year, month))
        return tuple(found)

    def shown(self, moment: datetime) -> str:
        """Return a moment on the line as the log spells it: in local time."""
        local = self.metered.clock.shown(moment)
        return f"{local:%Y-%m-%d %H:%M}" + (f":{local:%S}" if local.second else "")

    def inside(self, column: str = "ts") -> str:
        """Return SQL for readings of what was measured within the period."""
        return self._within(*self.span, column)

    def _within(self, begin: datetime, end: datetime, column: str) -> str:
        above, below = (">", "<=") if self.metered.is_of_end else (">=", "<")
        first, last = f"TIMESTAMP '{begin}'", f"TIMESTAMP '{end}'"
        return f"{column} {above} {first} AND {column} {below} {last}"

    # -- the kinds -------------------------------------------------------------------

    def _unreadable(self) -> Iterator[RowFault]:
        rows = self.store.rows(
            f"SELECT rowid, ts, bad FROM log WHERE m = {self.m} AND bad IS NOT NULL "
            f"AND (ts IS NULL OR ({self.inside()})) ORDER BY rowid"
        )
        for row, moment, text in rows:
            near = moment or self.store.one(
                f"SELECT arg_max(ts, rowid) FROM log WHERE m = {self.m} "
                f"AND rowid < {row} AND ts IS NOT NULL"
            )
            is_needed = not self.metered.counts_on and near is not None
            doubt = (self.month_of(near),) if is_needed else ()
            yield RowFault(UNREADABLE, row, self.m, f"{text}", months=doubt)

    def _twice(self) -> Iterator[RowFault]:
        rows = self.store.rows(
            f"SELECT r, ts, v, pr, pv FROM twice WHERE m = {self.m} "
            f"AND {self.inside()} ORDER BY r"
        )
        for run in _runs(rows):
            first, last = run[0], run[-1]
            scan, other = (self.store.scan_of(r) for r in (first[0], first[3]))
            differing = [row for row in run if row[2] != row[4]]
            doubt = tuple(dict.fromkeys(self.month_of(row[1]) for row in differing))
            if self.metered.counts_on:
                doubt = ()
            code, row = TWICE if scan.log is other.log else OVERLAP, first[0]
            if code == TWICE and self._is_set_back(run):
                code = CLOCK
            if code == TWICE and self._is_no_time(first[1]):
                code, row = CLOCK, min(first[0], first[3])
            at = self.shown(first[1])
            if len(run) > 1:
                at += f" - {self.shown(last[1])}"
            numbers = (
                f"{_number(differing[0][2])} / {_number(differing[0][4])}"
                if differing
                else "="
            )
            yield RowFault(
                code, row, self.m, f"{at}: {numbers}",
                other.log.name if code == OVERLAP else "", len(run), months=doubt,
            )  # fmt: skip

    def _is_set_back(self, run: list[tuple[Any, ...]]) -> bool:
        """Tell whether whole hours were written twice, one after the other."""
        stretch = self.step * len(run)
        is_whole = stretch >= timedelta(minutes=30) and not stretch % timedelta(
            minutes=30
        )
        follows = run[0][0] == run[-1][3] + 1
        return len(run) > 1 and is_whole and follows and any(r[2] != r[4] for r in run)

    def _is_no_time(self, moment: datetime) -> bool:
        """Tell whether clocks leapt over this time when summer time began."""
        return any(
            s.begin <= moment < s.begin + s.shift for s in self.metered.clock.summers
        )

    def _is_once(self, start: datetime, stop: datetime) -> bool:
        """Tell whether the hour that comes twice at the end of summer stands once."""
        return any(
            s.end - s.shift <= start and stop <= s.end
            for s in self.metered.clock.summers
        )

    def _gaps(self) -> Iterator[RowFault]:
        """Yield where readings are missing, at both ends and between."""
        ends = self.store.rows(
            "SELECT min(ts), arg_min(r, ts), max(ts), arg_max(r, ts) FROM o "
            f"WHERE m = {self.m} AND {self._near()}"
        )
        if ends[0][0] is None:
            yield from self._nothing()
            return
        if self.metered.counts_on:
            yield from self._edges(*ends[0])
        else:
            yield from self._margins(*ends[0])
        if self.widest <= self.step * _STEPS:
            return
        begin, end = self.span
        longest = f"INTERVAL {int(self.step.total_seconds() * _STEPS)} SECOND"
        rows = self.store.rows(
            f"SELECT r, pr, pt, ts FROM o WHERE m = {self.m} AND ts - pt > {longest} "
            f"AND ts > TIMESTAMP '{begin}' AND pt < TIMESTAMP '{end}' ORDER BY r"
        )
        for row, earlier, before, after in rows:
            missing = round((after - before) / self.step) - 1
            unread = self._unread_between(earlier, row, before, after)
            if not self._sleeps(after - before) and missing > unread:
                yield from self._between(row, before, after)

    def _between(
        self, row: int, before: datetime, after: datetime
    ) -> Iterator[RowFault]:
        """Yield the gap between two readings; a counter knows what was in it."""
        if self.metered.counts_on:
            if self.month_of(after) == self.month_of(before, is_end=False):
                yield self._gap(row, before, after, is_note=True)
            return
        is_of_end = self.metered.is_of_end
        start = before if is_of_end else before + self.step
        yield self._gap(row, start, after - self.step if is_of_end else after)

    def _margins(
        self, first: datetime, row: int, last: datetime, last_row: int
    ) -> Iterator[RowFault]:
        """Yield what is missing at the ends of the period."""
        begin, end = self.span
        first -= self.step if self.metered.is_of_end else timedelta()
        last += timedelta() if self.metered.is_of_end else self.step
        for at, start, stop in ((row, begin, first), (last_row, last, end)):
            if stop - start < self.step or self._sleeps(stop - start):
                continue
            unread = self._unread_between(at, at, start - _MOMENT, stop + _MOMENT)
            if (stop - start) // self.step > unread:
                yield self._gap(at, start, stop)

    def _unread_between(
        self, earlier: int, row: int, before: datetime, after: datetime
    ) -> int:
        """Return how many readings between two are there and cannot be read."""
        first, last = sorted((earlier, row))
        return int(
            self.store.one(
                f"SELECT count(*) FROM log WHERE m = {self.m} AND bad IS NOT NULL "
                f"AND ((ts > TIMESTAMP '{before}' AND ts < TIMESTAMP '{after}') "
                f"OR (ts IS NULL AND rowid > {first} AND rowid < {last}))"
            )
        )

    def _near(self) -> str:
        """Return SQL for readings that may tell of the period."""
        if not self.metered.counts_on:
            return self.inside()
        return (
            f"ts >= TIMESTAMP '{self.span.begin - timedelta(days=62)}' "
            f"AND ts <= TIMESTAMP '{self.span.end + timedelta(days=62)}'"
        )

    def _nothing(self) -> Iterator[RowFault]:
        scan = next(
            (s for s in self.store.scans if s.log.format is self.metered.format), None
        )
        if scan is not None:
            yield self._gap(scan.first, self.span.begin, self.span.end)

    def _edges(
        self, first: datetime, row: int, last: datetime, last_row: int
    ) -> Iterator[RowFault]:
        """Yield where a meter that counts on was not read at the ends of the period."""
        begin, end = self.span
        if first > begin:
            is_short = first - begin <= self.step and self.step <= _DAY
            yield self._gap(row, begin, first, is_note=is_short)
        if last < end:
            is_short = end - last <= self.step and self.step <= _DAY
            yield self._gap(last_row, last, end, is_note=is_short)

    def _gap(
        self, row: int, start: datetime, stop: datetime, *, is_note: bool = False
    ) -> RowFault:
        missing = max(1, round((stop - start) / self.step))
        stretch = f"{self.shown(start)} - {self.shown(stop)}"
        doubt = () if is_note else self._months(start, stop)
        code = CLOCK if self._is_once(start, stop) else GAP
        return RowFault(code, row, self.m, stretch, "", missing, is_note, doubt)

    def _sleeps(self, stretch: timedelta) -> bool:
        return self.metered.meter.missing == "nothing" and stretch <= _DAY

    def _clock(self) -> Iterator[RowFault]:
        """Yield times that are none in their zone, and zones that are said at times."""
        if not self.store.one("SELECT count(*) FROM zoned"):
            return
        zoned = self.store.rows(
            "SELECT rowid IN (SELECT r FROM zoned) AS off, count(*), min(rowid) "
            f"FROM log WHERE m = {self.m} AND ts IS NOT NULL AND {self.inside()} "
            "GROUP BY off"
        )
        if len(zoned) > 1:
            less = min(zoned, key=lambda item: item[1])
            change = max(zoned, key=lambda item: item[2])
            words = ("without a zone", "with a zone")
            found, due = words[change[0]], words[not change[0]]
            yield RowFault(CLOCK, change[2], self.m, found, due, less[1])

    def _fallen(self) -> Iterator[RowFault]:
        """Yield where a meter that counts on shows less than before."""
        for fall in self.falls():
            if self.replaced(fall.before, fall.after) is not None:
                continue
            told = f"{_number(fall.old)} -> {_number(fall.new)}"
            doubt = self._months(fall.before, fall.after)
            if fall.is_peak:
                yield RowFault(OUTLIER, fall.old_row, self.m, _number(fall.old), told)
            elif fall.is_dip:
                yield RowFault(OUTLIER, fall.row, self.m, _number(fall.new), told)
            elif nines := self.nines(fall):
                is_known = self.metered.meter.digits is not None
                yield RowFault(
                    ROLLOVER, fall.row, self.m, told, _number(nines),
                    months=() if is_known else doubt,
                )  # fmt: skip
            else:
                is_slip = fall.new and _SLIP <= fall.old / fall.new <= _FURTHEST
                code = UNIT if is_slip else RESET
                yield RowFault(code, fall.row, self.m, told, months=doubt)

    def falls(self) -> list[Fall]:
        """Return where a meter that counts on shows less than before."""
        return [
            Fall(*row)
            for row in self.store.rows(
                "SELECT o.r, o.pr, o.pt, o.ts, o.pv, o.v, "
                "coalesce(o.v >= earlier.pv, false), coalesce(later.v >= o.pv, false) "
                "FROM o LEFT JOIN o earlier ON earlier.r = o.pr "
                "LEFT JOIN o later ON later.pr = o.r "
                f"WHERE o.m = {self.m} AND o.v < o.pv "
                f"AND o.ts > TIMESTAMP '{self.span.begin}' "
                f"AND o.pt < TIMESTAMP '{self.span.end}' ORDER BY o.r"
            )
        ]

    def replaced(self, before: datetime, after: datetime) -> Decimal | None:
        """Return by how much the new meter began below the end of the old one.

        `None` where the assignment says of no exchange between two readings.
        """
        clock = self.metered.clock
        for each in self.metered.meter.replaced:
            if before <= clock.of_local(each.at) <= after:
                return each.old - each.new
        return None

    def nines(self, fall: Fall) -> Decimal:
        """Return at what number the meter began anew, 0 where it did not."""
        digits = self.metered.meter.digits or len(str(int(fall.old)))
        limit = Decimal(10) ** digits
        is_over = limit * 9 / 10 <= fall.old < limit and fall.new <= limit / 10
        return limit if is_over else Decimal(0)

    def _slips(self) -> Iterator[RowFault]:
        """Yield months and files whose numbers are a thousand times the others'."""
        local = self.metered.clock.local(
            "(ts - INTERVAL 1 MICROSECOND)" if self.metered.is_of_end else "ts"
        )
        own = [s for s in self.store.scans if s.log.format is self.metered.format]
        cases = "".join(f" WHEN r >= {s.first} THEN {s.number}" for s in reversed(own))
        by_file = [f"CASE{cases} END"] if len(own) > 1 else []
        for by in (*by_file, f"year({local}) * 100 + month({local})"):
            rows = self.store.rows(
                f"SELECT {by} AS part, sum(v) / count(*), max(v), min(r), min(ts), "
                f"max(ts), count(*) FROM o WHERE m = {self.m} AND {self.inside()} "
                "GROUP BY part ORDER BY part"
            )
            found = list(self._apart(rows))
            if found:
                yield from found
                return

    def _apart(self, rows: list[tuple[Any, ...]]) -> Iterator[RowFault]:
        for part, mean, _, row, first, last, count in rows:
            others = sorted(r[1] for r in rows if r[0] != part and r[1] > 0)
            if len(others) < _OTHERS or mean <= 0:
                continue
            middle = others[len(others) // 2]
            if _SLIP <= mean / middle <= _FURTHEST or (
                _SLIP <= middle / mean <= _FURTHEST
            ):
                start = first - (self.step if self.metered.is_of_end else timedelta())
                yield RowFault(
                    UNIT, row, self.m, f"{mean:.4g}", f"{middle:.4g}", count,
                    months=self._months(start, last),
                )  # fmt: skip

    def _outliers(self, slipped: set[Month]) -> Iterator[RowFault]:
        limit, usual = self._limit()
        if limit is None:
            return
        rows = self.store.rows(
            f"SELECT r, ts, v FROM o WHERE m = {self.m} AND {self.inside()} "
            f"AND (v > {limit} OR v < 0) ORDER BY r"
        )
        for row, moment, value in rows:
            if self.month_of(moment) in slipped:
                continue
            told = f"{self.shown(moment)}: {_number(value)}"
            yield RowFault(OUTLIER, row, self.m, told, _number(usual))

    def _limit(self) -> tuple[Decimal | None, Decimal]:
        """Return from where a reading is an outlier, and what nearly all stay below."""
        most = self.metered.meter.most
        if most is not None:
            hours = Decimal(int(self.step.total_seconds())) / 3600
            return most * hours, most * hours
        where = f"FROM o WHERE m = {self.m} AND {self.inside()} AND v > 0"
        (facts,) = self.store.rows(f"SELECT count(*), max(v), avg(v) {where}")
        count, highest, mean = facts
        if count < _FEWEST:
            return None, Decimal(0)
        share = 1 - max(0.01, 1.5 / count)
        # So high is at least what that share stays below: mostly nothing is out.
        if (mean - (1 - share) * float(highest)) / share >= float(highest) / _OUT:
            return highest, highest
        usual = self.store.one(f"SELECT quantile_disc(v, {share:.9f}) {where}")
        return (usual * _OUT if highest > usual * _OUT else highest), usual

    def _uncertified(self) -> Iterator[RowFault]:
        """Yield the stretches of the period on which no certificate is valid."""
        if not self.metered.meter.certificates:
            return
        clock, (day, end) = self.metered.clock, self.span
        midnight = datetime.min.time()
        for first, last in sorted(self.metered.meter.certificates):
            start = clock.of_local(datetime.combine(first, midnight))
            if day < start:
                yield from self._without(day, min(start, end))
            after = clock.of_local(datetime.combine(last + _DAY, midnight))
            day = max(day, after)
            if day >= end:
                return
        yield from self._without(day, end)

    def _without(self, begin: datetime, end: datetime) -> Iterator[RowFault]:
        rows = self.store.rows(
            f"SELECT arg_min(r, ts), count(*) FROM o WHERE m = {self.m} AND "
            + self._within(begin, end, "ts")
        )
        row, count = rows[0]
        if row is not None:
            last = self.metered.clock.shown(end - timedelta(seconds=1))
            days = f"{self.metered.clock.shown(begin).date()} - {last.date()}"
            yield RowFault(UNCERTIFIED, row, self.m, days, "", count)


def _runs(
    rows: Iterable[tuple[Any, ...]],
) -> Iterator[list[tuple[Any, ...]]]:
    """Yield rows of the table that follow each other, and the other one's as well."""
    run: list[tuple[Any, ...]] = []
    for row in rows:
        if run and not (row[0] == run[-1][0] + 1 and row[3] == run[-1][3] + 1):
            yield run
            run = []
        run.append(row)
    if run:
        yield run


def _number(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def shortened(faults: Iterable[RowFault]) -> list[RowFault]:
    """Return the faults, of very many of one kind and meter the first ones.

    The last of these counts those that are left out.
    """
    by_kind: dict[tuple[str, int, bool], list[RowFault]] = {}
    for fault in faults:
        by_kind.setdefault((fault.code, fault.m, fault.is_note), []).append(fault)
    found: list[RowFault] = []
    for of_kind in by_kind.values():
        told, rest = of_kind[: TOLD - 1], of_kind[TOLD - 1 :]
        if rest:
            months = dict.fromkeys(month for fault in rest for month in fault.months)
            count = sum(fault.readings for fault in rest)
            told.append(rest[0]._replace(readings=count, months=tuple(months)))
        found += told
    return sorted(found, key=lambda fault: (fault.m, fault.row, fault.code))
