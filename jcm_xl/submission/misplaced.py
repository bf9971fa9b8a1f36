"""Symbols and sheets that are not where the plan has them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from jcm_xl.foreign.found import HARMLESS, in_words
from jcm_xl.model.methodology import fold_symbol
from jcm_xl.submission.by_hand import in_stage
from jcm_xl.submission.opened import OpenedBook
from jcm_xl.text.phrase import Phrase

if TYPE_CHECKING:
    from jcm_xl.foreign.book import ForeignBook

_SHEETS = {
    "plan": ("mps_input", "mps_separate"),
    "report": ("mrs_input", "mrs_separate"),
}


def misplaced(context: OpenedBook) -> Iterator[str]:
    """Yield every sheet that is missing and every symbol that is not in its place.

    A value beside the wrong symbol is the wrong value, so nothing may be read from
    such a book.
    """
    if context.foreign is not None:
        yield from _not_taken(context, context.foreign)
        return
    plan = context.plan
    keys = _SHEETS["plan"] + (_SHEETS["report"] if context.stage == "report" else ())
    for name in (plan.sheets[key] for key in keys if key in plan.sheets):
        if context.grid.sheet(name) is None:
            yield Phrase(
                "misplaced.sheet", "the sheet '{sheet}' is missing", sheet=name
            )
            continue
        for slot in plan.where("symbol", name):
            cell = context.cell(slot)
            found = cell.value if cell and isinstance(cell.value, str) else ""
            if fold_symbol(found) != fold_symbol(str(slot.content)):
                sheet, address = context.place(slot)
                yield Phrase(
                    "misplaced.symbol", "{place} should name {symbol}",
                    place=f"'{sheet}'!{address}", symbol=slot.content,
                )  # fmt: skip


def _not_taken(context: OpenedBook, book: ForeignBook) -> Iterator[str]:
    """Yield the values of a hand-made book that could not be placed."""
    for item in book.unplaced:
        if item.reason not in HARMLESS and in_stage(context, item.sheet):
            yield Phrase(
                "misplaced.value", "{place} holds {content}, but {reason}",
                place=f"'{item.sheet}'!{item.cell}", content=item.content,
                reason=in_words(item.reason),
            )  # fmt: skip
