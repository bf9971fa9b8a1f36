"""A number cell holds something that is no number.

Why it matters
    A remark, an error value, TRUE or a date in a number cell does not count; the
    reduction cannot be calculated from it.

How to fix it
    Type the number, 0 if the amount was nothing. A remark belongs under Other
    comments. A cell that looks empty may hold a blank: press Delete in it. Where a
    number turned into a date, set the cell's format to General and type it again.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.checks.values.number_texts import EMPTY, number_texts, without_leftovers
from jcm_xl.model.shown import shown
from jcm_xl.model.submission import CellError
from jcm_xl.plan.slot import Slot
from jcm_xl.text.days import day_of
from jcm_xl.text.phrase import Phrase


@Check(
    severity=Severity.ERROR,
    tonnes=True,
    basis="Monitoring Plan and Report Sheets: values are numbers in the unit beside "
    "them",
    message="{cell} on {sheet} takes a number; it holds '{actual}' ({kind}). Probably "
    "meant: {expected}.",
    remedy="{advice}",
)
def not_a_number(context: OpenedBook) -> Iterator[Finding]:
    """Report texts without a number, errors, truth values and dates."""
    for slot, text, meant, kind in number_texts(context):
        if not meant:
            probable = without_leftovers(text)
            yield _finding(context, slot, text, kind, probable)
    for slot, value in context.typed:
        if slot.rule != "number" or isinstance(value, str):
            continue
        if isinstance(value, CellError):
            yield _finding(context, slot, value.code, _ERROR)
        elif not isinstance(value, float):
            yield _finding(context, slot, shown(value), _TRUTH)
        elif actual := _as_date(context, slot, value):
            is_day = _DAYS[0] <= value <= _DAYS[1]
            yield _finding(context, slot, actual, _DATE, None if is_day else value)


_ERROR = Phrase("kinds.error", "an error value of a formula")
_TRUTH = Phrase("kinds.truth", "a truth value")
_DATE = Phrase("kinds.date", "a number that the cell shows as a date")
_DAYS = (36_526, 54_789)
"""A number that shows as a day of 2000 to 2049 may well have been typed as one."""
_UNCLEAR = Phrase("kinds.unclear", "not clear")


def _finding(
    context: OpenedBook,
    slot: Slot,
    actual: str,
    kind: Phrase,
    meant: float | None = None,
) -> Finding:
    return Finding(
        slot,
        parameter=context.subject(slot),
        actual=actual,
        expected=_UNCLEAR if meant is None else f"{meant:.15g}",
        facts={"kind": kind, "advice": _advice(context.place(slot)[1], kind)},
    )


def _advice(cell: str, kind: Phrase) -> Phrase:
    """Return what to do with what stands there."""
    if kind.key == EMPTY.key:
        english = (
            "Select {cell} and press Delete if there is nothing to report; type the "
            "number, 0 included, if there is one."
        )
        return Phrase("kinds.advice-empty", english, cell=cell)
    if kind.key == _DATE.key:
        english = "Set the format of the cell to General and type the number again."
        return Phrase("kinds.advice-date", english)
    english = "Type the number, 0 if it was nothing; put remarks under Other comments."
    return Phrase("kinds.advice", english)


def _as_date(context: OpenedBook, slot: Slot, value: float) -> str:
    """Return the date as which a cell shows its number, nothing for a plain number."""
    cell = context.cell(slot)
    if cell is None or not context.grid.styles.is_date(cell.style):
        return ""
    day = day_of(value)
    return day.isoformat() if day else shown(value)
