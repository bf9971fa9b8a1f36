"""The registered plan is one of another methodology or version.

Why it matters
    A project reports by the methodology and version it is registered with. Values of
    two versions cannot be compared one by one, so nothing was.

How to fix it
    Carry the inputs over into a book of the registered version, or give the right
    registered book. A change of version is requested from the Joint Committee.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.submission.other_books import OtherBook, given_plan, is_comparable


@Check(
    severity=Severity.ERROR,
    person_decides=True,
    basis="Registration of the project: methodology and version",
    message="The registered plan {file} is one of {expected}, this is a book "
    "of {actual}. Nothing was compared with it.",
    remedy="Report in a book of {expected}, or give the plan that is registered.",
)
def registered_methodology_differs(context: OpenedBook) -> Iterator[Finding]:
    """Compare methodology and version."""
    book = given_plan(context)
    if isinstance(book, OtherBook) and not is_comparable(context, book):
        yield Finding(
            actual=context.methodology.key,
            expected=book.methodology.key,
            facts={"file": book.file},
        )
