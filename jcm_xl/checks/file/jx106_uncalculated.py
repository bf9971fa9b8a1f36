"""No formula has a stored result: the book was saved by a program that keeps none.

Why it matters
    Excel and LibreOffice store the result of every formula beside it; libraries such
    as openpyxl do not. Viewers then show empty cells, and what the author saw on the
    screen cannot be compared. Missing is not zero.

How to fix it
    Open the book in Excel or LibreOffice and save it. The results given here were
    calculated from the inputs.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, MendedBy, OpenedBook, Phase, Severity


@Check(
    own_phase=Phase.FILE,
    severity=Severity.NOTE,
    mended_by=MendedBy.RECALCULATION,
    basis="ECMA-376 part 1, 18.3.1.96: a cell's value is optional",
    message="{actual} formulas have no stored result, as after a save by a program "
    "that does not calculate. All results given here were calculated anew.",
    remedy="Open the book in Excel or LibreOffice and save it, so that every reader "
    "sees the numbers.",
)
def uncalculated(context: OpenedBook) -> Iterator[Finding]:
    """Count the formulas where none has a value; JX119 tells of a part."""
    if context.is_uncalculated:
        count = context.file.grid.uncalculated
        yield Finding(actual=str(count))
