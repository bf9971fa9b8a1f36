"""No formula names an input cell: what is dragged or cut takes no formula along.

A spreadsheet lets a formula follow the cell that it names, locked or not. A range whose
ends are locked stays where it is, so a formula asks for a place in such a range:
`INDEX(E$8:E$12,ROWS($A$8:$A10))` for `E10`. See docs/decisions/0023-handling.md.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from jcm_xl.plan.builder import Builder
from jcm_xl.plan.slot import Slot
from jcm_xl.plan.tables import MARGIN
from jcm_xl.xlsx.grid import column_letters, parse_address

_PLACE = r"\$?[A-Z]{1,3}\$?[0-9]{1,7}"
_NAMED = re.compile(
    r'"(?:[^"]|"")*"|(?<![\w.$])'
    rf"(?:'(?P<sheet>(?:[^']|'')+)'!)?(?P<place>{_PLACE})(?P<end>:{_PLACE})?(?![\w(])"
)
"""A text, a range or a single cell; the groups are those of the last two."""


def make_steady(b: Builder) -> None:
    """Let every formula of the book that names an input cell ask for its place."""
    inputs = _Inputs(slot for slot in b.cells.values() if slot.is_open)
    for key, slot in b.cells.items():
        if slot.computed is not None:
            formula = inputs.steady(slot.computed.formula, slot.sheet)
            if formula != slot.computed.formula:
                computed = slot.computed.with_formula(formula)
                b.cells[key] = slot._replace(computed=computed)


def references(formula: str, sheet: str) -> Iterator[tuple[str, int, int]]:
    """Yield (sheet, row, column) of every cell that a formula of a sheet names.

    Of a range these are its two ends.
    """
    for found in _NAMED.finditer(formula):
        of = (found["sheet"] or sheet).replace("''", "'") if found["place"] else ""
        for place in (found["place"], (found["end"] or "").removeprefix(":")):
            if place:
                yield (of, *parse_address(place.replace("$", "")))


class _Inputs:
    """The unlocked cells, as runs of neighbours in a column."""

    def __init__(self, slots: Iterable[Slot]) -> None:
        columns: dict[tuple[str, int], list[int]] = defaultdict(list)
        for slot in slots:
            columns[slot.sheet, slot.column].append(slot.row)
        self._runs = {at: _runs(rows) for at, rows in columns.items()}
        self._places: dict[tuple[str, str, int, int], str] = {}

    def steady(self, formula: str, sheet: str) -> str:
        """Return a formula of a sheet in which no single input cell is named."""

        def place(found: re.Match[str]) -> str:
            if not found["place"] or found["end"]:
                return found[0]
            row, column = parse_address(found["place"].replace("$", ""))
            written = found["sheet"]
            of = written.replace("''", "'") if written else sheet
            if row not in self._runs.get((of, column), ()):
                return found[0]
            where = f"'{written}'!" if written else ""
            return self._place(of, where, row, column)

        return _NAMED.sub(place, formula)

    def _place(self, sheet: str, where: str, row: int, column: int) -> str:
        """Return the place in the column, counted along the margin.

        Both ranges follow when somebody inserts a line into an unprotected sheet.
        """
        key = sheet, where, row, column
        if key not in self._places:
            first, last = self._runs[sheet, column][row]
            top, name, edge = first - 1, column_letters(column), column_letters(MARGIN)
            self._places[key] = (
                f"INDEX({where}{name}${top}:{name}${last + 1},"
                f"ROWS({where}${edge}${top}:${edge}{row}))"
            )
        return self._places[key]


def _runs(cells: list[int]) -> dict[int, tuple[int, int]]:
    """Return first and last of the neighbours of each of the cells of a line."""
    found: dict[int, tuple[int, int]] = {}
    run: list[int] = []
    for cell in [*sorted(cells), 0]:
        if run and cell != run[-1] + 1:
            found |= dict.fromkeys(run, (run[0], run[-1]))
            run = []
        run.append(cell)
    return found
