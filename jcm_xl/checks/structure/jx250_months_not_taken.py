"""A cell of the report does not take its months from the sheet Monthly.

Why it matters
    The report counts what stands in this cell, and the verifier reads the months. Where
    the two differ, one of them is wrong, and nobody sees which.

How to fix it
    `jcm-xl repair` puts the formula of the template back; the months stay as they are.
    If the months are wrong, correct them on the sheet Monthly.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, MendedBy, OpenedBook, Severity
from jcm_xl.model.shown import shown
from jcm_xl.plan.stage import MONTHS, monthly_sum
from jcm_xl.submission.own_formulas import replaced_links
from jcm_xl.text.phrase import Phrase

_NO_SUM = Phrase("months.no-sum", "nothing, as a month is missing")
_BLANK = Phrase("months.blank", "nothing")


@Check(
    severity=Severity.ERROR,
    tonnes=True,
    mended_by=MendedBy.REPAIR,
    basis="Sheet Monthly of ours: the report takes the sum of all months",
    message="{cell} on {sheet} holds {actual}; the months of {parameter} add up to "
    "{expected}.",
    remedy="Put the formula of the template back (`jcm-xl repair` does), and correct "
    "the months if they are wrong.",
)
def months_not_taken(context: OpenedBook) -> Iterator[Finding]:
    """Compare the links to the months with those of their own column."""
    name = context.plan.layout.sheet("monthly")
    for slot in replaced_links(context):
        months = (slot.key.in_month(k) for k in range(1, MONTHS + 1))
        has_months = any(month in context.submission.values for month in months)
        cell = context.cell(slot)
        formula = (cell.formula if cell is not None else None) or ""
        if not has_months and f"{name}!" not in formula.replace("'", ""):
            continue  # the amount is typed, and no month says another
        total = monthly_sum(context.plan, context.submission, slot.key)
        yield Finding(
            slot,
            parameter=context.subject(slot),
            actual=(shown(cell.value) if cell is not None else "") or _BLANK,
            expected=_NO_SUM if total is None else f"{total:.15g}",
        )
