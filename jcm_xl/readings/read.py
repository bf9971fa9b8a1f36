"""Logs and an assignment to evidence: months, sums of files, and faults with lines."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from jcm_xl.expr.factors import factor, units_like
from jcm_xl.model.evidence import (
    LogEvidence,
    LogFault,
    LogFile,
    MeterSum,
    MonthOfReadings,
)
from jcm_xl.model.key import Key, value_key
from jcm_xl.model.submission import Stage
from jcm_xl.plan.plan import Plan
from jcm_xl.readings.assignment import Assignment, AssignmentError, LoggedMeter
from jcm_xl.readings.faults import MeterFaults, RowFault, shortened, span_of
from jcm_xl.readings.logs import Log, logs_of
from jcm_xl.readings.months import Amounts, decimal_of, month_amounts, months_between
from jcm_xl.readings.ordered import put_in_order
from jcm_xl.readings.store import Store, sums_of_files
from jcm_xl.text.nearest import nearest


def read_logs(
    paths: Sequence[Path], assignment: Assignment, plan: Plan, period: tuple[date, date]
) -> LogEvidence:
    """Return what the logs say of a period; the same on every run.

    Raises `AssignmentError` where a meter is of nothing the plan has, `JcmError` for
    logs that cannot be read. Needs DuckDB.
    """
    targets = _targets(assignment, plan)
    first, last = period
    with tempfile.TemporaryDirectory() as folder:
        logs = logs_of(paths, assignment, Path(folder))
        store = Store(_midnight(first), _midnight(last))
        store.load(logs)
        put_in_order(store)
        of_meter, faults, amounts = _judged(store, period)
        places = store.lines([fault.row for fault in faults])
        sums = tuple(_sums(store))
        files = tuple(_files(store, logs))
        told = tuple(
            _told(fault, of_meter[fault.m], places[fault.row]) for fault in faults
        )
    doubts = {(fault.m, month) for fault in faults for month in fault.months}
    months = _months(of_meter, targets, amounts, doubts, period)
    return LogEvidence(
        (assignment.name, assignment.sha256), first, last, files, sums, months,
        tuple(sorted(told)),
    )  # fmt: skip


def _midnight(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time())


# -- what is measured ------------------------------------------------------------------


class MeterTarget(NamedTuple):
    """The value that a meter is part of, and the unit of its months."""

    key: Key
    unit: str


def _targets(assignment: Assignment, plan: Plan) -> dict[int, MeterTarget]:
    """Return the targets of the meters of an assignment, by their identity."""
    problems: list[str] = []
    found: dict[int, MeterTarget] = {}
    for form in assignment.formats:
        for meter in form.meters:
            told = _unfit(meter, plan)
            if told:
                problems.append(f"line {meter.line}: {told}")
                continue
            p = plan.methodology.parameters[meter.parameter]
            key = value_key(Stage.REPORT, p.name, meter.row)
            found[id(meter)] = MeterTarget(key, amount_unit(str(p.unit)))
    if problems:
        raise AssignmentError(assignment.name, problems)
    return found


def _unfit(meter: LoggedMeter, plan: Plan) -> str:
    """Return why a meter measures nothing of the plan, nothing where it does."""
    m = plan.methodology
    p = m.parameters.get(meter.parameter)
    known = [q.name for q in m.inputs if q.is_monitored and q.is_additive]
    if p is None or p.name not in known:
        hint = nearest(meter.parameter, known)
        return (
            f"{m.key} has no monitored amount '{meter.parameter}'{hint}; it has "
            f"{', '.join(known) or 'none'}"
        )
    if (p.index is None) != (meter.row is None):
        if p.index is None:
            return f"{p.name} has no unit rows; leave `row` out"
        return f"{p.name} has a row for each {m.sets[p.index].label}: say `row`"
    if p.index is not None and (meter.row or 0) > plan.rows[p.index]:
        return f"the book has {plan.rows[p.index]} rows of {p.index}, not {meter.row}"
    unit = amount_unit(str(p.unit))
    if factor(meter.unit, unit) is None:
        return (
            f"'{meter.unit}' is no unit of {p.name}, which is in {unit}; "
            f"known are {', '.join(units_like(unit))}"
        )
    return ""


def amount_unit(unit: str) -> str:
    """Return the unit of a month's amount: `MWh` of `MWh/p`."""
    return unit.removesuffix("/p")


# -- judging ---------------------------------------------------------------------------


def _judged(
    store: Store, period: tuple[date, date]
) -> tuple[dict[int, MeterFaults], list[RowFault], dict[int, Amounts]]:
    of_meter: dict[int, MeterFaults] = {}
    faults: list[RowFault] = []
    amounts: dict[int, Amounts] = {}
    for metered in store.meters:
        of = MeterFaults(store, metered, span_of(metered, *period))
        of_meter[metered.number] = of
        faults += of.every()
        amounts[metered.number], divided = month_amounts(of)
        faults += divided
    return of_meter, shortened(faults), amounts


def _told(fault: RowFault, of: MeterFaults, place: tuple[str, int]) -> LogFault:
    meter = of.metered.meter
    return LogFault(
        fault.code, *place, meter.name, meter.parameter, fault.found, fault.expected,
        fault.readings, fault.is_note,
    )  # fmt: skip


def _months(
    of_meter: dict[int, MeterFaults],
    targets: dict[int, MeterTarget],
    amounts: dict[int, Amounts],
    doubts: set[tuple[int, tuple[int, int]]],
    period: tuple[date, date],
) -> tuple[MonthOfReadings, ...]:
    """Return the amounts of each parameter, the sum of all its meters."""
    of_target: dict[MeterTarget, list[int]] = {}
    for number, of in of_meter.items():
        of_target.setdefault(targets[id(of.metered.meter)], []).append(number)
    found = []
    for (key, unit), numbers in sorted(of_target.items(), key=lambda t: str(t[0].key)):
        for month in months_between(*period):
            is_known = not any((number, month) in doubts for number in numbers)
            total = Fraction(0)
            for number in numbers:
                of_unit = of_meter[number].metered.meter.unit
                amount = amounts[number].get(month, Fraction(0))
                total += amount * (factor(of_unit, unit) or 0)
            value = decimal_of(total) if is_known else None
            day = date(*month, 1)
            found.append(MonthOfReadings(key.name, key.unit, day, value, unit))
    return tuple(found)


# -- evidence --------------------------------------------------------------------------


def _sums(store: Store) -> Iterable[MeterSum]:
    for scan, metered, rows, total in sums_of_files(store):
        text = f"{Decimal(total):f}"
        plain = text.rstrip("0").rstrip(".") if "." in text else text
        meter = metered.meter
        yield MeterSum(scan.log.name, meter.name, rows, Decimal(plain), meter.unit)


def _files(store: Store, logs: Sequence[Log]) -> Iterable[LogFile]:
    for log in logs:
        scan = next(scan for scan in store.scans if scan.log is log)
        clock = store.clock(log.format)
        rows = store.rows(
            "SELECT count(*), count(ts), min(ts), max(ts) FROM log "
            f"WHERE rowid >= {scan.first} AND rowid < {scan.first + scan.rows}"
        )
        lines, timed, first, last = rows[0]
        ends = (str(clock.shown(at)) if at else "" for at in (first, last))
        yield LogFile(log.name, log.sha256, timed, lines - timed, *ends)
