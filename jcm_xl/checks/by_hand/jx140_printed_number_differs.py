"""A number that the methodology gives is printed otherwise in a hand-made book.

Why it matters
    Official sheets print defaults and constants of the methodology, and some ask for
    them in Table 2. Nothing is taken from there: everything is calculated with the
    methodology's own number. Where the sheet has another one, its results rest on it.

How to fix it
    Write the number of the methodology; look whether formulas read this cell.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.submission.by_hand import Differing, in_stage, stated_otherwise


@Check(
    severity=Severity.ERROR,
    tonnes=True,
    basis="Approved methodology: default values, constants and formulas",
    message="{parameter} is {actual} in {cell} on {sheet}; the methodology has "
    "{expected}.",
    remedy="Write {expected} into {cell}, and look whether formulas read it.",
)
def printed_number_differs(context: OpenedBook) -> Iterator[Finding]:
    """Compare what a book prints of defaults, constants and calculated values."""
    for differing in stated_otherwise(context):
        if in_stage(context, differing.stated.sheet):
            yield _finding(context, differing)


def _finding(context: OpenedBook, differing: Differing) -> Finding:
    stated = differing.stated
    return Finding(
        sheet=stated.sheet,
        cell=stated.cell,
        parameter=context.methodology.named(stated.name).symbol,
        actual=differing.actual,
        expected=differing.expected,
        severity=None if differing.is_confirmed else Severity.WARNING,
        is_unconfirmed=not differing.is_confirmed,
    )
