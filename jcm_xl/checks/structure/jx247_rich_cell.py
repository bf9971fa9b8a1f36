"""A cell of an official sheet shows a picture or a linked record, not its value.

Why it matters
    Excel shows a linked record (a share, a place) or a picture in the place of what is
    stored; other programs show what is stored. The two may be different numbers.

How to fix it
    Data type > Convert to Text in Excel, or type the value.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, MendedBy, OpenedBook, Severity
from jcm_xl.checks.structure.seen import seen_at
from jcm_xl.model.shown import shown


@Check(
    needs_template=False,
    severity=Severity.ERROR,
    tonnes=True,
    mended_by=MendedBy.REPAIR,
    basis="JCM Monitoring Spreadsheet: the sheets are submitted to be read",
    message="{cell} on {sheet} stores '{actual}' and shows a picture or a linked "
    "record in its place.",
    remedy="Convert it to text (Data Type, Convert to Text), or type the value.",
)
def rich_cell(context: OpenedBook) -> Iterator[Finding]:
    """Name the cells that another value stands behind."""
    for page in context.official_sheets:
        there = context.file.grid.sheet(page.there)
        rich = frozenset(there.look.rich) if there else frozenset()
        for place, cell in page.sheet.cells.items() if rich else ():
            seen = seen_at(page, place, cell, page.slots.get(place))
            if seen.at in rich:
                yield seen.finding(context, shown(cell.value))
