"""The reference number belongs to another country than the methodology.

Why it matters
    A methodology is approved by one Joint Committee for one country. A project of
    another country cannot apply it.

How to fix it
    Correct the number, or take the methodology of your country.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.model.key import REFERENCE_NUMBER, is_reference_number
from jcm_xl.model.shown import shown


@Check(
    severity=Severity.ERROR,
    basis="A methodology is approved by the Joint Committee of one country",
    message="The reference number {actual} in {cell} on {sheet} belongs to another "
    "country; the methodology is one of {expected}.",
    remedy="Correct the number, or take the methodology of your country.",
)
def reference_of_other_country(context: OpenedBook) -> Iterator[Finding]:
    """Compare the two letters with the country of the methodology."""
    value = context.submission.get(REFERENCE_NUMBER)
    text = "".join(unicodedata.normalize("NFKC", shown(value)).split()).upper()
    country = context.methodology.country
    if is_reference_number(text) and not text.startswith(country):
        slot = context.plan[REFERENCE_NUMBER]
        yield Finding(slot, actual=text, expected=country)
