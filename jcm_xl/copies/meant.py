"""What a finding asks for in a cell, as one types it there.

The value that it expects in an input, or what the template has in a locked cell that
holds something else.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from jcm_xl.model.finding import Diagnostic
from jcm_xl.plan.cells import expected_text
from jcm_xl.plan.slot import Slot
from jcm_xl.submission.opened import OpenedBook

TypedIn: TypeAlias = float | str | date
_SLIPS = frozenset((
    "JX304", "JX310", "JX311", "JX313", "JX319", "JX328", "JX335", "JX347", "JX348",
))  # fmt: skip
"""Checks of a slip, whose expected value is what was meant by that which stands there.

Others expect a count of months, a unit, one of several choices: nothing to be typed."""
_BETWEEN = (" or ", " / ")
"""What stands between the readings of a value that has several."""


class MeantValue(NamedTuple):
    """What belongs into one cell; `text` is how the finding spells it.

    formula: without `=`, where the template has one there; then there is no value.
    is_input: whether the cell is one that participants type into.
    """

    sheet: str
    cell: str
    value: TypedIn | None
    text: str
    formula: str | None = None
    is_input: bool = True


def meant(book: OpenedBook, d: Diagnostic) -> tuple[MeantValue, ...]:
    """Return what a finding asks for in its cell, each reading of it in order.

    Nothing where it is about no single cell, or where another value would not do.
    """
    slot = book.plan.get(d.slot) if d.slot else None
    if slot is None or d.block or not (d.sheet and d.cell and d.expected):
        return ()
    if not slot.is_input:
        return _restored(book, d, slot)
    if d.code not in _SLIPS:
        return ()
    return tuple(
        MeantValue(d.sheet, d.cell, value, text)
        for text, value in readings(slot.rule, str(d.expected))
    )


def _restored(book: OpenedBook, d: Diagnostic, slot: Slot) -> tuple[MeantValue, ...]:
    """Return what the template has in a cell where the book has something else.

    Not in a book whose lines were moved: there the formula would read other cells.
    """
    is_ours = book.foreign is None and not book.alterations
    if not is_ours or slot.key not in book.changed:
        return ()
    text = str(d.expected)
    if slot.formula:
        return (MeantValue(d.sheet, d.cell, None, text, slot.formula, False),)
    if isinstance(slot.content, Decimal):
        return (MeantValue(d.sheet, d.cell, float(slot.content), text, None, False),)
    content = expected_text(slot) or None
    return (MeantValue(d.sheet, d.cell, content, text, None, False),)


def readings(rule: str, expected: str) -> tuple[tuple[str, TypedIn], ...]:
    """Return each reading of what is expected, as text and as a cell takes it.

    rule: that of the cell's slot. A reading that such a cell does not take is left out.
    """
    texts = [expected]
    for sign in _BETWEEN:
        texts = [part for text in texts for part in text.split(sign)]
    found = ((text, _typed(rule, text)) for text in dict.fromkeys(texts))
    return tuple((text, value) for text, value in found if value is not None)


def _typed(rule: str, text: str) -> TypedIn | None:
    if rule not in ("number", "date"):
        return text
    try:
        return float(text) if rule == "number" else date.fromisoformat(text)
    except ValueError:
        return None
