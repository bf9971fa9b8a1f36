"""The serial number or certificate number of a meter is stored as a number or date.

Why it matters
    Such a number is a name. A spreadsheet that takes it for a number drops its leading
    zeros, and makes a day of 2024-05: the certificate that the report names is then
    none that exists.

How to fix it
    Set the format of the cell to Text and type the number again, as it stands on the
    meter or the certificate. In new books these cells are of that format.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.checks.values.meters import meter_rows
from jcm_xl.model.reading import CellKind, Takes, read
from jcm_xl.model.shown import shown
from jcm_xl.plan.sheets.meters import IDENTIFIERS
from jcm_xl.text.phrase import Phrase

_DATE = Phrase("meters.as-date", "a date, in which the number that was typed is lost")
_NUMBER = Phrase("meters.as-number", "a number, which has no zeros before it")


@Check(
    severity=Severity.NOTE,
    basis="Sheet Meters of ours: numbers that are names",
    message="{cell} on {sheet} holds '{actual}' as {kind}.",
    remedy="Set the format of {cell} to Text and type the number as it stands on the "
    "meter or the certificate.",
)
def identifier_not_text(context: OpenedBook) -> Iterator[Finding]:
    """Look for numbers and dates where a number is a name."""
    for row in meter_rows(context):
        for field in IDENTIFIERS:
            reading = read(row.values.get(field), Takes.TEXT)
            is_date = reading.kind is CellKind.DATE_NUMBER
            if is_date or reading.kind is CellKind.NUMBER:
                yield Finding(
                    row.slot(context, field),
                    actual=shown(reading.value),
                    severity=Severity.WARNING if is_date else None,
                    facts={"kind": _DATE if is_date else _NUMBER},
                )
