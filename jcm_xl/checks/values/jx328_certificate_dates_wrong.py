"""The dates of a certificate are no dates, or in the wrong order.

Why it matters
    Whether the meter was certified during the monitoring period cannot be told from a
    text, or from a certificate that ends before it begins.

How to fix it
    Type both days as dates, such as 2021-03-31; compare them with the certificate.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.checks.values.meters import meter_rows
from jcm_xl.model.shown import shown
from jcm_xl.model.submission import Value
from jcm_xl.text.phrase import Phrase
from jcm_xl.text.readings import dates_meant

_A_DATE = Phrase("meters.a-date", "a date such as 2021-03-31")


@Check(
    severity=Severity.WARNING,
    basis="Sheet Meters of ours: certificates that cover the monitoring period",
    message="{cell} on {sheet} holds '{actual}'; expected is {expected}.",
    remedy="Compare {cell} with the certificate and type the date.",
)
def certificate_dates_wrong(context: OpenedBook) -> Iterator[Finding]:
    """Report texts in place of dates, and certificates that end before they begin."""
    for row in meter_rows(context):
        first, last = row.values.get("from"), row.values.get("until")
        for field, value in (("from", first), ("until", last)):
            if value is not None and not isinstance(value, date):
                yield Finding(
                    row.slot(context, field),
                    actual=shown(value),
                    expected=_meant(value),
                )
        if isinstance(first, date) and isinstance(last, date) and first > last:
            words = "a day not before {first}"
            yield Finding(
                row.slot(context, "until"),
                actual=shown(last),
                expected=Phrase("meters.not-before", words, first=first.isoformat()),
            )


def _meant(value: Value) -> str:
    meant = dates_meant(value) if isinstance(value, str) else ()
    return meant[0].isoformat() if len(meant) == 1 else _A_DATE
