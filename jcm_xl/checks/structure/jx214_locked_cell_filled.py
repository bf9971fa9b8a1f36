"""Something was added to an empty locked cell of an official sheet.

Why it matters
    A remark or a number beside the official tables can change how they are read,
    and nobody can tell it from the approved text.

How to fix it
    Move it to Other comments, or to a sheet of your own after the official ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from jcm_xl.checks.base import Check, Finding, MendedBy, OpenedBook, Severity, changed
from jcm_xl.checks.blocks import as_blocks
from jcm_xl.model.shown import shown
from jcm_xl.submission.topics import Topic
from jcm_xl.xlsx.grid import Cell, Position, address, parse_address


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
    for name in context.official:
        sheet, added = _added(context, name)
        tell = partial(_finding_at, sheet, added)
        yield from as_blocks(added, tell)
    for (sheet, at), cell in context.alterations.filled.items():
        yield _finding(cell, sheet, at)


def _added(context: OpenedBook, name: str) -> tuple[str, Mapping[Position, Cell]]:
    """Return what stands where the plan has no cell, by its place in the file."""
    cells, known = context.sheets[name].cells, context.plan.by_place[name]
    is_mss = name == context.plan.sheets["mss"]
    added = {
        place: cell
        for place, cell in cells.items()
        if place not in known and _holds(cell) and not _is_usual(place, cell, is_mss)
    }
    there = context.alterations.renamed.get(name, name)
    if name not in context.alterations.moved:
        return there, added
    at = context.alterations.place
    return there, {parse_address(at(name, *p)[1]): c for p, c in added.items()}


def _finding_at(sheet: str, cells: Mapping[Position, Cell], place: Position) -> Finding:
    return _finding(cells[place], sheet, address(*place))


def _finding(cell: Cell, sheet: str, at: str) -> Finding:
    actual = f"={cell.formula}" if cell.formula else shown(cell.value)
    return Finding(
        actual=actual, sheet=sheet, cell=at,
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
