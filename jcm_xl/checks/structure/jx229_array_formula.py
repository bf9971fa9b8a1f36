"""A formula of the template was entered as an array formula.

Why it matters
    The words of the formula are the same, but with Ctrl+Shift+Enter it takes each
    range value by value. Today's result may be equal; with other inputs it may not.

How to fix it
    Click on the cell, press F2 and then Enter alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, MendedBy, OpenedBook, Severity
from jcm_xl.plan.slot import Slot
from jcm_xl.xlsx.grid import parse_range

_TEXT = re.compile('"[^"]*"')


@Check(
    severity=Severity.WARNING,
    tonnes=True,
    mended_by=MendedBy.REPAIR,
    basis="JCM Monitoring Spreadsheet: formulas of the approved methodology",
    message="The formula in {cell} on {sheet} was entered as an array formula: "
    "{actual}.",
    remedy="Click on {cell}, press F2 and then Enter.",
)
def array_formula(context: OpenedBook) -> Iterator[Finding]:
    """Look at array formulas that read ranges; without a range it is all the same."""
    for name in context.official:
        if name in context.alterations.moved:
            continue  # its ranges count other lines
        for reference in context.sheets[name].arrays:
            try:
                top, left, _, _ = parse_range(reference)
            except ValueError:
                continue
            slot = context.plan.by_place[name].get((top, left))
            if slot and _reads_range(slot) and slot.key not in context.changed:
                yield Finding(
                    slot, parameter=context.subject(slot), actual=f"{{={slot.formula}}}"
                )


def _reads_range(slot: Slot) -> bool:
    return ":" in _TEXT.sub("", slot.formula)
