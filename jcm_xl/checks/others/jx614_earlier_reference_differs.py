"""An earlier report carries another reference number.

Why it matters
    Reports of another project say nothing about this one; its periods are not compared.

How to fix it
    Give the earlier reports of this project, or correct the reference number.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.model.key import REFERENCE_NUMBER
from jcm_xl.model.shown import shown
from jcm_xl.submission.other_books import OtherBook, previous, same_reference


@Check(
    severity=Severity.ERROR,
    basis="Header of the sheets: Reference Number",
    message="The reference number in {cell} on {sheet} is {actual}; the "
    "earlier report {file} has {expected}. It was not compared with.",
    remedy="Give the earlier reports of this project, or correct the reference number.",
)
def earlier_reference_differs(context: OpenedBook) -> Iterator[Finding]:
    """Compare the numbers, where both books have one."""
    for book in previous(context):
        if isinstance(book, OtherBook) and not same_reference(context, book):
            yield Finding(
                context.plan[REFERENCE_NUMBER],
                actual=shown(context.submission.get(REFERENCE_NUMBER)),
                expected=book.reference_number,
                facts={"file": book.file},
            )
