"""The report sheet of a hand-made book is there, but no table of it was understood.

Why it matters
    What was not read is not judged. A report that was filled may then look like a blank
    one, and the verdict on the plan alone is taken for one on the report.

How to fix it
    Write the headings of the official sheets above the tables (Parameters, Monitored
    Values, Units), or carry the values over into a fresh book of `jcm-xl new`.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.model.submission import Stage

_SHEETS = ("mrs_input", "mrs_separate")


@Check(
    severity=Severity.WARNING,
    tonnes=True,
    basis="Monitoring Report Sheet, Table 1: found by its letters and headings",
    message="No table of monitored values was understood on the report sheet {sheet}: "
    "nothing of its {actual} filled cells was judged.",
    remedy="Write the official headings above the tables on {sheet} (Parameters, "
    "Monitored Values, Units), or carry the values over into a fresh book.",
)
def report_not_understood(context: OpenedBook) -> Iterator[Finding]:
    """Look whether a place for monitored values was found on the report sheets."""
    book = context.foreign
    if book is None:
        return
    if any(key.is_in(Stage.REPORT, "value") for key in (*book.found, *book.blank)):
        return
    if context.stage != "plan" and any(x.stage == Stage.REPORT for x in book.unread):
        return  # JX124 names the tables
    for key in _SHEETS:
        sheet = context.file.grid.sheet(book.sheets.get(key, ""))
        if sheet and sheet.cells:
            yield Finding(sheet=sheet.name, actual=str(len(sheet.cells)))
            return
