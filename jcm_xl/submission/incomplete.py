"""What is blank in a book: inputs, and months of inputs that are typed by month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jcm_xl.model.key import FIRST_MONTH, Key
from jcm_xl.model.result import Missing
from jcm_xl.model.submission import Stage
from jcm_xl.plan.slot import Slot
from jcm_xl.plan.stage import (
    MONTHS,
    begins_elsewhere,
    month_factor,
    months_in_period,
)
from jcm_xl.submission.opened import OpenedBook


def missing_inputs(book: OpenedBook) -> tuple[tuple[Slot, Missing], ...]:
    """Return the required inputs that are blank: not those of a deleted cell.

    Table 2 is asked for once, in the plan.
    """
    return book.once(_missing)


def _missing(book: OpenedBook) -> tuple[tuple[Slot, Missing], ...]:
    return tuple(
        (slot, item)
        for stage in book.stages
        for item in book.results[stage].missing
        if item.row != 0 and _is_asked_for(book, item, stage)
        for slot in (_typed_at(book, item, stage),)
        if _is_blank(book, slot)
    )


def _is_asked_for(book: OpenedBook, item: Missing, stage: Stage) -> bool:
    """Tell whether it is told for this stage; of a unit of the report alone it is."""
    p = book.parameter(item.name)
    if stage is Stage.PLAN or p.is_monitored:
        return True
    return p.index is not None and item.row not in book.inputs[Stage.PLAN].used[p.index]


def _typed_at(book: OpenedBook, item: Missing, stage: Stage) -> Slot:
    p = book.parameter(item.name)
    return book.plan.value(p, stage if p.is_monitored else Stage.PLAN, item.row)


def _is_blank(book: OpenedBook, slot: Slot) -> bool:
    if slot.key in book.submission.values or book.is_gone(slot):
        return False
    answer = book.evaluated.get(slot.key)
    # What a formula does not give is reported by checks of its own.
    return answer is None or answer.obstacle is None


def waiting_months(book: OpenedBook) -> Mapping[Key, Slot]:
    """Return the values that wait for months, with the first one missing."""
    return book.once(_waiting)


def _waiting(book: OpenedBook) -> Mapping[Key, Slot]:
    if not book.plan.monthly or book.stage == "plan":
        return {}
    return dict(_incomplete(book, months_in_period(book.submission)))


def _incomplete(book: OpenedBook, months: int) -> Iterator[tuple[Key, Slot]]:
    wanted = set(range(1, min(months, MONTHS) + 1))
    elsewhere = begins_elsewhere(book.submission)
    for slot in book.plan.where("value"):
        key, values = slot.key, book.submission.values
        if key.stage != Stage.REPORT or key.in_month(1) not in book.plan.slots:
            continue
        typed = {k for k in range(1, MONTHS + 1) if key.in_month(k) in values}
        times = month_factor(book.plan, book.submission, key)
        if key.month_total in values:
            if typed or times is None:
                yield (
                    key,
                    book.plan[key.month_unit if times is None else key.month_total],
                )
        elif typed and elsewhere:
            yield key, book.plan[FIRST_MONTH]
        elif typed and times is None:
            yield key, book.plan[key.month_unit]
        elif typed and typed != wanted:
            first = min(wanted - typed or typed - wanted)
            yield key, book.plan[key.in_month(first)]
