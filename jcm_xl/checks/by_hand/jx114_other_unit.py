"""A value of a hand-made book stands beside another unit than the methodology's.

Why it matters
    kWh under a heading that calculates in MWh is a thousand times too much. The value
    was not taken: nobody but the participant knows whether the number or the unit is
    wrong.

How to fix it
    Write the unit of the methodology, and the value in that unit.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity, changed
from jcm_xl.foreign.found import Reason, Unplaced
from jcm_xl.submission.by_hand import in_stage
from jcm_xl.text.phrase import Phrase


@Check(
    severity=Severity.ERROR,
    person_decides=True,
    tonnes=True,
    basis="Monitoring Plan and Report Sheets, column Units; published report of ID009",
    message="{parameter}: {actual} in {cell} on {sheet} stands beside the unit "
    "'{unit}'; the methodology takes it in '{expected}'. The value was not "
    "taken.{probable}",
    remedy="Write the value in {expected}, and that unit beside it.",
)
def other_unit(context: OpenedBook) -> Iterator[Finding]:
    """Report the values that were not taken because of their unit."""
    for item in context.foreign.unplaced if context.foreign else ():
        if item.reason is not Reason.OTHER_UNIT or not in_stage(context, item.sheet):
            continue
        unit = item.key.of("unit").with_unit(None) if item.key else None
        slot = context.plan.get(unit) if unit else None
        finding = Finding(
            sheet=item.sheet,
            cell=item.cell,
            parameter=context.symbol(item.name),
            actual=item.content,
            expected=item.wanted,
            facts={"unit": item.unit, "probable": _probable(item)},
        )
        if slot is None:
            yield finding
            continue
        grave = changed(context, slot, item.content, item.wanted)
        yield Finding(
            sheet=item.sheet,
            cell=item.cell,
            parameter=finding.parameter,
            actual=finding.actual,
            expected=finding.expected,
            facts=finding.facts,
            severity=grave.severity,
            is_unconfirmed=grave.is_unconfirmed,
        )


def _probable(item: Unplaced) -> str:
    """Return what the value would be, where the units are of one kind."""
    if not item.probable:
        return ""
    words = " It would probably be {amount}."
    return Phrase("foreign.probable", words, amount=item.probable)
