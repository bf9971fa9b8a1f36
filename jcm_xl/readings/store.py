"""Every reading in one table of DuckDB, exact: `log(m, ts, v, bad)`.

m:    the meter, by its number. ts: the time on the line (see `clock`). v: the number.
bad:  what could not be read. Rows of a scan stand together, in the file's order; the
table `zoned(r)` has the rows whose time said its zone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from importlib import import_module
from typing import Any, NamedTuple

from jcm_xl.dataclass import dataclass
from jcm_xl.errors import JcmError
from jcm_xl.readings.assignment import LogFormat, LoggedMeter
from jcm_xl.readings.clock import Clock, clock_of
from jcm_xl.readings.logs import Log, column_of, headings, lines_of

_USUAL, _WIDE = (18, 6), (38, 15)
"""Digits of a number, and of them behind the point; the wide ones where needed."""
_LATER, _ZONED = "log_deep", "log_zoned"


class LogScan(NamedTuple):
    """A column of a log: its number in the table, and the first of its rows there."""

    number: int
    log: Log
    first: int
    rows: int


@dataclass(frozen=True, slots=True)
class Metered:
    """A meter with its number in the table, its format and its clock."""

    number: int
    meter: LoggedMeter
    format: LogFormat
    clock: Clock

    @property
    def counts_on(self) -> bool:
        """Tell whether it is read as it stands, not what it measured since."""
        return self.format.kind == "cumulative"

    @property
    def is_of_end(self) -> bool:
        """Tell whether its time is the end of what was measured."""
        return self.counts_on or self.format.stamp == "end"


class Store:
    """The readings of all logs, with what leads from a row back to its line."""

    def __init__(self, first: datetime, last: datetime) -> None:
        """Open an empty store for a period, whose days the clocks have to know."""
        self.connection = _connection()
        self.meters: list[Metered] = []
        self.scans: list[LogScan] = []
        self._first, self._last = first, last
        self._numbers: dict[tuple[int, int], int] = {}

    def load(self, logs: Sequence[Log]) -> None:
        """Read the logs; numbers with many digits make a wider column."""
        for form in dict.fromkeys(log.format for log in logs):
            clock = clock_of(form.zone, self._first, self._last)
            for meter in form.meters:
                number = self._numbers[id(form), id(meter)] = len(self.meters) + 1
                self.meters.append(Metered(number, meter, form, clock))
        for digits in (_USUAL, _WIDE):
            if self._loaded(logs, digits):
                return

    def _loaded(self, logs: Sequence[Log], digits: tuple[int, int]) -> bool:
        self.scans.clear()
        self.connection.execute("DROP TABLE IF EXISTS log")
        self.connection.execute(
            "CREATE TABLE log (m SMALLINT, ts TIMESTAMP, "
            f"v DECIMAL({digits[0]},{digits[1]}), bad VARCHAR)"
        )
        self.connection.execute("CREATE OR REPLACE TABLE zoned (r BIGINT)")
        for log, column, meters in self._in_order(logs):
            self._scan(log, column, meters, digits)
        if digits == _WIDE:
            return True
        found = self.connection.execute(
            f"SELECT 1 FROM log WHERE bad = '{_LATER}' LIMIT 1"
        )
        return found.fetchone() is None

    def _in_order(
        self, logs: Sequence[Log]
    ) -> list[tuple[Log, int, list[LoggedMeter]]]:
        """Return the columns to read, those of a meter one after the other.

        So the table is in order already where the names of the files are.
        """
        found = [
            (self.number(log.format, meters[0]), log, column, meters)
            for log in logs
            for column, meters in _by_column(log, headings(log)).items()
        ]
        found.sort(key=lambda item: item[0])
        return [(log, column, meters) for _, log, column, meters in found]

    def _scan(
        self, log: Log, column: int, meters: Sequence[LoggedMeter],
        digits: tuple[int, int],
    ) -> None:  # fmt: skip
        number, first = len(self.scans) + 1, self._count()
        selection = _Selection(self, log, column, digits)
        quick = selection.quick(meters) if digits == _USUAL else ""
        if quick:
            _insert(self.connection, log, quick)
        if quick and self.one(f"SELECT count(bad) FROM log WHERE rowid >= {first}"):
            self.connection.execute(f"DELETE FROM log WHERE rowid >= {first}")
            # Rows that were deleted keep their numbers: the table is made anew.
            self.connection.execute("CREATE OR REPLACE TABLE log AS FROM log")
            quick = ""
        if not quick:
            _insert(self.connection, log, selection.sql(meters))
            self._note_zones()
        self.scans.append(LogScan(number, log, first, self._count() - first))

    def _note_zones(self) -> None:
        marked = f"FROM log WHERE bad = '{_ZONED}'"
        self.connection.execute(f"INSERT INTO zoned SELECT rowid {marked}")
        self.connection.execute(f"UPDATE log SET bad = NULL WHERE bad = '{_ZONED}'")

    def _count(self) -> int:
        return int(self.one("SELECT count(*) FROM log"))

    def number(self, form: LogFormat, meter: LoggedMeter) -> int:
        """Return the number of a meter in the table."""
        return self._numbers[id(form), id(meter)]

    def clock(self, form: LogFormat) -> Clock:
        """Return the clock of a format."""
        return next(m.clock for m in self.meters if m.format is form)

    def one(self, sql: str) -> Any:
        """Return the first value of a query."""
        row = self.connection.execute(sql).fetchone()
        return row[0] if row else None

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Return all rows of a query."""
        found: list[tuple[Any, ...]] = self.connection.execute(sql).fetchall()
        return found

    def scan_of(self, row: int) -> LogScan:
        """Return the scan in which a row of the table lies."""
        return next(s for s in self.scans if s.first <= row < s.first + s.rows)

    def lines(self, rows: Sequence[int]) -> dict[int, tuple[str, int]]:
        """Return row of the table -> file and line."""
        by_log: dict[int, tuple[Log, dict[int, int]]] = {}
        for row in rows:
            scan = self.scan_of(row)
            by_log.setdefault(id(scan.log), (scan.log, {}))[1][row] = row - scan.first
        found: dict[int, tuple[str, int]] = {}
        for log, inside in by_log.values():
            lines = lines_of(log, inside.values())
            found |= {row: (log.name, lines.get(own, 0)) for row, own in inside.items()}
        return found


def _connection() -> Any:
    try:
        duckdb = import_module("duckdb")
    except ImportError:
        raise JcmError(
            "Reading logs needs DuckDB, which is not installed: "
            "pip install 'jcm-xl[readings]'."
        ) from None
    connection = duckdb.connect(":memory:")
    connection.execute("SET preserve_insertion_order = true")
    connection.execute("SET enable_progress_bar = false")
    return connection


def _by_column(log: Log, heads: Sequence[str]) -> Mapping[int, list[LoggedMeter]]:
    """Return the meters of a log by the column in which they stand."""
    found: dict[int, list[LoggedMeter]] = {}
    for meter in log.format.meters:
        found.setdefault(column_of(log, heads, meter.column), []).append(meter)
    return found


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


class _Selection:
    """What one column of one log is selected by."""

    def __init__(
        self, store: Store, log: Log, column: int, digits: tuple[int, int]
    ) -> None:
        self._store, self._log = store, log
        self._column, self._digits = column, digits
        heads = headings(log)
        form = log.format
        self._time = [column_of(log, heads, c) for c in form.time]
        self._own = {
            meter: column_of(log, heads, meter.where[0])
            for meter in form.meters
            if meter.where
        }
        self.width = max([len(heads), column, *self._time, *self._own.values()])

    def quick(self, meters: Sequence[LoggedMeter]) -> str:
        """Return a query for logs as most are, nothing for others.

        Whatever it does not read is bad, and then the other query is asked.
        """
        log = self._log
        is_plain = log.is_plain and log.decimal == "." and not log.thousands
        if not is_plain or len(self._time) > 1:
            return ""
        clock, when = self._store.clock(log.format), f"c{self._time[0]}"
        if log.format.time_format == "iso":
            local = clock.on_line(f"try_cast({when} AS TIMESTAMP)")
            local = (
                f"CASE WHEN length({when}) = 10 "
                f"OR (length({when}) = 16 AND {when}[14] = ':') "
                f"OR (length({when}) = 19 AND {when}[17] = ':') THEN {local} END"
            )
        else:
            local = clock.on_line(
                f"try_strptime({when}, {_text(log.format.time_format)})"
            )
        x, (whole, behind) = f"c{self._column}", self._digits
        value = (
            f"CASE WHEN length({x}) <= {behind + 1} "
            f"OR strpos({x}, '.') IN (0, length({x}) - {behind}) "
            f"OR length({x}) - strpos({x}, '.') < {behind} "
            f"THEN try_cast({x} AS DECIMAL({whole},{behind})) END"
        )
        return (
            "INSERT INTO log SELECT m, ts, v, "
            "CASE WHEN (v IS NULL OR ts IS NULL) AND x <> '' AND m IS NOT NULL "
            "THEN x END "
            f"FROM (SELECT {self._meter(meters)} AS m, {local} AS ts, {value} AS v, "
            f"{x} AS x FROM {self._source()})"
        )

    def sql(self, meters: Sequence[LoggedMeter]) -> str:
        """Return the query; a cell that is blank is no reading and no fault."""
        inner = (
            f"SELECT {self._meter(meters)} AS m, {self._when()} AS t, "
            f"trim(c{self._column}) AS x FROM {self._source()}"
        )
        cleaned = f"SELECT m, t, x, {self._cleaned()} AS n FROM ({inner})"
        ts, zoned = self._moment()
        whole, behind = self._digits
        value = f"try_cast(n AS DECIMAL({whole},{behind}))"
        return (
            f"INSERT INTO log SELECT m, {ts}, {value}, "
            f"coalesce({self._bad(ts, value)}, CASE WHEN {zoned} THEN '{_ZONED}' END) "
            f"FROM ({cleaned})"
        )

    def _source(self) -> str:
        log = self._log
        columns = ", ".join(f"'c{n}': 'VARCHAR'" for n in range(1, self.width + 1))
        return (
            f"read_csv({_text(str(log.path))}, delim={_text(log.separator)}, "
            f"header=false, skip={log.format.head}, auto_detect=false, "
            "null_padding=true, strict_mode=false, quote='\"', escape='\"', "
            f"columns={{{columns}}}<more>)"
        )

    def _meter(self, meters: Sequence[LoggedMeter]) -> str:
        cases = []
        for meter in meters:
            number = self._store.number(self._log.format, meter)
            if meter.where is None:
                return str(number)
            column = f"trim(c{self._own[meter]})"
            cases.append(f"WHEN {column} = {_text(meter.where[1])} THEN {number}")
        return f"CASE {' '.join(cases)} END"

    def _when(self) -> str:
        cells = [f"trim(c{n})" for n in self._time]
        return cells[0] if len(cells) == 1 else f"concat_ws(' ', {', '.join(cells)})"

    def _cleaned(self) -> str:
        """Return SQL for a number with a decimal point and no thousands."""
        decimal, thousands = self._log.decimal, self._log.thousands
        plain = "x"
        if thousands:
            inside = f"[+-]?[0-9]{{1,3}}([{thousands}][0-9]{{3}})+([{decimal}][0-9]*)?"
            plain = (
                f"CASE WHEN NOT contains(x, {_text(thousands)}) THEN x "
                f"WHEN regexp_full_match(x, {_text(inside)}) "
                f"THEN replace(x, {_text(thousands)}, '') END"
            )
        if decimal == ",":
            # A point is no decimal sign here: 1.234 would be taken for another number.
            return (
                f"CASE WHEN NOT contains({plain}, '.') "
                f"THEN replace({plain}, ',', '.') END"
            )
        return plain

    def _moment(self) -> tuple[str, str]:
        """Return SQL for the time on the line, and for whether it said its zone."""
        form = self._log.format
        clock = self._store.clock(form)
        if form.time_format != "iso":
            local = f"try_strptime(t, {_text(form.time_format)})"
            return clock.on_line(local), "false"
        zoned = (
            "(length(t) > 16 AND (t[-6] IN ('+', '-') OR t[-5] IN ('+', '-') "
            "OR t[-1] IN ('Z', 'z')))"
        )
        seconds = int(clock.offset.total_seconds())
        exact = (
            f"make_timestamp(epoch_us(try_cast(t AS TIMESTAMPTZ))) "
            f"+ INTERVAL {seconds} SECOND"
        )
        local = clock.on_line("try_cast(t AS TIMESTAMP)")
        return f"CASE WHEN {zoned} THEN {exact} ELSE {local} END", f"{zoned}"

    def _bad(self, ts: str, value: str) -> str:
        """Return SQL for what could not be read; a line without digits is none."""
        behind = self._digits[1]
        deep = (
            f"(strpos(n, '.') > 0 AND length(n) - strpos(n, '.') > {behind}) "
            "OR contains(lower(n), 'e')"
        )
        too_deep = f"WHEN {deep} THEN '{_LATER}' " if self._digits == _USUAL else ""
        wider = (
            f"WHEN {value} IS NULL AND try_cast(n AS DOUBLE) IS NOT NULL "
            f"AND isfinite(try_cast(n AS DOUBLE)) THEN '{_LATER}' "
            if self._digits == _USUAL
            else ""
        )
        return (
            "CASE WHEN x IS NULL OR x = '' OR m IS NULL THEN NULL "
            f"{too_deep}{wider}"
            f"WHEN {value} IS NULL THEN x "
            f"WHEN {ts} IS NULL AND regexp_matches(t, '[0-9]') THEN t END"
        )


def _insert(connection: Any, log: Log, select: str) -> None:
    """Read a file with two cores, or with one where cells have several lines."""
    for more in ("", ", parallel=false"):
        try:
            connection.execute(select.replace("<more>", more))
        except Exception as error:  # the module of its types is not imported here
            told = str(error)
            if "parallel=false" in told and not more:
                continue
            first = next(iter(told.splitlines()), "")
            encoding = "unicode" in told.lower() or "utf-8" in told.lower()
            cure = (
                "Name its `encoding` in the assignment, such as cp932 or cp1252."
                if encoding
                else "Look at `head` and `separator` in the assignment."
            )
            raise JcmError(f"{log.name} cannot be read: {first} {cure}") from None
        return


def sums_of_files(store: Store) -> Iterator[tuple[Any, ...]]:
    """Yield scan and meter with readings and their sum, of a counter the last one."""
    meters = {metered.number: metered for metered in store.meters}
    for scan in store.scans:
        inside = f"rowid >= {scan.first} AND rowid < {scan.first + scan.rows}"
        read = f"FROM log WHERE {inside} AND m IS NOT NULL AND ts IS NOT NULL"
        rows = store.rows(
            f"SELECT m, count(v), sum(v), max(ts) {read} AND v IS NOT NULL "
            "GROUP BY m ORDER BY m"
        )
        for m, count, total, last in rows:
            latest = total
            if meters[m].counts_on:
                latest = store.one(
                    f"SELECT v {read} AND v IS NOT NULL AND m = {m} "
                    f"AND ts = TIMESTAMP '{last}' ORDER BY rowid LIMIT 1"
                )
            yield scan, meters[m], count, latest
