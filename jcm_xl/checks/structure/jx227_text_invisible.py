"""What a cell holds has the colour of its ground.

Why it matters
    White on white counts in every formula and is read by nobody. Whether it was
    meant as a tidy sheet or not: the verifier has to see it. Colours of the theme,
    lighter and darker ones too, count as they are shown.

How to fix it
    Give the cell a font colour that can be read (Home > Font Color > Automatic).
"""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.checks.base import Check, Finding, MendedBy, OpenedBook, Severity
from jcm_xl.checks.structure.seen import has_runs, run_looks, seen_cells
from jcm_xl.model.shown import shown
from jcm_xl.model.submission import CellError
from jcm_xl.xlsx.colours import is_legible, named_colour
from jcm_xl.xlsx.grid import Cell
from jcm_xl.xlsx.number_format import shown_number
from jcm_xl.xlsx.texts import RunText


@Check(
    needs_template=False,
    severity=Severity.ERROR,
    tonnes=True,
    mended_by=MendedBy.REPAIR,
    basis="JCM Monitoring Spreadsheet: the sheets are submitted to be read",
    message="{cell} on {sheet} holds '{actual}' in the colour of its ground, so that "
    "nobody sees it.",
    remedy="Set the font colour of {cell} to automatic.",
)
def text_invisible(context: OpenedBook) -> Iterator[Finding]:
    """Look for cells in such a style or number format; JX242 looks at rules."""
    styles = context.grid.styles
    pale = {n for n, look in enumerate(styles.looks) if not look.can_be_seen}
    coloured = {n for n, code in enumerate(styles.formats) if "[" in code}
    odd, pages = pale | coloured, context.official_sheets
    if not (odd or has_runs(pages)):
        return
    for seen in seen_cells(pages, lambda cell, _: _may_hide(cell, odd)):
        value, style = seen.cell.value, seen.cell.style
        if isinstance(value, CellError):
            continue
        runs = run_looks(styles, seen.cell)
        is_pale = style in pale or any(not look.can_be_seen for look in runs)
        if style in coloured and type(value) is float:
            name = shown_number(styles.formats[style], value).colour
            colour = named_colour(name) if name else ""
            if colour:  # it stands in the place of the font's
                is_pale = not is_legible(colour, styles.look(style).grounds)
        if is_pale:
            yield seen.finding(context, shown(value))


def _may_hide(cell: Cell, odd: set[int]) -> bool:
    return cell.style in odd or type(cell.value) is RunText
