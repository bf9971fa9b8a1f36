"""A month is not what the logs say.

Why it matters
    The sheet Readings says how much was measured in each month. Another number on the
    sheet Monthly was typed over it, or the logs were read for other months.

How to fix it
    Run `jcm-xl readings` again, or answer why this month is not taken from the logs.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, Judges, OpenedBook, Severity
from jcm_xl.model.evidence import MonthOfReadings
from jcm_xl.model.key import value_key
from jcm_xl.model.shown import shown
from jcm_xl.model.submission import Stage
from jcm_xl.plan.slot import Slot
from jcm_xl.plan.stage import month_factor, period
from jcm_xl.submission.readings import readings_of
from jcm_xl.text.phrase import Phrase

_ALIKE = 1e-9
_NOTHING = Phrase("months.blank", "nothing")


@Check(
    severity=Severity.WARNING,
    judges=Judges.AMOUNT,
    basis="Sheet Readings of ours: what the logs say of each month",
    message="{cell} on {sheet} holds {actual}; the logs say {expected} for {parameter} "
    "in {month}.",
    remedy="Type {expected} into {cell}, or answer why the month is another one.",
)
def month_not_of_readings(context: OpenedBook) -> Iterator[Finding]:
    """Compare the months with those of the evidence, where it has an amount."""
    kept = readings_of(context)
    if kept is None or kept.evidence is None or kept.is_changed:
        return
    for month in kept.evidence.months:
        slot = _slot(context, month)
        if slot is None or month.amount is None:
            continue
        value = context.submission.get(slot.key)
        key = value_key(Stage.REPORT, month.name, month.unit_row)
        times = month_factor(context.plan, context.submission, key) or 1
        expected = float(month.amount) * times.denominator / times.numerator
        is_same = type(value) is float and abs(value - expected) <= _ALIKE * max(
            1.0, abs(expected)
        )
        if not is_same:
            yield Finding(
                slot,
                parameter=context.subject(slot),
                actual=shown(value) or _NOTHING,
                expected=f"{expected:.15g}",
                facts={"month": f"{month.month:%Y-%m}"},
            )


def _slot(context: OpenedBook, month: MonthOfReadings) -> Slot | None:
    """Return the cell of a month, where it lies in the period of the book."""
    days = period(context.submission)
    if days is None:
        return None
    first, day = days[0], month.month
    k = (day.year - first.year) * 12 + day.month - first.month + 1
    key = value_key(Stage.REPORT, month.name, month.unit_row).in_month(k)
    return context.plan.get(key)
