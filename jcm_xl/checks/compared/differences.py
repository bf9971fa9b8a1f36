"""Inputs of the plan that differ from those of another book."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jcm_xl.model.key import PLAN_DAYS, Key
from jcm_xl.model.submission import Stage
from jcm_xl.plan.slot import Slot
from jcm_xl.plan.stage import is_used, plan_days
from jcm_xl.submission.opened import OpenedBook
from jcm_xl.submission.other_books import OtherBook, same_value

SlotDifference = tuple[Slot, object, object]
"""A cell, what stands there, and what the other book has."""


def fixed_differences(
    context: OpenedBook, book: OtherBook | None
) -> Iterator[SlotDifference]:
    """Yield the values of Table 2 that differ from those of the other book's plan."""
    return _values(context, book, is_monitored=False)


def estimate_differences(
    context: OpenedBook, book: OtherBook
) -> Iterator[SlotDifference]:
    """Yield the estimates of Table 1 that differ, and the days that they cover."""
    yield from _values(context, book, is_monitored=True)
    own, other = (plan_days(b.submission) for b in (context, book))
    if own != other and not book.is_foreign:  # a blank cell stands for a year
        yield context.plan[PLAN_DAYS], own, other


def in_both(context: OpenedBook, book: OtherBook, slot: Slot) -> bool:
    """Tell whether a slot stands in both books, and in a unit row that both use.

    Rows that only one of them uses are told by a check of their own.
    """
    if book.plan.get(slot.key) is None:
        return False
    if slot.unit is None:
        return True
    p = context.methodology.parameters.get(slot.name)
    index = p.index if p else slot.key.name
    if index is None or index not in context.plan.rows:
        return True
    return all(
        is_used(b.plan, b.submission, Stage.PLAN, index, slot.unit)
        for b in (context, book)
    )


def not_found(context: OpenedBook, book: OtherBook) -> Iterator[tuple[Slot, object]]:
    """Yield the values of the plan that a book made by hand does not show."""
    if not book.is_foreign:
        return
    for p in context.methodology.inputs:
        for key in context.plan.values(p, Stage.PLAN):
            own = context.submission.get(key)
            if own is not None and book.submission.get(key) is None:
                slot = context.plan[key]
                if in_both(context, book, slot):
                    yield slot, own


def _values(
    context: OpenedBook, book: OtherBook | None, *, is_monitored: bool
) -> Iterator[SlotDifference]:
    if book is None:
        return
    known = book.methodology.parameters
    for p in context.methodology.inputs:
        same = known.get(p.name)
        if p.is_monitored is not is_monitored or not same or same.unit != p.unit:
            continue
        yield from _different(context, book, context.plan.values(p, Stage.PLAN))


def _different(
    context: OpenedBook, book: OtherBook, keys: Iterable[Key]
) -> Iterator[SlotDifference]:
    for key in keys:
        slot = context.plan[key]
        own, other = context.submission.get(key), book.submission.get(key)
        if other is None and book.is_foreign:
            continue  # not found there: told by a check of its own
        if not same_value(own, other) and in_both(context, book, slot):
            yield slot, own, other
