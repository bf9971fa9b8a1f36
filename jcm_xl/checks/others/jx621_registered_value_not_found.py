"""A value of the plan was not found in the registered book.

Why it matters
    A registered book that was made by hand is read by the symbols, units and headings
    on its sheets. What cannot be found there was not compared.

How to fix it
    Look the value up in the registered book and compare it by eye. `jcm-xl import`
    lists what stands in that book and could not be placed, with the reasons.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.checks.compared.differences import not_found
from jcm_xl.submission.other_books import blank_or, registered_plan


@Check(
    severity=Severity.WARNING,
    person_decides=True,
    basis="Comparison asked for with --plan",
    message="{parameter} in {cell} on {sheet} is {actual}; no such value was "
    "found in the registered plan {file}, which was made by hand. It was not "
    "compared.",
    remedy="Compare {cell} with the registered book by eye.",
)
def registered_value_not_found(context: OpenedBook) -> Iterator[Finding]:
    """Report the values that stand here and were not found in a book made by hand."""
    book = registered_plan(context)
    for slot, own in not_found(context, book) if book else ():
        yield Finding(
            slot,
            parameter=context.subject(slot),
            actual=blank_or(own),
            facts={"file": book.file if book else ""},
        )
