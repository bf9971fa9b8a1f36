"""Which check tells a changed cell: each difference is told exactly once."""

from __future__ import annotations

from enum import Enum, auto

from jcm_xl.formula.compare import is_one_round_down
from jcm_xl.plan.slot import Slot


class Topic(Enum):
    """What a changed cell is about."""

    AID = auto()
    HEADER = auto()
    TEXT = auto()
    UNIT = auto()
    OPTION = auto()
    DEFAULT = auto()
    FORMULA = auto()
    VALUE = auto()
    EMPTIED = auto()
    FILLED = auto()
    PERIOD = auto()
    FIXED = auto()
    RESULT = auto()


_BY_ROLE = {
    "unit": Topic.UNIT,
    "header": Topic.HEADER,
    "title": Topic.HEADER,
    "draft": Topic.HEADER,
    "option_fixed": Topic.OPTION,
    "default": Topic.DEFAULT,
    "default_key": Topic.DEFAULT,
    "result": Topic.RESULT,
}
_BY_KIND = {
    "formula": Topic.FORMULA,
    "value": Topic.VALUE,
    "blank": Topic.EMPTIED,
    "text": Topic.TEXT,
    "number": Topic.DEFAULT,
    "added": Topic.TEXT,
}


def same_text(first: str, second: str) -> bool:
    """Compare two texts; blanks, line breaks and outer spaces are forgiven."""
    return first.split() == second.split()


def topic_of(slot: Slot, found: tuple[str, str, str], is_aid: bool) -> Topic:
    """Return the topic of a difference (kind, actual, expected)."""
    kind, actual, expected = found
    if is_aid:
        return Topic.AID
    if slot.role == "copy" and slot.key.is_in("mrs", "value"):
        return Topic.FIXED
    if slot.role == "result" and kind == "formula" and is_one_round_down(actual):
        return Topic.FORMULA
    if slot.role == "period_copy" and kind == "value":
        return Topic.PERIOD
    if slot.role in _BY_ROLE:
        return _BY_ROLE[slot.role]
    if not slot.formula and not expected:
        return Topic.FILLED
    return _BY_KIND[kind]
