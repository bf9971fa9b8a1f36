"""The registered plan that was given cannot be compared with.

Why it matters
    Whether plan and Table 2 are those that were registered is then not known. Without
    this finding the report could pass for one that was compared.

How to fix it
    Give the complete workbook with which the project was registered: the file that the
    Joint Committee has, not the public copy, not a blank, not the book under judgement.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.submission.other_books import Refused, given_plan


@Check(
    severity=Severity.ERROR,
    person_decides=True,
    basis="Comparison asked for with --plan",
    message="{actual} cannot serve as the registered plan: {reason}. Nothing "
    "was compared with it.",
    remedy="Give the complete workbook with which the project was registered.",
)
def registered_plan_unusable(context: OpenedBook) -> Iterator[Finding]:
    """Tell why the registered book could not be read."""
    book = given_plan(context)
    if isinstance(book, Refused):
        yield Finding(actual=book.file, facts={"reason": book.reason})
