"""References to tables: `Meters[kWh]`, `Meters[[#This Row],[kWh]]`, `[@kWh]`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from jcm_xl.expr.arithmetic import VALUE
from jcm_xl.formula.evaluation.cells import CellRange
from jcm_xl.formula.evaluation.frame import Frame, Surroundings
from jcm_xl.formula.evaluation.values import failure
from jcm_xl.formula.evaluation.why import unknown
from jcm_xl.text.late import late_pattern
from jcm_xl.xlsx.grid import CellTable

_ITEM = late_pattern(r"\s*\[((?:[^\[\]']|'.)*)\]\s*([,:]?)", 0)
_PARTS = ("#all", "#data", "#headers", "#totals", "#this row")


class _Wanted(NamedTuple):
    """What a reference names: parts of the table, and columns by their heading."""

    parts: frozenset[str]
    columns: tuple[str, ...]


def whole_table(book: Surroundings, table: CellTable) -> CellRange:
    """Return the data of a table."""
    return _range(book, table, _Wanted(frozenset(), ()), None)


def table_range(
    book: Surroundings, tables: Mapping[str, CellTable], text: str, frame: Frame
) -> CellRange:
    """Return the range that a reference means to a formula."""
    name, _, inner = text.partition("[")
    table = tables.get(name.casefold()) if name else _around(tables, frame)
    if table is None:
        raise unknown("table")
    return _range(book, table, _read(inner[:-1]), frame)


def _around(tables: Mapping[str, CellTable], frame: Frame) -> CellTable | None:
    """Return the table in which a formula stands."""
    for table in tables.values():
        is_in_rows = table.top <= frame.row <= table.bottom
        is_in_columns = table.left <= frame.column <= table.right
        if table.sheet == frame.sheet.name and is_in_rows and is_in_columns:
            return table
    return None


def _read(inner: str) -> _Wanted:
    """Read what stands between the outer brackets."""
    parts: set[str] = set()
    columns: list[str] = []
    inner = inner.strip()
    if inner.startswith("@"):
        parts.add("#this row")
        inner = inner[1:].strip()
    items = list(_items(inner)) if inner.startswith("[") else [inner]
    for item in items:
        if item.casefold() in _PARTS:
            parts.add(item.casefold())
        elif item:
            columns.append(_plain(item))
    return _Wanted(frozenset(parts), tuple(columns))


def _items(inner: str) -> Iterator[str]:
    at = 0
    while at < len(inner):
        match = _ITEM.match(inner, at)
        if match is None:
            raise unknown("table")
        yield match[1]
        at = match.end()


def _plain(heading: str) -> str:
    """Return a heading without the marks before its special signs."""
    plain: list[str] = []
    signs = iter(heading)
    for sign in signs:
        plain.append(next(signs, "") if sign == "'" else sign)
    return "".join(plain).casefold()


def _range(
    book: Surroundings, table: CellTable, wanted: _Wanted, frame: Frame | None
) -> CellRange:
    columns = [_column(table, heading) for heading in wanted.columns]
    left = table.left + min(columns, default=0)
    right = table.left + max(columns, default=table.right - table.left)
    top, bottom = _rows(table, wanted.parts, frame)
    if top > bottom:
        raise failure("#REF!")
    return book.sheet(table.sheet).area(top, left, bottom, right)


def _column(table: CellTable, heading: str) -> int:
    headings = [column.casefold() for column in table.columns]
    if heading not in headings:
        raise failure("#REF!")
    return headings.index(heading)


def _rows(
    table: CellTable, parts: frozenset[str], frame: Frame | None
) -> tuple[int, int]:
    first, last = table.top + table.headings, table.bottom - table.totals
    if "#this row" in parts:
        is_here = frame is not None and frame.sheet.name == table.sheet
        if not is_here or frame is None or not first <= frame.row <= last:
            raise failure(VALUE)
        return frame.row, frame.row
    spans = {
        "#all": (table.top, table.bottom),
        "#headers": (table.top, first - 1),
        "#totals": (last + 1, table.bottom),
        "#data": (first, last),
    }
    chosen = [spans[part] for part in parts] or [(first, last)]
    return min(top for top, _ in chosen), max(bottom for _, bottom in chosen)
