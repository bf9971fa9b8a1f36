"""A table (Format as Table) lies over figures of an official sheet.

Why it matters
    A table brings a style of its own, which may give letters the colour of their
    ground, and columns that Excel fills by itself. The cells below look innocent.

How to fix it
    Table Design > Convert to Range in Excel. Tables are welcome on sheets of your own.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, MendedBy, OpenedBook, Severity
from jcm_xl.checks.structure.seen import seen_cells
from jcm_xl.submission.official_sheets import OfficialSheet
from jcm_xl.xlsx.grid import CellTable, address


@Check(
    needs_template=False,
    severity=Severity.WARNING,
    tonnes=True,
    mended_by=MendedBy.REPAIR,
    basis="JCM Monitoring Spreadsheet: the sheets are submitted to be read",
    message="The table {actual} lies over figures in {cell} on {sheet}; its style or "
    "its columns may show something else.",
    remedy="Convert it to a range (Table Design, Convert to Range).",
)
def table_over_cells(context: OpenedBook) -> Iterator[Finding]:
    """Look for tables over cells by which the tonnes are read or calculated."""
    for page in context.official_sheets:
        for table in context.file.grid.tables:
            if table.sheet == page.there and _is_over_figures(table, page):
                first = address(table.top, table.left)
                last = address(table.bottom, table.right)
                yield Finding(
                    actual=table.name, sheet=table.sheet, cell=f"{first}:{last}"
                )


def _is_over_figures(table: CellTable, page: OfficialSheet) -> bool:
    for seen in seen_cells((page,), lambda _, __: True):
        row, column = seen.at
        is_within = (
            table.top <= row <= table.bottom and table.left <= column <= table.right
        )
        if is_within and seen.bears_tonnes:
            return True
    return False
