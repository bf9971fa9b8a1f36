"""What a cell holds has the colour of its ground.

Why it matters
    White on white counts in every formula and is read by nobody. Whether it was
    meant as a tidy sheet or not: the verifier has to see it.

How to fix it
    Give the cell a font colour that can be read (Home > Font Color > Automatic).
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, MendedBy, OpenedBook, Severity
from jcm_xl.model.shown import shown


@Check(
    needs_template=False,
    severity=Severity.WARNING,
    tonnes=True,
    mended_by=MendedBy.REPAIR,
    basis="JCM Monitoring Spreadsheet: the sheets are submitted to be read",
    message="{cell} on {sheet} holds '{actual}' in the colour of its ground, so that "
    "nobody sees it.",
    remedy="Set the font colour of {cell} to automatic.",
)
def text_invisible(context: OpenedBook) -> Iterator[Finding]:
    """Look for cells in such a style; conditional colours are left out."""
    invisible = context.grid.styles.invisible
    if not invisible:
        return
    for page in context.official_sheets:
        for place, cell in page.sheet.cells.items():
            if cell.style not in invisible or cell.value in (None, ""):
                continue
            sheet, address = page.place(place)
            slot = page.slots.get(place)
            yield Finding(
                slot,
                parameter=context.subject(slot) if slot else "",
                actual=shown(cell.value),
                sheet=sheet,
                cell=address,
            )
