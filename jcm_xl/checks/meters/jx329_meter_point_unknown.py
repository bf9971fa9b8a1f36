"""A meter is said to measure a monitoring point that there is not.

Why it matters
    The certificate is then counted for no value, and the value stands without one.

How to fix it
    Take a monitoring point of the drop-down list; under Row No. the number of a unit
    row in use, or nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.checks.values.meters import MeterRow, meter_rows
from jcm_xl.model.shown import shown
from jcm_xl.model.submission import Stage
from jcm_xl.plan.sheets.meters import points


@Check(
    severity=Severity.WARNING,
    basis="Monitoring Plan Sheet, Table 1, column Monitoring point No.",
    message="{cell} on {sheet} reads '{actual}'; expected is {expected}.",
    remedy="Take a monitoring point of the list, and the number of a unit row in use.",
)
def meter_point_unknown(context: OpenedBook) -> Iterator[Finding]:
    """Compare each point with Table 1, and each row number with the units."""
    for row in meter_rows(context):
        if "point" in row.values and row.point(context) is None:
            yield Finding(
                row.slot(context, "point"),
                actual=shown(row.values["point"]),
                expected=" / ".join(points(context.methodology)),
            )
        elif "row" in row.values and (expected := _rows(context, row)):
            yield Finding(
                row.slot(context, "row"),
                actual=shown(row.values["row"]),
                expected=expected,
            )


def _rows(context: OpenedBook, row: MeterRow) -> str:
    """Return the row numbers that are possible, nothing where the number is one."""
    p = row.point(context)
    used = {
        unit
        for stage in context.stages
        for unit in context.inputs[Stage(stage)].used.get(
            p.index or "" if p else "", ()
        )
    }
    if row.unit in used:
        return ""
    return ", ".join(map(str, sorted(used))) or "-"
