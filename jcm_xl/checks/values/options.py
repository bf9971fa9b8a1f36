"""The monitoring options of a parameter, and the texts that go with them."""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.model.key import Key, option_key
from jcm_xl.model.methodology import Parameter
from jcm_xl.model.shown import shown
from jcm_xl.plan.slot import Slot
from jcm_xl.submission.opened import OpenedBook
from jcm_xl.submission.other_books import shown_text


def chosen(context: OpenedBook, p: Parameter, stage: str) -> set[str]:
    """Return the letters of the options chosen for a parameter, or its only one."""
    if len(p.options) == 1:
        return set(p.options)
    keys = (option_key(stage, p.name, unit) for unit in context.plan.units(p))
    typed = (shown(context.submission.get(key))[-1:].upper() for key in keys)
    return {letter for letter in typed if letter in p.options}


def texts_of(context: OpenedBook, p: Parameter, stage: str) -> list[str]:
    """Return all that the columns of texts say of a parameter at a stage."""
    roles = context.plan.layout.texts
    slots = (context.plan.get(Key(stage, role, p.name)) for role in roles)
    return [shown_text(context.cached, slot) for slot in slots if slot is not None]


def typed_texts(
    context: OpenedBook, role: str
) -> Iterator[tuple[Slot, Parameter, str]]:
    """Yield (cell, parameter, stage) of the texts of Table 1 that were typed."""
    for slot in context.plan.where(role):
        p = context.methodology.parameters.get(slot.name)
        if p is None or not p.is_monitored or slot.key not in context.submission.values:
            continue
        if context.is_judged(slot):
            yield slot, p, slot.key.stage
