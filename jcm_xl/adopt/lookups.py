"""Look-up tables as formulas read them: ranges of keys and of values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from jcm_xl.formula.scan import CellPlace
from jcm_xl.xlsx.grid import CellError, CellValue, address


class ReadRow(NamedTuple):
    """A row of a look-up table: a text, or the lower and the upper limit of a class.

    A limit that the formula does not read is `None`; `is_closed`: whether the upper
    limit belongs to the class.
    """

    key: str
    start: float | None
    end: float | None
    is_closed: bool
    value: float | None
    key_place: CellPlace
    end_place: CellPlace
    value_place: CellPlace


class ReadTable(NamedTuple):
    """A table of the workbook; `name` is how lifted formulas name it, `#1`."""

    name: str
    match: str
    rows: tuple[ReadRow, ...]

    @property
    def places(self) -> tuple[CellPlace, ...]:
        """Return the cells of the keys and of the values."""
        return tuple(p for r in self.rows for p in (r.key_place, r.value_place))

    def find(self, key: object) -> float | None:
        """Return the value of a key, nothing where no row has it."""
        for row in self.rows:
            if self.match == "exact":
                if isinstance(key, str) and row.key.casefold() == key.casefold():
                    return row.value
            elif isinstance(key, float) and _is_within(key, row):
                return row.value
        return None


def _is_within(key: float, row: ReadRow) -> bool:
    if row.start is not None and key < row.start:
        return False
    if row.end is None:
        return True
    return key < row.end or (row.is_closed and key == row.end)


def exact_rows(
    keys: Sequence[CellPlace], values: Sequence[CellPlace], cells: Sequence[CellValue],
    figures: Sequence[CellValue],
) -> tuple[ReadRow, ...]:  # fmt: skip
    """Return the rows of a table that is read by equal texts."""
    return tuple(
        ReadRow(_text(key), None, None, False, _number(value), at, at, place)
        for at, place, key, value in zip(keys, values, cells, figures, strict=False)
        if key is not None
    )


def class_rows(
    keys: Sequence[CellPlace], values: Sequence[CellPlace], cells: Sequence[CellValue],
    figures: Sequence[CellValue],
) -> tuple[ReadRow, ...]:  # fmt: skip
    """Return the rows of a table that is read by lower limits, the last one open."""
    rows = [
        (at, place, _number(key), _number(value))
        for at, place, key, value in zip(keys, values, cells, figures, strict=False)
        if key is not None
    ]
    ends = [(at, start) for at, _, start, _ in rows[1:]] + [(("", 0, 0), None)]
    return tuple(
        ReadRow("", start, end, False, value, at, end_at or at, place)
        for (at, place, start, value), (end_at, end) in zip(rows, ends, strict=True)
    )


def closed(
    table: ReadTable, limit: float, place: CellPlace, *, is_in: bool
) -> ReadTable:
    """Return a table whose last class ends at a limit."""
    last = table.rows[-1]._replace(end=limit, is_closed=is_in, end_place=place)
    return table._replace(rows=(*table.rows[:-1], last))


def printed_place(place: CellPlace) -> str:
    """Return `Sheet!B5`; nothing for no place."""
    return f"{place[0]}!{address(*place[1:])}" if place[1] else ""


def _text(value: CellValue) -> str:
    if isinstance(value, float):
        return f"{value:.15g}"
    return "" if isinstance(value, CellError) else str(value).strip()


def _number(value: CellValue) -> float | None:
    return value if isinstance(value, float) else None
