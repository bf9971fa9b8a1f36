"""A remark in a cell of an official sheet states other tonnes than the result.

Why it matters
    A sentence such as "verified: 500 tCO2" in a column for comments is read beside
    Table 3 and says another number. What is said of another year, of the plan or of an
    earlier report is nobody's business, nor are tonnes of coal.

How to fix it
    Correct the sentence, or say of which year or document the number is.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Severity
from jcm_xl.checks.structure.seen import seen_cells
from jcm_xl.checks.structure.tonnes_in_texts import tonnes_in_prose
from jcm_xl.plan.slot import Slot
from jcm_xl.xlsx.grid import Cell


@Check(
    needs_template=False,
    severity=Severity.WARNING,
    person_decides=True,
    basis="JCM Monitoring Spreadsheet: Table 3 of the report states the reductions",
    message="{cell} on {sheet} states '{actual}', which no result of the book is.",
    remedy="Correct this text, or say of which year or document the number is.",
)
def tonnes_in_a_remark(context: OpenedBook) -> Iterator[Finding]:
    """Look at the texts that people write into the official sheets."""
    for seen in seen_cells(context.official_sheets, _is_written):
        if piece := tonnes_in_prose(context, str(seen.cell.value)):
            yield seen.finding(context, piece, Severity.WARNING)


def _is_written(cell: Cell, slot: Slot | None) -> bool:
    """Tell whether a text is a person's: no formula, and no words of the template."""
    if cell.formula is not None or not isinstance(cell.value, str):
        return False
    if slot is None:
        return True
    return cell.value != slot.content
