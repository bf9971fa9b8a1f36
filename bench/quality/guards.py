"""What no file in a folder may do: run, hide a finding, answer without end."""

from __future__ import annotations

import dataclasses
import json
import os
import random
import tempfile
import time
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from bench.quality.books import KEYS, QUICK, fill, sound
from bench.quality.claims import other_figures
from bench.quality.outcome import NOTHING, Outcome
from jcm_xl import api
from jcm_xl.checks import run
from jcm_xl.checks.base import Finding, OpenedBook
from jcm_xl.checks.run import catalogue, check_grid
from jcm_xl.documents.report.forms import FORMS, ReportDocument, form
from jcm_xl.model.finding import NO_VERDICT, Report
from jcm_xl.model.key import REFERENCE_NUMBER, Key
from jcm_xl.xlsx.grid import Cell, Grid
from tests.cli import planted as among
from tests.fuzz.child import Child
from tests.fuzz.judge import SETTINGS
from tests.fuzz.rounds import RUNS
from tests.hostile.build import build, recipes
from tests.library.plausible import plausible_fill
from tests.support import with_cell

PROJECTS, YEARS = 147, range(2013, 2025)
"""About as many projects as the scheme has, with as many reports as one may have."""
LARGEST = 5_000_000
_PACKAGES = Path(__file__).parents[2] / "tests" / "hostile" / "packages.toml"

TARGETS = {
    "planted": "commands run among planted modules: 0 run one",
    "raising": "checks made to fail: 0 take a finding with them, or leave a book clean",
    "edges": "books with one or two numbers at the edge of all doubles: 0 internal "
    "errors",
    "hostile": "hostile files: each form of report at most 5 MB, in 5 s and 512 MB",
    "packages": "packages that break a written rule: 0 called clean",
    "guided": "inputs of coverage-guided fuzzing (make fuzz): 0 finds",
    "scheme": "147 projects x 12 books judged by one machine: all with a verdict",
}


# -- planted modules -------------------------------------------------------------------


def planted(seeds: range) -> dict[str, Outcome]:
    """Run every command in a folder that holds files with the names of modules."""
    calls = list({**among.CALLS, **among.MORE}.items())
    total = NOTHING
    with tempfile.TemporaryDirectory() as top:
        folder = Path(top) / "received"
        folder.mkdir()
        for name in among.PLANTED:
            (folder / f"{name}.py").write_text(among.PLANT.format(name=name))
        book = api.book(*fill(among.KEY, 7))
        for name in ("a.xlsx", "b.xlsx"):
            (folder / name).write_bytes(book)
        for name, call in (calls[seed] for seed in seeds):
            words = call.words.split() + ([f"{top}/{call.makes}"] if call.makes else [])
            among.run_in(folder, among.SCRIPT, *words)
            has_run = (folder.parent / "run").exists()
            (folder.parent / "run").unlink(missing_ok=True)
            total += Outcome(1, int(has_run), (name,) if has_run else ())
    return {"planted": total}


BOOKS = catalogue(frozenset({run.FORMS, run.PAPERS}))
"""The checks of monitoring spreadsheets."""
CHECKS = len(BOOKS)
CALLS = len(among.CALLS) + len(among.MORE)


# -- checks that fail ------------------------------------------------------------------


def _fails(_: OpenedBook) -> Iterator[Finding]:
    raise ZeroDivisionError("planted")
    yield  # it is a generator, as every check


def raising(seeds: range) -> dict[str, Outcome]:
    """Make one check after the other fail on a book with two faults."""
    known = BOOKS
    codes = sorted(known)
    total = NOTHING
    with tempfile.TemporaryDirectory() as folder:
        plan, grid = sound("ID_AM003@1.0", folder)
        slots = {str(slot.key): slot for slot in plan.slots.values()}
        grid = with_cell(grid, slots["mrs.unit:EC_PJ_i_p"], Cell("kWh/p"))
        grid = with_cell(grid, slots["period.start"], Cell("soon"))
        whole = _found(check_grid(grid, settings=QUICK))
        for code in (codes[seed] for seed in seeds):
            report = _judged_without(grid, known, code)
            lost = {each for each in whole - _found(report) if each[0] != code}
            is_whole = report.exit_code != NO_VERDICT
            is_wrong = bool(lost) or is_whole is (known[code].folder != "answers")
            total += Outcome(1, int(is_wrong), (code,) if is_wrong else ())
    return {"raising": total}


def _found(report: Report) -> set[tuple[str, str]]:
    return {(d.code, d.place) for d in report.diagnostics}


def _judged_without(grid: Grid, known: Mapping[str, Any], code: str) -> Report:
    broken = {**known, code: dataclasses.replace(known[code], run=_fails)}
    usual = run.catalogue
    run.catalogue = lambda _=None: broken  # type: ignore[assignment]
    try:
        return check_grid(grid, settings=QUICK)
    finally:
        run.catalogue = usual


# -- numbers at the edge ---------------------------------------------------------------

EDGES = (
    0.0, -0.0, 5e-324, -5e-324, 1e-320, 1.5e-310, 2.2250738585072014e-308, 2.3e-308,
    1e-300, -1e-300, 1e-100, 1e-15, 1e-9, 0.1, 1 / 3, 1 + 2**-52, -1.0, 1e15, 2.0**53,
    2.0**63, 1e22, 1e100, 1e154, 1e300, -1e308, 1.7976931348623157e308,
    -1.7976931348623157e308, 2958466.0, 99999999999.99,
)  # fmt: skip


def edges(seeds: range) -> dict[str, Outcome]:
    """Put one or two numbers at the edge of all doubles into cells for numbers."""
    total = NOTHING
    with tempfile.TemporaryDirectory() as folder:
        for seed in seeds:
            chance = random.Random(f"edge {seed}")
            plan, grid = sound(KEYS[seed // 50 % len(KEYS)], folder)
            slots = [s for s in plan.inputs if s.rule in ("number", "date")]
            done = []
            for slot in chance.sample(slots, chance.choice((1, 2))):
                number = chance.choice(EDGES)
                grid = with_cell(grid, slot, Cell(number))
                done.append(f"{slot.key} = {number!r}")
            try:
                trouble = " ".join(check_grid(grid, settings=QUICK).skipped)
            except Exception as error:  # what is looked for
                trouble = repr(error)
            is_wrong = "could not be done" in trouble or "Error" in trouble
            words = f"{plan.methodology.key} {', '.join(done)}: {trouble}"
            total += Outcome(1, int(is_wrong), (words[:300],) if is_wrong else ())
    return {"edges": total}


# -- hostile files ---------------------------------------------------------------------


def hostile(_: range) -> dict[str, Outcome]:
    """Judge every hostile file in a process with limits; the largest report counts."""
    child = Child(_size_of_reports, 512, 5.0)
    total, sizes, peaks = NOTHING, [0], [0.0]
    for recipe in recipes():
        outcome = child.judge(build(recipe))
        sizes.append(outcome.exit_code)
        peaks.append(outcome.megabytes)
        is_wrong = bool(outcome.trouble) or outcome.exit_code > LARGEST
        words = (f"{recipe['title']}: {outcome.trouble}"[:200],) if is_wrong else ()
        total += Outcome(1, int(is_wrong), words)
    child.close()
    told = {"largest report, kB": max(sizes) // 1000, "peak, MB": round(max(peaks))}
    return {"hostile": total._replace(aside=tuple(told.items()))}


def _size_of_reports(data: bytes, folder: Path) -> int:
    """Return the size of the largest report of a file, in bytes."""
    path = folder / "book.xlsx"
    path.write_bytes(data)
    (report,), books = api.judge([path], SETTINGS)
    document = ReportDocument([report], catalogue(), books)
    return max(len(form(name).write(document).encode()) for name in FORMS)


def packages(seeds: range) -> dict[str, Outcome]:
    """Judge packages that break a rule of ECMA-376 or of Excel."""
    total = NOTHING
    found = tomllib.loads(_PACKAGES.read_text(encoding="utf-8"))["package"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.xlsx"
        for package in (found[seed] for seed in seeds if seed < len(found)):
            path.write_bytes(build(package))
            is_clean = api.check(path, SETTINGS).exit_code == 0
            total += Outcome(1, int(is_clean), (package["title"],) if is_clean else ())
    return {"packages": total}


def guided(_: range) -> dict[str, Outcome]:
    """Return what `make fuzz` did in this folder."""
    total = NOTHING
    for line in RUNS.read_text("utf-8").splitlines() if RUNS.exists() else ():
        done = json.loads(line)
        finds = tuple(done["finds"])
        seconds = (("seconds", round(done["seconds"])),)
        total += Outcome(done["runs"], len(finds), finds, seconds)
    return {"guided": total}


# -- the whole scheme ------------------------------------------------------------------


def scheme(_: range) -> dict[str, Outcome]:
    """Judge a folder with the reports of all projects of the scheme."""
    with tempfile.TemporaryDirectory() as top:
        for number in range(PROJECTS):
            folder = Path(top) / f"project {number:03d}"
            folder.mkdir()
            for name, data in _project(number):
                (folder / name).write_bytes(data)
        began = time.perf_counter()
        books = sorted(Path(top).rglob("*.xlsx"))
        reports = api.check_many(books, QUICK, jobs=os.cpu_count() or 1)
        judged = sum(report.exit_code != NO_VERDICT for report in reports)
        took = time.perf_counter() - began
    count = PROJECTS * len(YEARS)
    aside = (("seconds", round(took)), ("processes", os.cpu_count() or 1))
    return {"scheme": Outcome(count, count - judged, aside=aside)}


def _project(number: int) -> Iterator[tuple[str, bytes]]:
    """Yield the reports of one project, a year each, by one plan."""
    m = api.load(KEYS[number % len(KEYS)])
    plan, submission = plausible_fill(m, random.Random(f"{number}"))
    for year in YEARS:
        values = {
            **submission.values,
            **other_figures(plan, submission, random.Random(f"{number} {year}")),
            REFERENCE_NUMBER: f"{m.country}{number + 1:03d}",
            Key.parse("period.start"): date(year, 1, 1),
            Key.parse("period.end"): date(year, 12, 31),
        }
        changed = dataclasses.replace(submission, values=values)
        yield f"{year}.xlsx", api.book(plan, changed)
