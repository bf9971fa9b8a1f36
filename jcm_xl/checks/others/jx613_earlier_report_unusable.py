"""An earlier report that was given cannot be compared with.

Why it matters
    Whether its period overlaps with this one, so that reductions would be counted
    twice, is then not known.

How to fix it
    Give the complete workbook of the earlier report, with both days of its period.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.submission.other_books import Refused, previous


@Check(
    severity=Severity.ERROR,
    person_decides=True,
    basis="Comparison asked for with --previous",
    message="{actual} cannot serve as an earlier report: {reason}. It was "
    "not compared with.",
    remedy="Give the complete workbook of the earlier report.",
)
def earlier_report_unusable(context: OpenedBook) -> Iterator[Finding]:
    """Tell why an earlier report could not be read."""
    for book in previous(context):
        if isinstance(book, Refused):
            yield Finding(actual=book.file, facts={"reason": book.reason})
