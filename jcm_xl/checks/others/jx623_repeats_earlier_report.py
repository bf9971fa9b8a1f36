"""A unit has the very same monitored figures as in an earlier report.

Why it matters
    A meter does not read the same to the last digit in two periods. Figures that were
    left over from the report before are credited twice.

How to fix it
    Compare the figures with the records of this period and type those.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.model.shown import shown
from jcm_xl.submission.other_books import earlier_reports, period_shown
from jcm_xl.submission.repeats import report_figures


@Check(
    severity=Severity.WARNING,
    person_decides=True,
    basis="All monitored values of a unit are equal, one of them measured or invoiced "
    "(option B or C) with four significant digits or more; the limit is ours",
    message="{parameter} in {cell} on {sheet} is {actual}, and all that is monitored "
    "beside it is the same, as in the earlier report {file} ({expected}).",
    remedy="Compare {cell} and the values beside it with the records of this period; "
    "type those.",
)
def repeats_earlier_report(context: OpenedBook) -> Iterator[Finding]:
    """Look for the figures of each unit in the earlier reports."""
    if context.stage == "plan":
        return
    before = [
        (book, tuple(report_figures(book.plan, book.submission)))
        for book in earlier_reports(context)
    ]
    for figures in report_figures(context.plan, context.submission) if before else ():
        book = next(
            (b for b, there in before if any(map(figures.repeats, there))), None
        )
        if book is None or book.period is None:
            continue
        slot = context.plan[figures.key]
        yield Finding(
            slot,
            parameter=context.subject(slot),
            actual=shown(dict(figures.values)[figures.key.name]),
            expected=period_shown(book.period),
            facts={"file": book.file},
        )
