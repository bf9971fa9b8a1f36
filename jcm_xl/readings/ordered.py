"""The readings in the order of time: table `o(r, m, ts, v, pt, pv, pr)`.

r: the row of the table `log`; pt, pv and pr: time, number and row of the reading
before it of the same meter. Readings of one time stand in it once; those left out are
in the table `twice(r, m, ts, v, pr, pv)`.
"""

from __future__ import annotations

from jcm_xl.readings.store import Metered, Store

_READ = "m IS NOT NULL AND ts IS NOT NULL AND v IS NOT NULL"


def put_in_order(store: Store) -> None:
    """Make the tables; where the logs are in order already, nothing is sorted."""
    _put_back_summer(store)
    _make(store, "streamed" if _is_in_order(store) else "sorted")
    store.connection.execute(
        "CREATE OR REPLACE TABLE twice AS "
        "SELECT r, m, ts, v, pr, pv FROM o WHERE ts = pt ORDER BY r"
    )
    if store.one("SELECT count(*) FROM twice"):
        store.connection.execute(
            "CREATE OR REPLACE TABLE twice AS SELECT t.r, t.m, t.ts, t.v, "
            "first.r AS pr, first.v AS pv FROM twice t JOIN "
            "(SELECT m, ts, min(r) AS r, arg_min(v, r) AS v FROM o GROUP BY m, ts) "
            "first ON first.m = t.m AND first.ts = t.ts ORDER BY t.r"
        )
        _make(store, "sorted", "AND rowid NOT IN (SELECT r FROM twice)")


def _is_in_order(store: Store) -> bool:
    """Tell whether every row is later than the one before, meter by meter."""
    return not store.one(
        "SELECT count(*) FROM (SELECT m, ts, v, lag(m) OVER () AS pm, "
        f"lag(ts) OVER () AS pt FROM log) WHERE ({_READ}) IS NOT TRUE "
        "OR m < pm OR (m = pm AND ts <= pt)"
    )


def _make(store: Store, way: str, but: str = "") -> None:
    if way == "streamed":
        own = "CASE WHEN lag(m) OVER () = m THEN lag({}) OVER () END"
        over = ""
    else:
        own, over = "lag({}) OVER w", " WINDOW w AS (PARTITION BY m ORDER BY ts, rowid)"
    before = ", ".join(
        f"{own.format(column)} AS {name}"
        for column, name in (("ts", "pt"), ("v", "pv"), ("rowid", "pr"))
    )
    store.connection.execute(
        f"CREATE OR REPLACE TABLE o AS SELECT rowid AS r, m, ts, v, {before} "
        f"FROM log WHERE {_READ} {but}{over}"
    )


def _put_back_summer(store: Store) -> None:
    """Move the first of two readings of an hour that comes twice into the summer."""
    for metered in store.meters:
        for summer in metered.clock.summers:
            begin, end = summer.end, summer.end + summer.shift
            seconds = int(summer.shift.total_seconds())
            store.connection.execute(
                f"UPDATE log SET ts = ts - INTERVAL {seconds} SECOND WHERE rowid "
                f"NOT IN (SELECT r FROM zoned) AND rowid IN ({_earlier(store, metered)}"
                f"AND l.ts >= TIMESTAMP '{begin}' AND l.ts < TIMESTAMP '{end}') "
                f"WHERE n = 1 AND of = 2)"
            )


def _earlier(store: Store, metered: Metered) -> str:
    """Return SQL that numbers the readings of one time, in a falling file upwards."""
    falls = store.one(
        "SELECT corr(rowid, epoch(ts)) < 0 FROM log "
        f"WHERE m = {metered.number} AND ts IS NOT NULL"
    )
    order = "DESC" if falls else "ASC"
    return (
        "SELECT r FROM (SELECT rowid AS r, row_number() OVER "
        f"(PARTITION BY ts ORDER BY rowid {order}) AS n, "
        "count(*) OVER (PARTITION BY ts) AS of FROM log l "
        f"WHERE m = {metered.number} AND v IS NOT NULL "
    )
