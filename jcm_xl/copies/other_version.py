"""Inputs of a book of one version in the book of another one: which of them fit."""

from __future__ import annotations

from collections.abc import Container, Iterator

from jcm_xl.foreign.found import Reason, Remark, Unplaced, Why
from jcm_xl.model.key import Key
from jcm_xl.model.methodology import Methodology, Parameter
from jcm_xl.model.shown import shown
from jcm_xl.model.submission import Value
from jcm_xl.plan.plan import Plan
from jcm_xl.submission.opened import OpenedBook
from jcm_xl.text.visible import visible


def moved_not(context: OpenedBook, plan: Plan) -> Iterator[Unplaced]:
    """Yield the inputs that the other version takes no more, or takes otherwise."""
    for key, value in context.submission.values.items():
        before = context.methodology.parameters.get(key.name)
        after = plan.methodology.parameters.get(key.name)
        reason = _why_not(key, value, plan, before, after)
        if reason is not None:
            slot = context.plan[key]
            units = (
                (str(before.unit), str(after.unit)) if before and after else ("", "")
            )
            unit, wanted = units if reason is Reason.OTHER_UNIT else ("", "")
            sheet, cell = context.place(slot)
            content = visible(shown(value))
            yield Unplaced(sheet, cell, content, reason, slot.name, key, unit, wanted)


def _why_not(
    key: Key, value: Value, plan: Plan, before: Parameter | None,
    after: Parameter | None,
) -> Reason | None:  # fmt: skip
    if key not in plan.slots or not plan[key].is_input:
        return Reason.NOT_ASKED
    if before is None or after is None:
        return None
    if key.notion == "value" and before.unit != after.unit:
        return Reason.OTHER_UNIT
    if key.notion == "option" and not _is_offered(value, after):
        return Reason.NOT_OFFERED
    if key.notion == "value" and not _is_choice_of(value, plan.methodology, after):
        return Reason.NOT_OFFERED
    return None


def _is_offered(value: Value, p: Parameter) -> bool:
    return str(value) in {f"Option {option}" for option in p.options}


def _is_choice_of(value: Value, m: Methodology, p: Parameter) -> bool:
    """Tell whether a number stands where one belongs, or a text that may be chosen."""
    return value in m.choices(p) if p.is_choice else not isinstance(value, str)


def redescribed(
    context: OpenedBook, plan: Plan, moved: Container[Key]
) -> Iterator[Remark]:
    """Yield the values whose parameter is described in other words there."""
    for key, value in context.submission.values.items():
        before = context.methodology.parameters.get(key.name)
        after = plan.methodology.parameters.get(key.name)
        if key.notion != "value" or key not in moved or not (before and after):
            continue
        if before.label != after.label:
            sheet, cell = context.place(context.plan[key])
            content = visible(shown(value))
            yield Remark(sheet, cell, content, Why.REDESCRIBED, key.name, key)
