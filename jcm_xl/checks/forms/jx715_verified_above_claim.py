"""More is verified for a calendar year than the report claims.

Why it matters
    A verified amount is at most what was monitored and reported: credits are issued
    for it.

How to fix it
    Compare with the years of `jcm-xl vintages REPORT`. If the report claims too little,
    the participant corrects the report first.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from jcm_xl.checks.base import Check, Finding, Severity
from jcm_xl.forms.opened import OpenedForm


@Check(
    severity=Severity.ERROR,
    basis="Verification Report Form, section E: verified amounts by calendar year, of "
    "what was monitored",
    message="{cell} on {sheet}: {actual} tCO2 are verified for {year}, the report "
    "claims {expected}.",
    remedy="Type at most {expected} into {cell}, or have the report corrected.",
)
def verified_above_claim(form: OpenedForm) -> Iterator[Finding]:
    """Compare the verified tonnes of each year with those of the report."""
    for cell, entry in form.typed():
        if cell.part is None or (cell.field.id, cell.part.id) != (
            "by_year",
            "verified",
        ):
            continue
        claimed = next(
            (other.value for other, _ in form.row_of(cell)
             if other.part is not None and other.part.id == "reductions"), None,
        )  # fmt: skip
        verified = entry.value
        if not isinstance(claimed, Decimal) or not isinstance(verified, Decimal):
            continue
        if verified > claimed or verified < 0:
            yield Finding(
                sheet=form.placed.name, at=cell.at, parameter=cell.name,
                actual=f"{verified:f}", expected=f"{claimed:f}",
                facts={"year": dict(cell.keys).get("year", "")},
            )  # fmt: skip
