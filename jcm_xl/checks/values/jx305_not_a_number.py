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
from jcm_xl.model.reading import read
from jcm_xl.model.shown import shown
from jcm_xl.model.submission import CellError, DateNumber
from jcm_xl.plan.slot import Slot
from jcm_xl.text.phrase import Phrase


@Check(
    severity=Severity.ERROR,
    tonnes=True,
    basis="Monitoring Plan and Report Sheets: values are numbers in the unit beside "
    "them",
    message="{cell} on {sheet} takes a number; it holds '{actual}' ({kind}).{meant}",
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
        elif isinstance(value, DateNumber):
            yield _finding(context, slot, str(value), _DATE, read(value).typed)
        elif not isinstance(value, float):
            yield _finding(context, slot, shown(value), _TRUTH)


_ERROR = Phrase("kinds.error", "an error value of a formula")
_TRUTH = Phrase("kinds.truth", "a truth value")
_DATE = Phrase("kinds.date", "a number that the cell shows as a date")
_NUMBER = Phrase("kinds.number", "a number")


def _finding(
    context: OpenedBook,
    slot: Slot,
    actual: str,
    kind: Phrase,
    meant: float | None = None,
) -> Finding:
    number = "" if meant is None else f"{meant:.15g}"
    probably = Phrase("kinds.probably", " Probably meant: {number}.", number=number)
    return Finding(
        slot,
        parameter=context.subject(slot),
        actual=actual,
        expected=number or _NUMBER,
        facts={
            "kind": kind,
            "meant": probably if number else "",
            "advice": _advice(context.place(slot)[1], kind),
        },
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
