"""The tables of a sheet, by whose headings formulas name cells."""

from __future__ import annotations

from jcm_xl.xlsx.grid import CellTable, parse_range
from jcm_xl.xlsx.markup import MAIN, STRICT_MAIN, elements


def read_table(data: bytes, part: str, sheet: str) -> CellTable | None:
    """Return the table of a table part; none where it has no name or range."""
    columns: list[str] = []
    found: dict[str, str] = {}
    for element in elements(data, part):
        if element.namespace not in (MAIN, STRICT_MAIN):
            continue
        if (element.depth, element.name) == (1, "table"):
            found = dict(element.attributes)
        elif (element.depth, element.name) == (3, "tableColumn"):
            columns.append(element.attributes.get("name", ""))
    name = found.get("displayName") or found.get("name", "")
    try:
        top, left, bottom, right = parse_range(found.get("ref", ""))
    except ValueError:
        return None
    headings = _count(found.get("headerRowCount", "1"), 1)
    totals = _count(found.get("totalsRowCount", "0"), 0)
    if not name:
        return None
    return CellTable(
        name, sheet, top, left, bottom, right, tuple(columns), headings, totals
    )


def _count(text: str, usual: int) -> int:
    return int(text) if text in ("0", "1") else usual
