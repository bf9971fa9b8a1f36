"""An official sheet keeps a scenario or a filter that shows it otherwise at a click.

Why it matters
    Excel keeps scenarios (Data > What-If Analysis > Scenario Manager) in the sheet: who
    calls one up sees other inputs in the same cells, and another Table 3. A filter
    that is kept with its criteria leaves out rows once somebody applies it again.

How to fix it
    Delete the scenarios in the Scenario Manager, or clear the filter (Data > Clear).
    Scenarios on a sheet of your own are nobody's business.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, MendedBy, OpenedBook, Severity
from jcm_xl.checks.structure.seen import file_sheet
from jcm_xl.model.shown import shown
from jcm_xl.xlsx.cell_values import strict_number
from jcm_xl.xlsx.grid import Sheet, parse_address
from jcm_xl.xlsx.sheet_look import SCENARIO, Caption


@Check(
    needs_template=False,
    severity=Severity.WARNING,
    mended_by=MendedBy.REPAIR,
    basis="JCM Monitoring Spreadsheet: the sheets are submitted to be read",
    message="{sheet} keeps a scenario or filter of {cell} that shows it otherwise at "
    "a click ({actual}).",
    remedy="Delete the scenario (Data, What-If Analysis, Scenario Manager), or clear "
    "the filter (Data, Clear).",
)
def other_numbers_on_call(context: OpenedBook) -> Iterator[Finding]:
    """Look at what is kept; a scenario that changes nothing is quiet."""
    for page in context.official_sheets:
        sheet = file_sheet(context, page)
        for kept in sheet.look.on_call:
            if kept.kind != SCENARIO or _changes(sheet, kept):
                yield Finding(sheet=page.there, cell=kept.ranges, actual=kept.text)


def _changes(sheet: Sheet, kept: Caption) -> bool:
    """Tell whether a scenario has another value for a cell than the cell itself."""
    try:
        cell = sheet.cells.get(parse_address(kept.ranges))
    except ValueError:
        return True
    value = None if cell is None else cell.value
    if isinstance(value, float):
        try:
            return strict_number(kept.text) != value
        except (ValueError, IndexError):
            return True
    return kept.text != shown(value)
