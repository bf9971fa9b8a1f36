"""A row of the sheet Meters is filled in part only.

Why it matters
    A certificate proves nothing without its number, its two dates and the monitoring
    point that the meter measures. A half-filled row is not counted.

How to fix it
    Fill the empty cell, or empty the whole row.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.checks.values.meters import REQUIRED, meter_rows
from jcm_xl.model.key import Key
from jcm_xl.plan.sheets.meters import FIELDS


@Check(
    severity=Severity.WARNING,
    basis="Sheet Meters of ours: certificates that cover the monitoring period",
    message="Row {number} of {sheet} names a meter, but {cell} ({heading}) is empty.",
    remedy="Fill {cell}, or empty the whole row.",
)
def meter_row_incomplete(context: OpenedBook) -> Iterator[Finding]:
    """Report the cells that a row in use lacks."""
    for row in meter_rows(context):
        for field in REQUIRED:
            if field in row.values:
                continue
            heading = context.plan[Key("meters", "head", unit=2 + FIELDS.index(field))]
            yield Finding(
                row.slot(context, field),
                facts={"number": row.number, "heading": heading.content},
            )
