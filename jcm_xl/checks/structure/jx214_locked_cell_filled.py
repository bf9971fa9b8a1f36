"""Something was added to an empty locked cell of an official sheet.

Why it matters
    A remark or a number beside the official tables can change how they are read,
    and nobody can tell it from the approved text.

How to fix it
    Move it to Other comments, or to a sheet of your own after the official ones.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, MendedBy, OpenedBook, Severity, changed
from jcm_xl.model.shown import shown
from jcm_xl.submission.topics import Topic
from jcm_xl.xlsx.grid import Cell, Position


@Check(
    guards_official=True,
    severity=Severity.ERROR,
    tonnes=True,
    mended_by=MendedBy.REPAIR,
    basis="JCM Monitoring Spreadsheet: cells that are not for input stay as approved",
    message="{cell} on {sheet} is empty in the template; it now holds '{actual}'.",
    remedy="Move it to Other comments or to a sheet of your own, and empty {cell}.",
)
def locked_cell_filled(context: OpenedBook) -> Iterator[Finding]:
    """Report what stands where the template has nothing."""
    for slot, _, actual, expected, _ in context.changes(Topic.FILLED):
        yield changed(context, slot, actual, expected)
    mss = context.plan.sheets["mss"]
    for name in context.official:
        cells, known = context.sheets[name].cells, context.plan.by_place[name]
        added = [
            place for place in cells if place not in known and _holds(cells[place])
        ]
        for place in sorted(added):
            cell = cells[place]
            if _is_usual(place, cell, name == mss):
                continue
            sheet, address = context.alterations.place(name, *place)
            yield _finding(cell, sheet, address)
    for (sheet, address), cell in context.alterations.filled.items():
        yield _finding(cell, sheet, address)


def _finding(cell: Cell, sheet: str, address: str) -> Finding:
    actual = f"={cell.formula}" if cell.formula else shown(cell.value)
    return Finding(
        actual=actual, sheet=sheet, cell=address,
        mended_by=MendedBy.NOTHING,  # a repaired book does not hold it
    )  # fmt: skip


def _holds(cell: Cell) -> bool:
    return cell.formula is not None or cell.value not in (None, "")


def _is_usual(place: Position, cell: Cell, is_mss: bool) -> bool:
    """Forgive further persons below the list, and an older edition's draft banner."""
    row, column = place
    if is_mss and row > 5 and column in (2, 3):
        return True
    return place == (1, 2) and str(cell.value).startswith("DRAFT")
