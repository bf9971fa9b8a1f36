"""Which quantity a cell of the sheets shows, told by what stands around it."""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.live.arguments import UNIT_NUMBER, FunctionError, HostLine, HostTable
from jcm_xl.live.ranges import items_by_symbol, spoken
from jcm_xl.model.methodology import Item, Methodology, fold_symbol
from jcm_xl.model.submission import StageInputs


def pointed_at(
    m: Methodology, inputs: StageInputs, block: HostTable
) -> tuple[str, int | None]:
    """Return name and unit row of the last cell of a block that begins at A1.

    Its symbol stands in its row (Tables 1 and 2, the calculation), or above it where
    the row begins with a unit's number. Raises `FunctionError` for any other cell.
    """
    line = block[-1] if block else ()
    unit = _unit(line)
    beside = next(_items(m, reversed(line)), None)
    above = next(_items(m, (row[len(line) - 1] for row in reversed(block[:-1])
                            if len(row) >= len(line))), None)  # fmt: skip
    if unit is not None and above is not None and above.index:
        if unit not in inputs.used.get(above.index, ()):
            raise FunctionError(f"Unit ({unit}) of {spoken(above.symbol)} is not used.")
        return above.name, unit
    if beside is None:
        raise FunctionError(
            "No symbol of the methodology stands in the row of this cell, nor above it "
            "in a table of units; point at a value of Table 1, Table 2 or of the "
            "calculation."
        )
    if beside.index:
        raise FunctionError(
            f"{spoken(beside.symbol)} runs over units; point at the cell of one unit."
        )
    return beside.name, None


def _unit(line: HostLine) -> int | None:
    """Return the number with which the row of a unit begins."""
    first = next((cell for cell in line if cell is not None), None)
    match = UNIT_NUMBER.fullmatch(first) if isinstance(first, str) else None
    return int(match[1]) if match else None


def _items(m: Methodology, cells: Iterator[object]) -> Iterator[Item]:
    known = items_by_symbol(m)
    for cell in cells:
        if isinstance(cell, str) and (item := known.get(fold_symbol(cell))):
            yield item
