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
from jcm_xl.checks.spoken import either
from jcm_xl.checks.values.meters import meter_rows
from jcm_xl.model.shown import shown
from jcm_xl.model.submission import Value
from jcm_xl.text.day_readings import common_day, days_meant
from jcm_xl.text.phrase import Phrase

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
            if value is not None and not _is_common(value):
                yield Finding(
                    row.slot(context, field),
                    actual=shown(value),
                    expected=_meant(value),
                )
        if not (isinstance(first, date) and isinstance(last, date)):
            continue
        if first > last and _is_common(first):
            words = "a day not before {first}"
            yield Finding(
                row.slot(context, "until"),
                actual=shown(last),
                expected=Phrase("meters.not-before", words, first=first.isoformat()),
            )


def _is_common(value: Value) -> bool:
    """Tell whether a value is a day that is not one of a Buddhist year."""
    return isinstance(value, date) and common_day(value) is None


def _meant(value: Value) -> str:
    if isinstance(value, date):
        return (common_day(value) or value).isoformat()
    meant = days_meant(value) if isinstance(value, str) else ()
    if len(meant) != 1:
        return _A_DATE
    return either([day.isoformat() for day in meant[0].days])
