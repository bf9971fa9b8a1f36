"""A number cell holds something that is no number.

Why it matters
    A remark, an error value, TRUE or a date in a number cell does not count; the
    reduction cannot be calculated from it.

How to fix it
    Type the number, 0 if the amount was nothing. A remark belongs under Other
    comments. Where a number turned into a date, set the cell's format to General
    and type the number again.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Audience, Context, Finding, Phase, Severity, check
from jcm_xl.checks.context import shown
from jcm_xl.checks.number_texts import number_texts
from jcm_xl.model.submission import Value
from jcm_xl.workbook.readings import date_of_serial
from jcm_xl.workbook.slot import Slot


@check(
    code="JX305",
    name="not-a-number",
    phase=Phase.VALUES,
    severity=Severity.ERROR,
    audience=Audience.PARTICIPANT,
    basis="Monitoring Plan and Report Sheets: values are numbers in the unit beside "
    "them",
    message="{cell} on {sheet} takes a number; it holds '{actual}'.",
    remedy="Type the number, 0 if it was nothing; put remarks under Other comments.",
)
def not_a_number(context: Context) -> Iterator[Finding]:
    """Report texts without a number, errors, truth values and dates."""
    for slot, text, meant in number_texts(context):
        if meant is None:
            yield Finding(slot, parameter=context.subject(slot), actual=text)
    for slot, value in context.typed:
        is_number_cell = slot.rule == "number" and not isinstance(value, str)
        if is_number_cell and (actual := _as_shown(context, slot, value)):
            yield Finding(slot, parameter=context.subject(slot), actual=actual)


def _as_shown(context: Context, slot: Slot, value: Value) -> str:
    """Return what a cell shows that holds no plain number, nothing for a number."""
    if not isinstance(value, float):
        return shown(value)
    cell = context.cell(slot)
    if cell is None or not context.grid.styles.is_date(cell.style):
        return ""
    day = date_of_serial(value)
    return day.isoformat() if day else shown(value)
