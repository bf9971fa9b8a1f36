"""What a finding tells to do, done: by its fixture, its expected value or a repair.

A case may say the edit that mends it, `mend = { "mrs.value:EG_i_p[1]" = 1200 }`: what
is put in the place of the fault; file operations at that cell are left out.
Without it the value that a finding expects is typed into its cell, or the book is
repaired and confirmed; where the remedy names a fresh book, the inputs are imported
into one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from jcm_xl import api
from jcm_xl.checks.run import check_grid
from jcm_xl.copies.meant import readings
from jcm_xl.errors import JcmError
from jcm_xl.model.finding import Diagnostic, MendedBy, Report, Severity
from jcm_xl.plan.copies import CONFIRMED
from jcm_xl.plan.plan import Plan
from jcm_xl.submission.open import read_file
from jcm_xl.submission.settings import Settings
from jcm_xl.xlsx.grid import Cell, Grid, Sheet
from tests.checks.cases import TODAY, Case, judge, made
from tests.named import named
from tests.support import DEFINITIONS

SETTINGS = Settings(today=TODAY, definitions=DEFINITIONS, second_opinion=False)
_BY_PROGRAM = (MendedBy.REPAIR, MendedBy.RECALCULATION)


def mends(case: Case, folder: Path) -> Iterator[tuple[str, Report, Report]]:
    """Yield how the fault of a case is mended, and the reports before and after."""
    path = folder / "book.xlsx"
    plan, data = made(case)
    path.write_bytes(data)
    before = judge(case, path)
    told = [d for d in before.diagnostics if d.code == case.check]
    for edit in _edits(case, plan, told):
        mended = replace(case, data=_without(case.data, edit, plan))
        path.write_bytes(made(mended)[1])
        yield "typed", before, judge(mended, path)
        path.write_bytes(data)
    if any(d.mended_by in _BY_PROGRAM for d in told):
        after = _repaired(path, case)
        if after is not None:
            yield "repaired", before, after
            path.write_bytes(data)
    if told and "fresh" in told[0].remedy:
        after = _imported(path, case)
        if after is not None:
            yield "imported", before, after


def gone_and_nothing_worse(case: Case, before: Report, after: Report) -> bool:
    """Tell whether no finding of the check is left and no graver one came."""
    is_gone = all(d.code != case.check for d in after.diagnostics)
    return is_gone and _loud(after) <= _loud(before)


def _loud(report: Report) -> set[str]:
    return {d.code for d in report.diagnostics if d.severity > Severity.NOTE}


def _edits(
    case: Case, plan: Plan, told: list[Diagnostic]
) -> Iterator[Mapping[str, Any]]:
    if "mend" in case.data or "mend_file" in case.data:
        yield case.data.get("mend", {})
        return
    derived = {str(d.slot): _value(plan, d) for d in told}
    if told and all(value is not None for value in derived.values()):
        yield derived


def _value(plan: Plan, d: Diagnostic) -> Any:
    """Return the value that a finding expects in its input cell, as one types it."""
    slot = plan.get(d.slot) if d.slot else None
    if slot is None or not slot.is_input or not d.expected:
        return None
    found = readings(slot.rule, str(d.expected))
    return found[0][1] if found else None


def _without(
    data: Mapping[str, Any], edit: Mapping[str, Any], plan: Plan
) -> dict[str, Any]:
    """Return a case with these cells typed anew, whatever was done to them before."""
    edit = named(plan, dict(edit))
    kept = [op for op in data.get("file", []) if op.get("at") not in edit]
    typed = {**data.get("edit", {}), **edit}
    typed = {key: value for key, value in typed.items() if value != "(example)"}
    return {**data, "edit": typed, "file": [*kept, *data.get("mend_file", [])]}


def _repaired(path: Path, case: Case) -> Report | None:
    try:
        done = api.repair(path, SETTINGS)
    except JcmError:
        return None
    path.write_bytes(done.data)
    stage = case.data.get("stage", "report")
    settings = replace(SETTINGS, stage=stage, today=case.data.get("today", TODAY))
    return check_grid(_confirmed(read_file(path).grid), path.name, settings)


def _imported(path: Path, case: Case) -> Report | None:
    """Judge the fresh book into which the inputs of a hand-made one are carried."""
    try:
        done = api.import_book(path, definitions=DEFINITIONS)
    except JcmError:
        return None
    path.write_bytes(api.book(done.plan, done.submission))
    stage = case.data.get("stage", "report")
    return check_grid(read_file(path).grid, path.name, replace(SETTINGS, stage=stage))


def _confirmed(grid: Grid) -> Grid:
    """Return a repaired book as its participant confirms it, on its first own sheet."""
    row, column = CONFIRMED
    sheets = tuple(
        _signed(sheet, row, column) if sheet.name == "Repair" else sheet
        for sheet in grid.sheets
    )
    return replace(grid, sheets=sheets)


def _signed(sheet: Sheet, row: int, column: int) -> Sheet:
    style = sheet.cells[row, column].style if (row, column) in sheet.cells else 0
    cell = Cell("Plant manager, 2026-01-01", None, style)
    return replace(sheet, cells={**sheet.cells, (row, column): cell})
