"""A number format hides a number, day or text, or shows another one.

Why it matters
    People read what is shown, formulas what is stored. A format such as ;;; shows
    nothing, "25" shows 25 whatever the value is, a comma at the end shows a
    thousandth, and "MWh" behind a number of kWh says what is not so. So only formats
    that everybody can read are taken: those of the template, digits with decimals and
    thousands marks, signs, brackets, the unit of the number, and dates with day, month
    and year. Rounded digits are a note while three of them are right.

How to fix it
    Give the cell the format General or a number format with as many decimals as you
    need; a day the format yyyy-mm-dd.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, MendedBy, OpenedBook, Severity
from jcm_xl.checks.structure.disguises import Disguise
from jcm_xl.checks.structure.formats import disguised, is_day
from jcm_xl.checks.structure.seen import Seen, seen_cells
from jcm_xl.model.shown import shown
from jcm_xl.plan.slot import Slot
from jcm_xl.text.days import day_of
from jcm_xl.text.phrase import Phrase
from jcm_xl.xlsx.grid import Cell
from jcm_xl.xlsx.number_format import plain_code

_NOTHING = Phrase("disguises.nothing", "nothing")
_ELSE = Phrase("disguises.else", "something else")
_SEVERITY = {
    Disguise.ROUNDED: Severity.NOTE,
    Disguise.DOUBTFUL: Severity.WARNING,
    Disguise.OTHER: Severity.ERROR,
}


@Check(
    needs_template=False,
    severity=Severity.ERROR,
    tonnes=True,
    mended_by=MendedBy.REPAIR,
    basis="ECMA-376 part 1, 18.8.31: a number format may show any text for a number",
    message="{cell} on {sheet} holds {actual}, but its number format '{format}' shows "
    "{shown}.",
    remedy="Give {cell} the format General, or a number format with decimals; a day "
    "the format yyyy-mm-dd.",
)
def number_disguised(context: OpenedBook) -> Iterator[Finding]:
    """Look for cells under a format that is none of the template's."""
    formats = context.grid.styles.formats
    made = {
        name: plain_code(str(style.get("format", "General")))
        for name, style in context.plan.layout.styles.items()
    }

    def is_odd(cell: Cell, slot: Slot | None) -> bool:
        code = formats[cell.style]
        if code == "General":
            return slot is not None and slot.rule == "date"
        return slot is None or plain_code(code) != made[slot.style]

    for seen in seen_cells((*context.official_sheets, *context.aid_sheets), is_odd):
        code = formats[seen.cell.style]
        disguise, text = disguised(context, seen, code)
        if disguise is Disguise.NONE:
            continue
        severity = min(_SEVERITY[disguise], seen.severity)
        text_shown = f"'{text}'" if text else _unseen(disguise)
        held = _held(context, seen)
        yield seen.finding(context, held, severity, format=code, shown=text_shown)


def _unseen(disguise: Disguise) -> Phrase:
    return _NOTHING if disguise is Disguise.OTHER else _ELSE


def _held(context: OpenedBook, seen: Seen) -> str:
    value = seen.cell.value
    if type(value) is not float:
        return shown(value)
    if is_day(context, seen.slot):
        is_1904 = context.grid.is_date1904
        return shown(day_of(value, is_1904=is_1904)) or f"{value:.15g}"
    return f"{value:.15g}"
