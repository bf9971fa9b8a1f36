"""The print area leaves out the result of Table 3.

Why it matters
    The sheets are read on paper and as PDF, too. A page that shows the inputs without
    the emission reductions is not the sheet.

How to fix it
    Page Layout > Print Area > Clear Print Area in Excel.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, MendedBy, OpenedBook, Severity
from jcm_xl.model.key import Key
from jcm_xl.xlsx.grid import parse_address, parse_range

_AREA = "_xlnm.Print_Area"


@Check(
    needs_template=False,
    severity=Severity.WARNING,
    mended_by=MendedBy.REPAIR,
    basis="JCM Monitoring Spreadsheet: the sheets are submitted to be read",
    message="The print area of {sheet} ({actual}) leaves out {cell}, the result of "
    "Table 3.",
    remedy="Clear the print area (Page Layout, Print Area).",
)
def not_printed(context: OpenedBook) -> Iterator[Finding]:
    """Look whether the result lies in one of the areas, where there are some."""
    for stage in context.stages:
        slot = context.plan.get(Key(stage, "result"))
        if slot is None or context.cell(slot) is None:
            continue
        sheet, address = context.place(slot)
        area = context.file.grid.names.get(f"{sheet}!{_AREA}")
        if area and not _holds(area, sheet, *parse_address(address)):
            yield Finding(slot, actual=area, sheet=sheet, cell=address)


def print_area(context: OpenedBook, sheet: str) -> tuple[int, int, int, int] | None:
    """Return the print area of a sheet, the first of several; None if there is none."""
    areas = context.file.grid.names.get(f"{sheet}!{_AREA}", "")
    area = areas.partition(",")[0]
    try:
        return parse_range(area.rpartition("!")[2]) if area else None
    except ValueError:
        return None


def _holds(area: str, sheet: str, row: int, column: int) -> bool:
    """Tell whether a place lies in an area; one that nobody can read holds all."""
    for part in area.split(","):
        name, _, reference = part.rpartition("!")
        try:
            top, left, bottom, right = parse_range(reference)
        except ValueError:
            return True
        if name.strip("'").replace("''", "'") != sheet:
            return True  # left behind by another sheet
        if top <= row <= bottom and left <= column <= right:
            return True
    return False
