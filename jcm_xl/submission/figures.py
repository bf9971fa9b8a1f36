"""The main figures of a stage (RE, PE, ER, Table 3) by the definition."""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.formula.scan import CellPlace
from jcm_xl.model.key import Key
from jcm_xl.model.result import Result
from jcm_xl.model.submission import Stage
from jcm_xl.model.tolerance import is_near_whole, same_number
from jcm_xl.plan.slot import Slot
from jcm_xl.submission.opened import OpenedBook
from jcm_xl.xlsx.grid import parse_address


def figures_of(
    context: OpenedBook, stage: Stage
) -> Iterator[tuple[Slot, float | str | None]]:
    """Yield the cells of the main figures with what the definition gives."""
    names, result = context.methodology.results, context.results[stage]
    for name in dict.fromkeys((names.reference, names.project, names.reduction)):
        slot = context.plan.get(Key(stage, "quantity", name))
        if slot is not None:
            yield slot, _own(result, name)
    credited = result.sheet_credited
    own = result.status if credited is None else float(credited)
    yield context.plan[Key(stage, "result")], own


def _own(result: Result, name: str) -> float | str | None:
    if result.missing:
        return result.status
    quantity = result.get(name)
    if quantity is None:
        return None
    return quantity.error if quantity.value is None else quantity.value


def first_differing_by_hand(book: OpenedBook, stage: Stage) -> Slot | None:
    """Return the first figure of a hand-made stage that its formulas give otherwise.

    A figure that nobody can evaluate, or that was not found, is passed over.
    """
    result = book.results[stage]
    wanted = {
        slot: (_place(book, slot), own)
        for slot, own in figures_of(book, stage)
        if isinstance(own, float) and book.cell(slot) is not None
    }
    if result.missing or not wanted:
        return None
    from jcm_xl.formula.evaluation.book import evaluate_cells

    answers = evaluate_cells(book.file.grid, [place for place, _ in wanted.values()])
    for slot, (place, own) in wanted.items():
        value = answers[place].value
        if answers[place].obstacle is not None:
            continue
        if not isinstance(value, float) or not _agree(slot, own, value, result):
            return slot
    return None


def _agree(slot: Slot, own: float, value: float, result: Result) -> bool:
    if same_number(own, value):
        return True
    unrounded = result.unrounded
    is_edge = unrounded is not None and is_near_whole(unrounded)
    return slot.role == "result" and is_edge and abs(own - value) <= 1


def _place(book: OpenedBook, slot: Slot) -> CellPlace:
    sheet, cell = book.place(slot)
    return (sheet, *parse_address(cell))
