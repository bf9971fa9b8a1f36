"""Clean random fills: no error, hardly a warning, and one number by three hands."""

from __future__ import annotations

import tempfile

from bench.quality.books import BY_CHANCE, FULL, KEYS, filled, grid_of, resaved
from bench.quality.office import saved_by_office
from bench.quality.outcome import NOTHING, Outcome
from jcm_xl.checks.arithmetic.opinions import is_disputed
from jcm_xl.checks.run import check_grid
from jcm_xl.model.finding import Report, Severity
from tests.office.harness import missing


def fills(seeds: range) -> dict[str, Outcome]:
    """Judge fills as written and as openpyxl saves them."""
    total = {name: NOTHING for name in ("own", "openpyxl", "three hands")}
    with tempfile.TemporaryDirectory() as folder:
        for seed in seeds:
            data = filled(KEYS[seed % len(KEYS)], seed)
            report = check_grid(grid_of(data, folder), settings=FULL)
            total["own"] += alarms(report)
            total["three hands"] += _three(report)
            again = check_grid(grid_of(resaved(data), folder), settings=FULL)
            total["openpyxl"] += alarms(again)
    return total


def office_fills(seeds: range) -> dict[str, Outcome]:
    """Judge fills as LibreOffice saves them."""
    total = NOTHING
    if missing():
        return {"LibreOffice": total}
    with tempfile.TemporaryDirectory() as folder:
        for seed in seeds:
            saved = saved_by_office(filled(KEYS[seed % len(KEYS)], seed))
            grid = grid_of(saved, folder)
            total += alarms(check_grid(grid, settings=FULL))
    return {"LibreOffice": total}


def alarms(report: Report) -> Outcome:
    """Count a book with an error as wrong, one with a warning aside."""
    found = [d for d in report.diagnostics if d.code not in BY_CHANCE]
    errors = [d for d in found if d.severity is Severity.ERROR]
    warnings = [d for d in found if d.severity is Severity.WARNING]
    samples = tuple(
        f"{report.methodology} {d.code} {d.place} {d.message}"
        for d in (errors + warnings)[:1]
    )
    aside = (("books with a warning", int(bool(warnings))),)
    return Outcome(1, int(bool(errors)), samples, aside)


def _three(report: Report) -> Outcome:
    wrong = [
        o for o in report.opinions
        if o.reason or is_disputed(o) or (o.difference and not o.is_edge)
    ]  # fmt: skip
    samples = tuple(f"{report.methodology} {o.name} {o.own} {o.second}" for o in wrong)
    return Outcome(1, int(bool(wrong)), samples[:1])
