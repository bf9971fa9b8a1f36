"""The tables of a sheet, by whose headings formulas name cells."""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.xlsx.grid import CellTable, Odd, parse_range
from jcm_xl.xlsx.markup import SmallPart
from jcm_xl.xlsx.strict import TABLE, OddFact, note

_COUNTS = (("headerRowCount", 1), ("totalsRowCount", 0))


def odd_of_table(part: SmallPart) -> Iterator[OddFact]:
    """Yield what in a table part programs could read differently."""
    yield from note(part, TABLE)
    said = part.elements[-1].attributes
    for name, usual in _COUNTS:
        if said.get(name, str(usual)) not in ("0", "1"):
            yield Odd.BAD_SETTING, f"{name} of {part.name}"


def read_table(part: SmallPart, sheet: str) -> CellTable | None:
    """Return the table of a table part; none where it has no name or range."""
    columns: list[str] = []
    found: dict[str, str] = {}
    for element in part.elements:
        if element.namespace not in TABLE.spaces or element.inside:
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
    headings, totals = (_count(found.get(n, str(u)), u) for n, u in _COUNTS)
    if not name:
        return None
    return CellTable(
        name, sheet, top, left, bottom, right, tuple(columns), headings, totals
    )


def _count(text: str, usual: int) -> int:
    return int(text) if text in ("0", "1") else usual
