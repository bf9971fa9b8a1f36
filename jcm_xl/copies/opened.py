"""A submission opened to be copied: more is forgiven than for computing with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from jcm_xl.model.methodology import fold_symbol
from jcm_xl.plan.slot import Slot
from jcm_xl.submission.open import (
    CannotUse,
    Unusable,
    open_file,
    read_file,
    refuse_without_overlay,
)
from jcm_xl.submission.opened import OpenedBook
from jcm_xl.submission.settings import Settings
from jcm_xl.text.visible import visible

_INPUT_SHEETS = ("mps_input", "mps_separate", "mrs_input", "mrs_separate")


def open_to_copy(path: str | Path, settings: Settings) -> OpenedBook:
    """Open a book whose inputs are copied; raise `CannotRead` or `CannotUse`.

    A changed symbol is a fault like any other; one that names another row of the
    same sheet is not, as the values beside it may then be another row's.
    """
    book = open_file(read_file(path), settings)
    refuse_without_overlay(book)
    name = visible(book.name)
    if book.foreign is not None:
        raise CannotUse(
            Unusable.BY_HAND,
            f"{name} was not made by jcm_xl. `jcm-xl import` makes a book of its "
            "inputs, which can be copied.",
        )
    for fault in _exchanged(book):
        raise CannotUse(Unusable.EXCHANGED, f"{name}: {visible(fault)}")
    for fault in _laid_out_otherwise(book):
        raise CannotUse(Unusable.MISPLACED, f"{name}: {visible(fault)}")
    return book


def _laid_out_otherwise(context: OpenedBook) -> Iterator[str]:
    """Yield a sheet on which the symbols stand elsewhere, as in a book made by hand."""
    plan = context.plan
    names = [plan.sheets[key] for key in _INPUT_SHEETS if key in plan.sheets]
    if all(name not in context.sheets for name in names):
        yield f"it has none of the input sheets of {context.methodology.key}."
    for name in names:
        found = [_symbol_at(context, slot) for slot in plan.where("symbol", name)]
        due = [fold_symbol(str(slot.content)) for slot in plan.where("symbol", name)]
        right = sum(a == b for a, b in zip(found, due, strict=True))
        if name in context.sheets and due and 2 * right < len(due):
            yield (
                f"its sheet '{name}' is not laid out as the template of "
                f"{context.methodology.key}: {right} of {len(due)} symbols stand in "
                "their places."
            )


def _symbol_at(context: OpenedBook, slot: Slot) -> str:
    cell = context.cell(slot)
    return fold_symbol(cell.value if cell and isinstance(cell.value, str) else "")


def _exchanged(context: OpenedBook) -> Iterator[str]:
    plan = context.plan
    for name in plan.official:
        slots = [s for s in plan.where("symbol", name) if s.name]
        symbols = {fold_symbol(str(slot.content)) for slot in slots}
        for slot in slots:
            found = _symbol_at(context, slot)
            if found in symbols and found != fold_symbol(str(slot.content)):
                sheet, address = context.place(slot)
                yield (
                    f"'{sheet}'!{address} names {found} where {slot.content} belongs. "
                    "Rows may have been exchanged, and with them their values: put "
                    "them back in order first."
                )
