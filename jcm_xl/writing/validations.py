"""Drop-downs, limits and prompts of the input cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from jcm_xl.model.key import Key
from jcm_xl.model.limits import limits
from jcm_xl.model.methodology import Bounds, Parameter
from jcm_xl.plan.plan import Plan
from jcm_xl.plan.slot import MONTHLY, Slot
from jcm_xl.plan.stage import month_units
from jcm_xl.text.days import serial
from jcm_xl.xlsx.grid import Validation

_LONGEST_LIST = 255
_TITLE, _TEXT = 32, 255
"""Excel's limits for a validation's title and message."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[^a-z\s])|(?<=[。！？])")
_ROWS = Bounds(at_least=Decimal(1), at_most=Decimal(10_000))


def add_validations(plan: Plan, sheets: dict[str, Any]) -> None:
    """Add one validation for each run of like cells in a column."""
    for first, last in _runs(plan):
        rule = _rule(plan, first)
        if rule:
            sheets[first.sheet].data_validation(
                first.row - 1, first.column - 1, last.row - 1, last.column - 1, rule
            )


def shown_at(plan: Plan) -> Iterator[tuple[str, str]]:
    """Yield the first cell of each run with the prompt that its cells show."""
    for first, _ in _runs(plan):
        if rule := _rule(plan, first):
            yield first.absolute, rule["input_message"]


def _runs(plan: Plan) -> Iterator[tuple[Slot, Slot]]:
    """Yield first and last slot of neighbours that take the same kind of entry."""
    start: Slot | None = None
    before: Slot | None = None
    typed = (slot for slot in plan.inputs if slot.is_open)
    for slot in sorted(typed, key=lambda s: (s.sheet, s.column, s.row)):
        is_next = before is not None and (
            before.sheet,
            before.column,
            before.row + 1,
            before.name,
            before.rule,
        ) == (slot.sheet, slot.column, slot.row, slot.name, slot.rule)
        if not is_next:
            if start and before:
                yield start, before
            start = slot
        before = slot
    if start and before:
        yield start, before


def _rule(plan: Plan, slot: Slot) -> dict[str, Any] | None:
    text = plan.messages
    if slot.rule == "date":
        return _messages(
            {"validate": "date", "criteria": ">=", "value": date(2000, 1, 1)},
            text("prompt.date_title"),
            text("prompt.date"),
            error=text("prompt.wrong_date"),
        )
    if slot.rule == "point":
        return _messages(
            {"validate": "list", "source": points_source(plan)},
            text("prompt.choice_title"),
            text("meters.point"),
            error=text("prompt.wrong_choice"),
        )
    if slot.rule == "row":
        return _messages(
            {"validate": "whole", **_criteria(_ROWS)},
            text("prompt.number_title"),
            text("meters.row"),
            error=text("meters.row"),
        )
    if slot.rule == "month_unit":
        own = str(plan.methodology.parameters[slot.name].unit)
        return _messages(
            {"validate": "list", "source": list(month_units(own))},
            text("prompt.choice_title"),
            text("monthly.unit"),
            error=text("prompt.wrong_choice"),
        )
    return _rule_of_parameter(plan, slot)


def _rule_of_parameter(plan: Plan, slot: Slot) -> dict[str, Any] | None:
    text = plan.messages
    parameter = plan.methodology.parameters.get(slot.name)
    if slot.rule == "option" and parameter:
        options = [f"Option {option}" for option in parameter.options]
        return _messages(
            {"validate": "list", "source": options},
            text("prompt.option_title"),
            text("prompt.option"),
            error=text("prompt.wrong_choice"),
        )
    if slot.rule == "choice" and parameter:
        return _messages(
            {"validate": "list", "source": list_source(plan, parameter)},
            text("prompt.choice_title"),
            text("prompt.choice"),
            parameter.note,
            error=text("prompt.wrong_choice"),
        )
    if slot.role in MONTHLY and plan.is_steady:
        return _amount_of_months(plan, slot)
    if slot.rule == "number":
        return _number(plan, parameter)
    return None


def _amount_of_months(plan: Plan, slot: Slot) -> dict[str, Any]:
    """Take any number: a credit note is negative, and limits are those of the sum."""
    text = plan.messages
    unit = str(plan.methodology.parameters[slot.name].unit).removesuffix("/p")
    word = "one_total" if slot.role == "month_total" else "negative"
    return _messages(
        {"validate": "decimal", **_criteria(Bounds())},
        text("prompt.number_title"),
        text("prompt.number", unit=unit),
        text(f"monthly.{word}"),
        text("prompt.bare"),
        error=text("prompt.wrong", unit=unit, range=""),
    )


def points_source(plan: Plan) -> str:
    """Return the range of the monitoring points on the sheet Meters."""
    slots = [s for s in plan.slots.values() if s.key.is_in("meters", "point_text")]
    return f"={slots[0].absolute}:{slots[-1].fixed}"


def list_source(plan: Plan, parameter: Parameter) -> list[str] | str:
    """Return a drop-down's texts, or the range that holds them."""
    choices = plan.methodology.choices(parameter)
    if isinstance(parameter.choices, str):
        table = Key("mps", "table", parameter.choices, part="key")
        keys = [table.with_unit(i) for i in range(len(choices))]
        first, last = plan[keys[0]], plan[keys[-1]]
        return f"={first.absolute}:{last.fixed}"
    if len(",".join(choices)) > _LONGEST_LIST:
        raise ValueError(
            f"the choices of {parameter.name} need a table: over 255 signs"
        )
    return list(choices)


def _number(plan: Plan, parameter: Parameter | None) -> dict[str, Any]:
    text = plan.messages
    bounds = parameter.bounds if parameter else Bounds(above=Decimal(0))
    unit = str(parameter.unit) if parameter else "days"
    given = text.say(limits(bounds)) if bounds != Bounds() else ""
    parts = [text("prompt.number", unit=unit)]
    if given:
        parts.append(text("prompt.range", range=given))
    if parameter:
        parts.append(parameter.note)
    if parameter and parameter.open:
        parts.append(parameter.open.note)
    parts.append(text("prompt.bare"))
    if bounds.admit(0):
        parts.append(text("prompt.nothing"))
    tail = f" ({given})" if given else ""
    return _messages(
        {"validate": "integer" if bounds.is_whole else "decimal", **_criteria(bounds)},
        text("prompt.number_title"),
        *parts,
        error=text("prompt.wrong", unit=unit, range=tail),
    )


def _criteria(bounds: Bounds) -> dict[str, Any]:
    low = bounds.at_least if bounds.at_least is not None else bounds.above
    high = bounds.at_most if bounds.at_most is not None else bounds.below
    if low is not None and high is not None:
        ends = {"minimum": _spelled(low), "maximum": _spelled(high)}
        return {"criteria": "between", **ends}
    if low is not None:
        sign = ">=" if bounds.at_least is not None else ">"
        return {"criteria": sign, "value": _spelled(low)}
    if high is not None:
        sign = "<=" if bounds.at_most is not None else "<"
        return {"criteria": sign, "value": _spelled(high)}
    return {"criteria": "between", "minimum": "-1E+300", "maximum": "1E+300"}


def _spelled(limit: Decimal) -> str:
    """Return a limit as Excel spells it in a formula: with a capital E."""
    return repr(float(limit)).upper()


_OPERATORS = {
    ">": "greaterThan", ">=": "greaterThanOrEqual", "<": "lessThan",
    "<=": "lessThanOrEqual", "between": "between",
}  # fmt: skip


def stored_rules(plan: Plan) -> dict[str, list[tuple[Validation, Slot, Slot]]]:
    """Return the rules by sheet as a book stores them, each with its run of cells."""
    found: dict[str, list[tuple[Validation, Slot, Slot]]] = {}
    for first, last in _runs(plan):
        if rule := _rule(plan, first):
            reference = first.address
            if last != first:
                reference += f":{last.address}"
            stored = Validation(reference, *_stored(rule))
            found.setdefault(first.sheet, []).append((stored, first, last))
    return found


def prompts(plan: Plan) -> dict[str, list[str]]:
    """Return by sheet all texts that its inputs are prompted with."""
    names = ("input_title", "input_message", "error_title", "error_message")
    found: dict[str, list[str]] = {}
    for first, _ in _runs(plan):
        if rule := _rule(plan, first):
            found.setdefault(first.sheet, []).extend(rule[name] for name in names)
    return found


def _stored(rule: dict[str, Any]) -> tuple[str, str, str, str]:
    """Return type, formulas and operator of a rule in the words of the file."""
    kind, source = rule["validate"], rule.get("source")
    if isinstance(source, str):
        return kind, source.removeprefix("="), "", "between"
    if source is not None:
        return kind, f'"{",".join(source)}"', "", "between"
    first = rule.get("value", rule.get("minimum"))
    if isinstance(first, date):
        first = int(serial(first))
    last = rule.get("maximum", "")
    return kind, str(first), str(last), _OPERATORS[rule["criteria"]]


def _messages(
    rule: dict[str, Any], title: str, *prompt: str, error: str
) -> dict[str, Any]:
    return {
        **rule,
        "input_title": title[:_TITLE],
        "input_message": fitted(prompt),
        "error_title": title[:_TITLE],
        "error_message": fitted([error]),
        "error_type": "stop",
    }


def fitted(parts: Iterable[str]) -> str:
    """Return as many whole sentences as fit, those of the first parts before others.

    A sentence that does not fit is left out with the rest of its part; what follows of
    other parts may still fit.
    """
    told: list[str] = []
    for part in parts:
        for sentence in _SENTENCE.split(part):
            if len(" ".join([*told, sentence])) > _TEXT:
                break
            if sentence:
                told.append(sentence)
    return " ".join(told)
