"""Some formulas of the official sheets have a stored result, others have none.

Why it matters
    A program stores the results of all formulas, or of none. Where a part is missing,
    some cells were written after the last calculation, and nobody can say of which
    inputs the results that are there tell: old numbers stand beside empty cells.

How to fix it
    Open the book in Excel or LibreOffice, recalculate it (Ctrl+Alt+F9 in Excel,
    Ctrl+Shift+F9 in LibreOffice) and save it.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, MendedBy, OpenedBook, Phase, Severity
from jcm_xl.submission.evaluated import obstructed
from jcm_xl.xlsx.grid import Sheet, address


@Check(
    own_phase=Phase.STRUCTURE,
    needs_template=False,
    severity=Severity.WARNING,
    tonnes=True,
    mended_by=MendedBy.RECALCULATION,
    basis="A spreadsheet program stores the results of all formulas of a book, or of "
    "none; the tonne rule (decision 0011)",
    message="{actual} formulas on {sheet} have no stored result, the first in {cell}, "
    "while others in this book have one.",
    remedy="Open the book in Excel or LibreOffice, recalculate it and save it; then "
    "see whether {cell} on {sheet} shows a result.",
)
def results_stored_in_part(context: OpenedBook) -> Iterator[Finding]:
    """Count the formulas without a result on each sheet from which Table 3 follows."""
    if not context.file.grid.uncalculated or context.is_uncalculated:
        return
    official = _official(context)
    told = {context.place(slot) for slot, _, _ in obstructed(context)}  # by JX326
    told |= _blank(context)
    for sheet in context.file.grid.sheets:
        if sheet.name not in official:
            continue
        cells = [address(*place) for place in _without_result(sheet)]
        missing = [cell for cell in cells if (sheet.name, cell) not in told]
        if missing:
            yield Finding(actual=str(len(missing)), sheet=sheet.name, cell=missing[0])


def _blank(context: OpenedBook) -> set[tuple[str, str]]:
    """Return the inputs whose formula gives an empty text, which need not be stored."""
    return {
        context.place(context.plan[key])
        for key, answer in context.evaluated.items()
        if answer.value == ""
    }


def _official(context: OpenedBook) -> set[str]:
    """Return the official sheets by their names in the file."""
    if context.foreign is not None:
        return set(context.foreign.sheets.values())
    renamed = context.alterations.renamed
    return {renamed.get(name, name) for name in context.official}


def _without_result(sheet: Sheet) -> Iterator[tuple[int, int]]:
    for place, (value, formula, _) in sorted(sheet.cells.items()):
        if formula is not None and value is None:
            yield place
