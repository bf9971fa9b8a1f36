"""A cell lies under merged cells: it counts, but nobody sees it.

Why it matters
    Of merged cells only the first one is shown. The others keep what was stored in
    them, and formulas go on reading it: an input that nobody can look at.

How to fix it
    Unmerge the cells (Home > Merge & Center in Excel) and look at what appears.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from jcm_xl.checks.base import Check, Finding, MendedBy, OpenedBook, Severity
from jcm_xl.model.shown import shown
from jcm_xl.plan.plan import Plan
from jcm_xl.submission.official_sheets import is_figure
from jcm_xl.xlsx.grid import Cell, Position, Sheet, column_letters, parse_range

_MANY, _VAST = 200, 5
"""Of more added ranges, or more vast ones, than these only the first are looked at:
no honest sheet has them, and each one costs time."""


@Check(
    needs_template=False,
    severity=Severity.WARNING,
    tonnes=True,
    mended_by=MendedBy.REPAIR,
    basis="JCM Monitoring Spreadsheet: the sheets are submitted to be read",
    message="{cell} on {sheet} holds {actual}, but lies hidden under the merged cells "
    "{range}.",
    remedy="Unmerge {range} and look at {cell}.",
)
def cell_under_merge(context: OpenedBook) -> Iterator[Finding]:
    """Look under the merged ranges that the template does not have."""
    merged = _merged(context.plan)
    for page in context.official_sheets:
        if page.is_moved:
            continue  # its merged ranges count other lines
        known = merged[page.name] if page.is_ours else frozenset()
        for reference, place, cell in _under(page.sheet, known):
            if not page.is_ours and _says_the_same(page.sheet, reference, cell):
                continue
            there, at = page.place(place)
            actual = f"={cell.formula}" if cell.formula else shown(cell.value)
            yield Finding(
                page.slots.get(place),
                actual=actual,
                sheet=there,
                cell=at,
                facts={"range": reference},
            )


def _under(sheet: Sheet, known: frozenset[str]) -> Iterator[tuple[str, Position, Cell]]:
    """Yield what is stored under added ranges and not shown."""
    added = [reference for reference in sheet.merges if reference not in known]
    vast = 0
    for reference in added[:_MANY]:
        try:
            top, left, bottom, right = parse_range(reference)
        except ValueError:
            continue
        if (bottom - top + 1) * (right - left + 1) <= len(sheet.cells):
            inside = [
                (row, column)
                for row in range(top, bottom + 1)
                for column in range(left, right + 1)
                if (row, column) in sheet.cells
            ]
        elif (vast := vast + 1) <= _VAST:
            inside = sorted(
                (row, column)
                for row, column in sheet.cells
                if top <= row <= bottom and left <= column <= right
            )
        else:
            continue
        for place in inside:
            cell = sheet.cells[place]
            if place != (top, left) and (cell.formula or cell.value not in (None, "")):
                yield reference, place, cell


def _says_the_same(sheet: Sheet, reference: str, cell: Cell) -> bool:
    """Tell whether a text that is hidden is the one that is shown.

    Excel keeps nothing under merged cells; LibreOffice may, if it is asked to.
    """
    top, left, _, _ = parse_range(reference)
    first = sheet.cells.get((top, left))
    return not is_figure(cell) and first is not None and first.value == cell.value


@lru_cache(maxsize=64)
def _merged(plan: Plan) -> dict[str, frozenset[str]]:
    """Return the merged ranges of the template by sheet."""
    found: dict[str, set[str]] = {name: set() for name in plan.sheets.values()}
    for slot in plan.slots.values():
        if slot.span > 1:
            last = column_letters(slot.column + slot.span - 1)
            found[slot.sheet].add(f"{slot.address}:{last}{slot.row}")
    return {name: frozenset(ranges) for name, ranges in found.items()}
