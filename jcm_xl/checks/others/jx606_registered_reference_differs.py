"""The reference number is not that of the registered plan.

Why it matters
    The number joins a report to its project. With another number this is a report of
    another project, or it is compared with the wrong plan.

How to fix it
    Correct the reference number, or give the registered plan of this project.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.model.key import REFERENCE_NUMBER
from jcm_xl.model.shown import shown
from jcm_xl.submission.other_books import OtherBook, given_plan, same_reference


@Check(
    severity=Severity.ERROR,
    basis="Header of the sheets: Reference Number",
    message="The reference number in {cell} on {sheet} is {actual}; the "
    "registered plan {file} has {expected}.",
    remedy="Type {expected}, or compare with the registered plan of this project.",
)
def registered_reference_differs(context: OpenedBook) -> Iterator[Finding]:
    """Compare the two numbers, where both books have one."""
    book = given_plan(context)
    if isinstance(book, OtherBook) and not same_reference(context, book):
        yield Finding(
            context.plan[REFERENCE_NUMBER],
            actual=shown(context.submission.get(REFERENCE_NUMBER)),
            expected=book.reference_number,
            facts={"file": book.file},
        )
