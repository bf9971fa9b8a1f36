"""An input is calculated from a sheet that no menu shows.

Why it matters
    Raw data on a sheet of your own are welcome because the verifier can follow them. A
    sheet that only a program can make visible cannot be followed.

How to fix it
    Show the sheet (in Excel: Alt+F11, select it, Visible: -1 xlSheetVisible), or type
    the value. A sheet that is hidden in the usual way may stay so.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Phase, Severity
from jcm_xl.formula.scan import CellPlace, places
from jcm_xl.xlsx.grid import Sheet

_MOST = 10_000


@Check(
    own_phase=Phase.STRUCTURE,
    needs_template=False,
    severity=Severity.WARNING,
    person_decides=True,
    tonnes=True,
    basis="Calculations must be traceable to raw data in the workbook (CDM "
    "information and reporting checks Y2U7VPS9J5RXTHN)",
    message="The input {cell} on {sheet} is calculated from the sheet {actual}, which "
    "no menu shows.",
    remedy="Make the sheet {actual} visible, or type the value into {cell}.",
)
def input_from_sealed_sheet(context: OpenedBook) -> Iterator[Finding]:
    """Follow the formulas of inputs to sheets that are more than hidden."""
    sealed = {
        sheet.name.casefold(): sheet
        for sheet in context.grid.sheets
        if sheet.state == "veryHidden" and sheet.name not in context.official
    }
    if not sealed:
        return
    for slot, formula in context.formula_inputs:
        if found := _reached(context, slot.sheet, formula, sealed):
            yield Finding(slot, parameter=context.subject(slot), actual=found.name)


def _reached(
    context: OpenedBook, own: str, formula: str, sealed: dict[str, Sheet]
) -> Sheet | None:
    """Return the first such sheet that a formula reads, through other formulas too."""
    sheets = {sheet.name.casefold(): sheet for sheet in context.grid.sheets}
    seen: set[CellPlace] = set()
    waiting = list(places(formula, own))
    while waiting and len(seen) < _MOST:
        place = waiting.pop()
        if place in seen:
            continue
        seen.add(place)
        name, row, column = place
        if found := sealed.get(name.casefold()):
            return found
        sheet = sheets.get(name.casefold())
        cell = sheet.cells.get((row, column)) if sheet else None
        if sheet and cell and cell.formula:
            waiting += places(cell.formula, sheet.name)
    return None
