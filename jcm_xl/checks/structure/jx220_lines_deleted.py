"""Rows or columns of an official sheet were deleted.

Why it matters
    A parameter, a default value or a step of the calculation is gone, and with it
    what the formulas read.

How to fix it
    Undo the deletion. Where that is no longer possible, carry the inputs over into a
    fresh book. Rows of units that you do not need stay empty.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, Judges, MendedBy, OpenedBook, Severity
from jcm_xl.submission.moved_lines import Break
from jcm_xl.xlsx.grid import column_letters


@Check(
    severity=Severity.ERROR,
    tonnes=True,
    mended_by=MendedBy.REPAIR,
    judges=Judges.LINES,
    basis="JCM Monitoring Spreadsheet: cells that are not for input stay as approved",
    message="The rows or columns {expected} of the template were deleted from {sheet} "
    "({actual} in all). What stood there, and the formulas that read it, were not "
    "checked.",
    remedy="Carry the inputs over into a fresh book; leave what you do not need empty.",
)
def lines_deleted(context: OpenedBook) -> Iterator[Finding]:
    """Report the deletions by which the fixed texts have moved."""
    for name, moved in context.alterations.moved.items():
        there = context.alterations.renamed.get(name, name)
        for gap in moved.rows.breaks:
            if gap.count < 0:
                lines = f"{gap.lines.start}:{gap.lines.stop - 1}"
                yield _finding(gap, there, lines)
        for gap in moved.columns.breaks:
            if gap.count < 0:
                first, last = gap.lines.start, gap.lines.stop - 1
                yield _finding(
                    gap, there, f"{column_letters(first)}:{column_letters(last)}"
                )


def _finding(gap: Break, sheet: str, lines: str) -> Finding:
    return Finding(actual=str(-gap.count), expected=lines, sheet=sheet)
