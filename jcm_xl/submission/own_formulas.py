"""Input cells that the template fills by a formula, where they hold another one."""

from __future__ import annotations

from jcm_xl.formula.compare import same_formula
from jcm_xl.model.shown import shown
from jcm_xl.plan.slot import Slot
from jcm_xl.submission.opened import OpenedBook


def replaced_links(book: OpenedBook) -> tuple[Slot, ...]:
    """Return the cells that take months, but not by the formula of their column."""
    return book.once(_replaced)


def _replaced(book: OpenedBook) -> tuple[Slot, ...]:
    return tuple(
        slot
        for slot in book.plan.inputs
        if slot.is_locked and not book.is_gone(slot) and not _is_own(book, slot)
    )


def _is_own(book: OpenedBook, slot: Slot) -> bool:
    cell = book.cell(slot)
    formula = cell.formula if cell is not None else None
    return bool(formula) and same_formula(str(formula), slot.formula)


def texts_of_others(book: OpenedBook) -> tuple[tuple[Slot, str, str], ...]:
    """Return the cells with a monitoring text of another row: (cell, found, own)."""
    return book.once(_texts_of_others)


def _texts_of_others(book: OpenedBook) -> tuple[tuple[Slot, str, str], ...]:
    roles, found = book.plan.layout.option_texts, []
    for slot, formula in book.formula_inputs:
        if slot.formula and slot.role in roles and _asks_for_options(formula):
            cell = book.cell(slot)
            actual, own = shown(cell.value if cell else None), book.cached.of(slot)
            if actual != own:
                found.append((slot, actual, str(own)))
    return tuple(found)


def _asks_for_options(formula: str) -> bool:
    """Tell whether a formula takes its text by option, as those of the template do."""
    return formula.upper().startswith("IF(") and '"Option ' in formula
