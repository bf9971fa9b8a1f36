"""Input formulas evaluated: the one place where a book's inputs get their values.

What is stored beside a formula is what some program once made of it. Whoever reads an
input of an opened book reads what the formula gives from the cells that stand there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from jcm_xl.formula.scan import CellPlace
from jcm_xl.model.key import REFERENCE_NUMBER, Key
from jcm_xl.model.tolerance import same_input
from jcm_xl.plan.slot import Slot
from jcm_xl.submission.opened import OpenedBook
from jcm_xl.text.phrase import Phrase
from jcm_xl.xlsx.grid import (
    Cell,
    CellError,
    CellValue,
    Grid,
    Position,
    address,
    parse_address,
)

if TYPE_CHECKING:
    from jcm_xl.formula.evaluation.book import Evaluated


def with_evaluated(book: OpenedBook) -> OpenedBook:
    """Return a book whose input formulas have the values that they give."""
    places = formula_places(book)
    if not places:
        return book
    from jcm_xl.formula.evaluation.book import evaluate_cells

    answers = evaluate_cells(book.file.grid, places.values())
    found = {key: answers[place] for key, place in places.items()}
    values = {
        _in_grid(book, slot): answer.value
        for key, answer in found.items()
        if answer.obstacle is None
        and stored_value(book, slot := book.plan[key]) != answer.value
    }
    if not values:
        return replace(book, evaluated=found)
    grid = with_values(book.grid, values)
    if book.foreign is None:
        return replace(book, grid=grid, evaluated=found)
    from jcm_xl.foreign.book import read

    again = read(grid, book.methodology, book.settings.layout)
    return replace(book, grid=grid, plan=again.plan, foreign=again, evaluated=found)


def formula_places(book: OpenedBook) -> Mapping[Key, CellPlace]:
    """Return where the file has the inputs that are calculated in it."""
    places: dict[Key, CellPlace] = {}
    for slot, _ in book.formula_inputs:
        sheet, cell = book.place(slot)
        places[slot.key] = (sheet, *parse_address(cell))
    return places


def _in_grid(book: OpenedBook, slot: Slot) -> CellPlace:
    """Return where the book's grid has a slot: it stands as in the plan, if ours."""
    if book.foreign is None:
        return slot.sheet, slot.row, slot.column
    sheet, cell = book.place(slot)
    return sheet, *parse_address(cell)


def with_values(grid: Grid, values: Mapping[CellPlace, CellValue]) -> Grid:
    """Return a grid in which some formulas have other results."""
    by_sheet: dict[str, dict[Position, CellValue]] = {}
    for (sheet, row, column), value in values.items():
        by_sheet.setdefault(sheet, {})[row, column] = value
    sheets = tuple(
        replace(sheet, cells=_with(sheet.cells, by_sheet[sheet.name]))
        if sheet.name in by_sheet
        else sheet
        for sheet in grid.sheets
    )
    return replace(grid, sheets=sheets)


def _with(
    cells: Mapping[Position, Cell], values: Mapping[Position, CellValue]
) -> Mapping[Position, Cell]:
    changed = {at: cells[at]._replace(value=value) for at, value in values.items()}
    return {**cells, **changed}


# -- what the checks ask -----------------------------------------------------------


def stored_value(book: OpenedBook, slot: Slot) -> CellValue:
    """Return what the file stores in the cell of an input."""
    name, place = book.place(slot)
    sheet = book.file.grid.sheet(name)
    cell = sheet.cells.get(parse_address(place)) if sheet else None
    return cell.value if cell else None


def is_old(stored: CellValue, answer: Evaluated) -> bool:
    """Tell whether a stored result is not what the formula gives."""
    value = answer.value
    if answer.obstacle is not None or stored is None:
        return False
    if type(stored) is float and type(value) is float:
        return not same_input(stored, value)
    if isinstance(stored, CellError) and isinstance(value, CellError):
        return False  # programs have other codes for the same fault
    return type(stored) is not type(value) or stored != value


def old_results(book: OpenedBook) -> Iterator[Slot]:
    """Yield the inputs whose stored result is not what their formula gives."""
    for slot, _ in book.formula_inputs:
        answer = book.evaluated.get(slot.key)
        if answer is not None and is_old(stored_value(book, slot), answer):
            yield slot


def is_text(slot: Slot) -> bool:
    """Tell whether an input is free text, by which nothing is calculated."""
    return slot.rule == "text" and slot.key != REFERENCE_NUMBER


def obstructed(book: OpenedBook) -> Iterator[tuple[Slot, str, Evaluated]]:
    """Yield the input formulas that give no one value: slot, formula and why.

    In a free text the stored result is good enough, unless it comes from elsewhere.
    """
    for slot, formula in book.formula_inputs:
        answer = book.evaluated.get(slot.key)
        if answer is None or answer.obstacle is None:
            continue
        if not is_text(slot) or answer.obstacle == "elsewhere":
            yield slot, formula, answer


def why_not(book: OpenedBook, slot: Slot, answer: Evaluated) -> str:
    """Return the reason of an obstacle; with its cell where that is another one."""
    if answer.place is None:
        return answer.reason
    sheet, row, column = answer.place
    if (sheet, address(row, column)) == book.place(slot):
        return answer.reason
    place = f"'{sheet}'!{address(row, column)}"
    return Phrase(
        "evaluation.at", "{reason} ({place})", reason=answer.reason, place=place
    )
