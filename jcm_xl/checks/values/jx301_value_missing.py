"""A required value is missing.

Why it matters
    An empty cell is not zero. Without the value the reduction cannot be calculated,
    and Table 3 says so.

How to fix it
    Type the value. If it is an amount, and it was really nothing, type 0.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.submission.incomplete import missing_inputs, waiting_months
from jcm_xl.text.phrase import Phrase

_NOTHING = Phrase(
    "checks.value-missing.nothing", "; if the amount was really nothing, type 0"
)
"""An amount may be 0; a choice, and a factor above nought, may not."""


@Check(
    severity=Severity.ERROR,
    tonnes=True,
    basis="Monitoring Plan and Report Sheets, Tables 1 and 2: every parameter has a "
    "value",
    message="{parameter} has no value: {cell} on {sheet} is empty.",
    remedy="Type the value ({expected}){nothing}.",
)
def value_missing(context: OpenedBook) -> Iterator[Finding]:
    """Report empty inputs that are not part of a unit row."""
    for slot, item in missing_inputs(context):
        if item.row is None and slot.key not in waiting_months(context):
            p = context.parameter(item.name)
            unit = " / ".join(context.methodology.choices(p)) or str(p.unit)
            may_be_nothing = not p.is_choice and p.bounds.admit(0)
            facts = {"nothing": _NOTHING if may_be_nothing else ""}
            yield Finding(slot, parameter=p.symbol, expected=unit, facts=facts)
