"""A measured value has no meter on the sheet Meters.

Why it matters
    Option C means own measurement with equipment whose calibration is shown. The sheet
    lists meters for other values, but none for this one.

How to fix it
    Add a row for the meter and its certificate, or choose the option that is really
    used.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.checks.values.meters import measured_points, meter_rows
from jcm_xl.model.key import Key
from jcm_xl.model.submission import Stage
from jcm_xl.plan.sheets.meters import METERS


@Check(
    severity=Severity.WARNING,
    basis="Monitoring option C: actual measurement using measuring equipment",
    message="{parameter} in {value_cell} on {value_sheet} is measured "
    "(Option C), but no row of {sheet} has a meter for it.",
    remedy="Add its meter and certificate in {cell}, or correct the monitoring option.",
)
def meter_missing(context: OpenedBook) -> Iterator[Finding]:
    """Look for a meter of each measured value."""
    if context.stage == "plan" or not context.plan.meters:
        return
    rows = list(meter_rows(context))
    taken = {row.number for row in rows}
    free = next((n for n in range(1, METERS + 1) if n not in taken), METERS)
    for point in measured_points(context):
        if any(point.is_of(context, row) for row in rows):
            continue
        value = context.plan.value(point.parameter, Stage.REPORT, point.unit)
        sheet, cell = context.place(value)
        yield Finding(
            context.plan[Key("meters", "point", unit=free)],
            parameter=point.parameter.symbol,
            facts={"value_sheet": sheet, "value_cell": cell},
        )
