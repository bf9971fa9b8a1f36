"""Results that stand in a report although none of its inputs is filled."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from jcm_xl.model.submission import Stage
from jcm_xl.model.tolerance import same_number
from jcm_xl.plan.slot import Slot
from jcm_xl.text.readings import number_meant
from jcm_xl.xlsx.grid import Cell, parse_address

if TYPE_CHECKING:
    from jcm_xl.submission.opened import OpenedBook

_SHEETS = ("mrs_input", "mrs_separate")
_VALUES = (
    "UNKNOWN_SYMBOL", "NO_SYMBOL", "SEVERAL", "UNIT_TWICE", "NO_SUCH_ROW", "OTHER_UNIT"
)  # fmt: skip
"""Why a number was not taken that is probably a monitored value."""
_RESULTS = ("result", "quantity")


def states_results(book: OpenedBook) -> bool:
    """Tell whether a result of the report is typed, or not what its formula gives.

    Who states a result claims it: the report has begun, blank as its inputs are. An
    official blank shows 0 there, or what its formulas make of blanks.
    """
    if _has_values_not_taken(book):
        return True
    stated = []
    for slot, cell in _numbers(book):
        if cell.formula is None:
            return True
        if not _follows(book, slot, cell):
            stated.append((slot, cell))
    return bool(stated) and not _are_evaluated(book, stated)


def _has_values_not_taken(book: OpenedBook) -> bool:
    """Tell whether numbers stand in a hand-made report that could not be placed."""
    if book.foreign is None:
        return False
    names = {book.foreign.sheets.get(key) for key in _SHEETS}
    return any(
        item.sheet in names and item.reason.name in _VALUES and _number(item.content)
        for item in book.foreign.unplaced
    )


def _numbers(book: OpenedBook) -> Iterator[tuple[Slot, Cell]]:
    """Yield the results of the report that hold a number other than 0, or its text."""
    for role in _RESULTS:
        for slot in book.plan.where(role):
            cell = book.cell(slot) if slot.key.stage == Stage.REPORT else None
            if cell is not None and _number(cell.value):
                yield slot, cell


def _number(value: object) -> float:
    """Return the number that a cell shows, 0 for none."""
    if isinstance(value, str):
        return number_meant(value, "") or 0.0
    return value if isinstance(value, float) else 0.0


def _follows(book: OpenedBook, slot: Slot, cell: Cell) -> bool:
    """Tell whether a stored result is what the definition gives from what is there."""
    expected = book.cached.of(slot)
    return (
        isinstance(expected, float)
        and isinstance(cell.value, float)
        and same_number(cell.value, expected)
    )


def _are_evaluated(book: OpenedBook, stated: list[tuple[Slot, Cell]]) -> bool:
    """Tell whether the sheet's own formulas give each of these numbers."""
    from jcm_xl.formula.second_engine import evaluate

    places = {}
    for slot, cell in stated:
        sheet, address = book.place(slot)
        places[sheet, *parse_address(address)] = cell.value
    answers = evaluate(book.file.grid, list(places))
    return all(
        isinstance(value := answers[place].value, float)
        and isinstance(stored, float)
        and same_number(value, stored)
        for place, stored in places.items()
    )
