"""No monitoring option is chosen.

Why it matters
    The option says what kind of data the value rests on: public data, invoices or
    own measurement. The verifier checks the value accordingly.

How to fix it
    Choose the option that you really use.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.engine.calculate import is_required
from jcm_xl.model.submission import Stage
from jcm_xl.plan.slot import Slot


@Check(
    severity=Severity.ERROR,
    basis="Monitoring Plan and Report Sheets, Table 1, column Monitoring option",
    message="No monitoring option is chosen for {parameter}: {cell} on {sheet} is "
    "empty.",
    remedy="Choose {expected}, whichever you really use.",
)
def option_missing(context: OpenedBook) -> Iterator[Finding]:
    """Look for an option wherever a value is given or required."""
    for slot in context.plan.where("option"):
        if slot.key in context.submission.values or not context.is_judged(slot):
            continue
        if _is_needed(context, slot) and not context.is_gone(slot):
            p = context.parameter(slot.name)
            options = " / ".join(f"Option {option}" for option in p.options)
            yield Finding(slot, parameter=p.symbol, expected=options)


def _is_needed(context: OpenedBook, slot: Slot) -> bool:
    stage, p = Stage(slot.key.stage), context.parameter(slot.name)
    inputs = context.inputs[stage]
    if p.index and slot.unit not in inputs.used[p.index]:
        return False
    return is_required(context.methodology, inputs, p, slot.unit)
