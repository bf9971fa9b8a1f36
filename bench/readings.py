"""Logs to months: against DuckDB's own scan, a year of twenty meters, and faults found.

`python -m bench.readings` measures these rows alone.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import duckdb

from bench.row import Row
from jcm_xl import api
from jcm_xl.model.evidence import LogEvidence
from jcm_xl.plan.edition import Edition
from jcm_xl.plan.plan import Plan, make_plan
from jcm_xl.readings.assignment import read_assignment
from jcm_xl.readings.read import read_logs
from jcm_xl.submission.settings import Settings
from tests.checks.cases import TODAY
from tests.readings.books import evidence_of
from tests.readings.made import KINDS, made
from tests.support import DEFINITIONS, methodology

MOST = 6.0
"""So many times DuckDB's own scan and sum of one column with given types."""
LINES, FAULTS, CLEAN = 10_000_000, 500, 500
METERS = 20
YEAR = date(2025, 1, 1), date(2025, 12, 31)


def readings_rows(folder: Path, rounds: int = 3) -> Iterator[Row]:
    """Yield the rows; speed is processor time, both sides in turn in this process."""
    yield _scan(folder, rounds)
    yield _year(folder)
    yield from _faults(folder)


def _plan(rows: int) -> Plan:
    return make_plan(methodology("EX_AM901"), {"i": rows}, Edition(monthly=True))


def _spent(work: Callable[[], object]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin


def _scan(folder: Path, rounds: int) -> Row:
    log, text = folder / "log.csv", folder / "scan.toml"
    duckdb.connect().execute(
        "COPY (SELECT strftime(TIMESTAMP '2025-01-01' + INTERVAL (3 * i) SECOND, "
        "'%Y-%m-%d %H:%M:%S') AS t, (1000 + hash(i) % 1000) / 100 AS v "
        f"FROM range({LINES}) x(i) ORDER BY i) TO '{log}' (HEADER)"
    )
    text.write_text(
        '[[log]]\nfiles = "log.csv"\ntime = "t"\nstamp = "start"\n[[log.meter]]\n'
        'column = "v"\nunit = "kWh"\nparameter = "EG_i_p"\nrow = 1\n'
    )
    total: list[object] = []
    found: list[LogEvidence] = []

    def theirs() -> None:
        query = (
            f"SELECT sum(v) FROM read_csv('{log}', header=true, columns="
            "{'t': 'TIMESTAMP', 'v': 'DECIMAL(18,6)'})"
        )
        total.append(duckdb.connect().execute(query).fetchall()[0][0])

    def ours() -> None:
        assignment = read_assignment(text)
        found.append(read_logs([log], assignment, _plan(1), YEAR))

    times = [(_spent(ours), _spent(theirs)) for _ in range(rounds)]
    # 10 million times 3 seconds end in December: the last month is left open.
    assert found[0].sums[0].total == total[0], "the sum is exact"
    ratios = sorted(a / b for a, b in times)
    log.unlink()
    return Row(
        "readings / DuckDB's scan and sum", f"{LINES:,} lines",
        statistics.median(ratios), MOST, None, spread=(ratios[0], ratios[-1]),
        ours_ms=1000 * min(a for a, _ in times),
        other_ms=1000 * min(b for _, b in times), rounds=rounds,
    )  # fmt: skip


def _year(folder: Path) -> Row:
    """A year of 5 minutes of twenty meters in one file, to a judged book."""
    names = [f"M-{n}" for n in range(1, METERS + 1)]
    columns = ", ".join(
        f'(500 + hash(i * {METERS} + {n}) % 500) / 100 AS "{name}"'
        for n, name in enumerate(names)
    )
    (folder / "year").mkdir()
    duckdb.connect().execute(
        "COPY (SELECT strftime(TIMESTAMP '2025-01-01' + INTERVAL (5 * i) MINUTE, "
        f"'%d/%m/%Y %H:%M') AS t, {columns} FROM range({365 * 288}) x(i) ORDER BY i) "
        f"TO '{folder / 'year' / 'meters.csv'}' (HEADER)"
    )
    meters = "".join(
        f'[[log.meter]]\ncolumn = "{name}"\nunit = "kWh"\nparameter = "EG_i_p"\n'
        f"row = {row}\n"
        for row, name in enumerate(names, 1)
    )
    (folder / "readings.toml").write_text(
        '[[log]]\nfiles = "*.csv"\ntime = "t"\nstamp = "start"\n'
        f'time_format = "%d/%m/%Y %H:%M"\n{meters}'
    )
    inputs = {
        "ex_ante": {"EG_i_p": [788.0] * METERS},
        "fixed": {"grid_i": ["Northern grid"] * METERS},
        "period": {"start": YEAR[0], "end": YEAR[1]},
        "ex_post": {},
    }
    book = folder / "book.xlsx"
    book.write_bytes(api.fill(methodology("EX_AM901"), inputs, monthly=True))
    settings = Settings(today=TODAY, definitions=DEFINITIONS)

    def work() -> None:
        text = folder / "readings.toml"
        filled = api.readings([folder / "year"], book, text, settings=settings)
        report = api.check(filled.data, settings)
        assert not [d.code for d in report.diagnostics if d.code < "JX180"]

    begin = time.perf_counter()
    spent = _spent(work)
    wall = time.perf_counter() - begin
    return Row(
        "readings, logs to a judged book", f"{METERS} meters, 5 min", spent, None, None,
        unit=" s", ours_ms=1000 * wall,
    )  # fmt: skip


def _faults(folder: Path) -> Iterator[Row]:
    """Count faults that are not found at their line, and clean logs that are not."""
    missed = alarms = 0
    for n in range(FAULTS):
        kind = list(KINDS)[n % len(KINDS)]
        logs = made(1000 + n, kind)
        place = folder / f"fault{n}"
        place.mkdir()
        faults = evidence_of(logs, place).faults
        missed += logs.fault not in [fault[:3] for fault in faults]
    yield Row("faults of logs missed", f"{FAULTS} logs", missed, 0, None, unit="")
    for n in range(CLEAN):
        logs = made(5000 + n)
        place = folder / f"clean{n}"
        place.mkdir()
        found = evidence_of(logs, place)
        months = {(m.month.year, m.month.month): m.amount for m in found.months}
        exact = {
            month: amount is not None and Fraction(amount) * 1000 == logs.months[month]
            for month, amount in months.items()
        }
        alarms += bool(found.faults) or not all(exact.values())
    yield Row(
        "clean logs not clean or exact", f"{CLEAN} logs", alarms, 0, None, unit=""
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="jcm_xl-bench-") as place_:
        for row in readings_rows(Path(place_)):
            print(row, row.verdict, flush=True)
