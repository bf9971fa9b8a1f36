"""Rows or columns were inserted into an official sheet.

Why it matters
    Everything below or to the right has moved: printed addresses, links from other
    documents and programs that read the book no longer fit. What stands in the new
    lines is not calculated.

How to fix it
    Delete the inserted rows or columns. Further units have spare rows; make the book
    anew with more of them if they do not suffice.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, MendedBy, OpenedBook, Severity
from jcm_xl.submission.moved_lines import Break
from jcm_xl.xlsx.grid import column_letters


@Check(
    severity=Severity.WARNING,
    mended_by=MendedBy.REPAIR,
    basis="JCM Monitoring Spreadsheet: cells that are not for input stay as approved",
    message="The rows or columns {cell} were inserted into {sheet} ({actual} in all). "
    "The cells after them were checked in their old place.",
    remedy="Delete {cell} on {sheet}; use the spare rows for further units.",
)
def lines_inserted(context: OpenedBook) -> Iterator[Finding]:
    """Report the insertions by which the fixed texts have moved."""
    for name, moved in context.alterations.moved.items():
        there = context.alterations.renamed.get(name, name)
        for gap in moved.rows.breaks:
            if gap.count > 0:
                yield Finding(actual=str(gap.count), sheet=there, cell=_rows(gap))
        for gap in moved.columns.breaks:
            if gap.count > 0:
                yield Finding(actual=str(gap.count), sheet=there, cell=_columns(gap))


def _rows(gap: Break) -> str:
    return f"{gap.lines.start}:{gap.lines.stop - 1}"


def _columns(gap: Break) -> str:
    return f"{column_letters(gap.lines.start)}:{column_letters(gap.lines.stop - 1)}"
