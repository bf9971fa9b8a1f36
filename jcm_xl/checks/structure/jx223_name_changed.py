"""A name of the template stands for other cells than it was made for.

Why it matters
    Names such as mrs_result are how other programs and linked tables read this book.
    One that points elsewhere hands them another number under the right name.

How to fix it
    Open the Name Manager (Formulas tab in Excel) and restore the range, or carry the
    inputs over into a fresh book.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, MendedBy, OpenedBook, Severity
from jcm_xl.checks.names import names_to_compare
from jcm_xl.formula.compare import same_formula


@Check(
    severity=Severity.ERROR,
    tonnes=True,
    mended_by=MendedBy.REPAIR,
    basis="Our own books: names of inputs and results",
    message="The name {name} stands for {actual}; in the template it stands for "
    "{expected}.",
    remedy="Give {name} the range {expected} again (Formulas, Name Manager).",
)
def name_changed(context: OpenedBook) -> Iterator[Finding]:
    """Compare the names that are there."""
    for name, expected in names_to_compare(context):
        actual = context.grid.names.get(name)
        if actual is not None and not same_formula(actual, expected):
            yield Finding(actual=actual, expected=expected, facts={"name": name})
