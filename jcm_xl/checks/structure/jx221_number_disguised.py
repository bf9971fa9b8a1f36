"""A number format hides a number or shows another one.

Why it matters
    People read what is shown, formulas what is stored. A format such as ;;; shows
    nothing, "25" shows 25 whatever the value is, a comma at the end shows a
    thousandth, and "MWh" behind a number of kWh says what is not so.

How to fix it
    Give the cell the format General or a number format with as many decimals as you
    need.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, MendedBy, OpenedBook, Severity
from jcm_xl.checks.structure.disguises import is_disguise, may_disguise
from jcm_xl.plan.slot import Slot
from jcm_xl.submission.official_sheets import OfficialSheet
from jcm_xl.xlsx.cell_styles import is_date_format


@Check(
    needs_template=False,
    severity=Severity.WARNING,
    tonnes=True,
    mended_by=MendedBy.REPAIR,
    basis="ECMA-376 part 1, 18.8.31: a number format may show any text for a number",
    message="{cell} on {sheet} holds {actual}, but its number format '{format}' shows "
    "something else.",
    remedy="Give {cell} the format General, or a number format with decimals.",
)
def number_disguised(context: OpenedBook) -> Iterator[Finding]:
    """Look for numbers under a format that does not show them."""
    formats = context.grid.styles.formats
    usual = {s.get("format") for s in context.plan.layout.styles.values()}
    odd = {n for n, f in enumerate(formats) if f not in usual and may_disguise(f)}
    if not odd:
        return
    for page in (*context.official_sheets, *context.aid_sheets):
        for place, cell in page.sheet.cells.items():
            if cell.style not in odd or type(cell.value) is not float:
                continue
            slot, code = page.slots.get(place), formats[cell.style]
            if not _lies(context, page, slot, code, cell.value):
                continue
            there, at = page.place(place)
            yield Finding(
                slot,
                parameter=context.subject(slot) if slot else "",
                actual=f"{cell.value:.15g}",
                sheet=there,
                cell=at,
                facts={"format": code},
            )


def _lies(
    context: OpenedBook, page: OfficialSheet, slot: Slot | None, code: str, value: float
) -> bool:
    """Tell whether a format hides the number; JX305 tells of dates in input cells.

    A number without slot is looked at where no template says what stands where.
    """
    if slot is None:
        return not page.is_ours and not is_date_format(code) and is_disguise(
            code, value, ""
        )  # fmt: skip
    made = context.plan.layout.styles[slot.style].get("format", "General")
    if code == made:
        return False
    if is_date_format(code):
        return not slot.is_input and not is_date_format(made)
    # A locked number without unit, such as a count, can be given none by its format.
    unit = _unit(context, slot) or ("" if slot.is_input else "-")
    return is_disguise(code, value, unit)


def _unit(context: OpenedBook, slot: Slot) -> str:
    """Return the unit that the number of a slot is in, as it is printed."""
    m, name = context.methodology, slot.name
    item = m.item(name)
    if item is None and slot.role == "result":
        item = m.formulas.get(m.results.reduction)
    return str(item.unit) if item is not None else ""
