"""A cell of a participant's own sheet reads something outside of this book.

Why it matters
    Own sheets with raw data are welcome because the verifier can follow them. A cell
    that asks another workbook, a server or a program shows another number tomorrow,
    and nothing at all on a computer without it.

How to fix it
    Copy the data into the book as values: copy, then paste special, values.
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, OpenedBook, Phase, Severity
from jcm_xl.submission.outside import reads_outside
from jcm_xl.xlsx import limits
from jcm_xl.xlsx.grid import address


@Check(
    own_phase=Phase.STRUCTURE,
    needs_template=False,
    severity=Severity.ERROR,
    person_decides=True,
    tonnes=True,
    basis="Calculations must be traceable to raw data in the workbook (CDM "
    "information and reporting checks Y2U7VPS9J5RXTHN)",
    message="{cell} on your sheet {sheet} reads something outside of this book: "
    "{actual}.",
    remedy="Put the data themselves into {cell}: copy it, then paste it as a value.",
)
def outside_on_own_sheet(context: OpenedBook) -> Iterator[Finding]:
    """Look through the formulas of the sheets that are not of the template."""
    count = 0
    ours = {*context.plan.sheets.values()} if context.foreign is None else set()
    told = _told_as_inputs(context)
    for sheet in context.grid.sheets:
        if sheet.name in ours:
            continue
        for place, cell in sheet.cells.items():
            if cell.formula and reads_outside(cell.formula):
                if (sheet.name, *place) in told:
                    continue
                count += 1
                if count > limits.ODDITIES_OF_A_KIND:
                    return
                actual = f"={cell.formula}"
                yield Finding(actual=actual, sheet=sheet.name, cell=address(*place))


def _told_as_inputs(context: OpenedBook) -> set[tuple[str, int, int]]:
    """Return the inputs of a hand-made book: JX218 looks at them."""
    found = context.foreign.found if context.foreign else {}
    return {
        (spot.sheet, spot.row, spot.column)
        for key, spot in found.items()
        if context.plan[key].is_input
    }
