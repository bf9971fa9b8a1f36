"""Look-up tables of the workbook compared with those of the definition."""

from __future__ import annotations

from collections.abc import Iterator

from jcm_xl.adopt.items import ComparedItem, Verdict, at, compared
from jcm_xl.adopt.lookups import ReadRow, ReadTable
from jcm_xl.formula.scan import CellPlace
from jcm_xl.model.methodology import Row, Table
from jcm_xl.model.tolerance import same_number
from jcm_xl.xlsx.grid import Grid


def row_key(table: Table, row: Row) -> str:
    """Return the name of a row as overlays and gaps name it."""
    return f"tables.{table.name}[{row.key or row.start}]"


def compare_tables(table: Table, read: ReadTable, grid: Grid) -> Iterator[ComparedItem]:
    """Yield the verdicts on the rows of a table; rows go by key, classes by order."""
    if not read.rows:
        reason = "the formula that looks up in it reads no row that was understood"
        yield ComparedItem(f"tables.{table.name}", Verdict.NOT_COMPARABLE, table.label,
                           reason=reason)  # fmt: skip
    elif table.match == "exact":
        yield from _by_key(table, read)
    else:
        yield from _by_class(table, read, grid)


def _by_key(table: Table, read: ReadTable) -> Iterator[ComparedItem]:
    left = {row.key.casefold(): row for row in read.rows if row.key}
    missing = []
    for row in table.rows:
        official = left.pop(" ".join(row.key.split()).casefold(), None)
        if official is None:
            missing.append(row)
        else:
            yield _value(table, row, official)
    for row, official in zip(missing, left.values(), strict=False):
        key = f"{row_key(table, row)}.key"
        yield compared(key, official.key_place, row.key, official.key, same=False)
        yield _value(table, row, official)
    for row in missing[len(left) :]:
        yield ComparedItem(row_key(table, row), Verdict.ONLY_OURS, str(row.value), "",
                           at(read.rows[0].key_place)[0])  # fmt: skip
    for official in list(left.values())[len(missing) :]:
        item = f"tables.{table.name}[{official.key}]"
        yield ComparedItem(item, Verdict.ONLY_OFFICIAL, "", _plain(official.value),
                           *at(official.value_place))  # fmt: skip


def _value(table: Table, row: Row, official: ReadRow) -> ComparedItem:
    same = official.value is not None and same_number(float(row.value), official.value)
    return compared(row_key(table, row), official.value_place, row.value,
                    _plain(official.value), same=same)  # fmt: skip


def _by_class(table: Table, read: ReadTable, grid: Grid) -> Iterator[ComparedItem]:
    for row, official in zip(table.rows, read.rows, strict=False):
        key = row_key(table, row)
        yield _value(table, row, official)
        yield _limit(f"{key}.from", row.start, official.start, official.key_place)
        yield _limit(f"{key}.to", row.end, official.end, official.end_place)
        printed = _printed_end(official, grid)
        if printed is not None and official.end is not None:
            number, place = printed
            yield _limit(f"{key}.to", row.end, number, place)
    last, read_last = table.rows[-1], read.rows[-1]
    if len(table.rows) != len(read.rows):
        yield compared(f"tables.{table.name}.rows", read_last.key_place,
                       len(table.rows), len(read.rows), same=False)  # fmt: skip
    elif read_last.end is not None:
        words = {True: "belongs to the class", False: "is outside"}
        yield compared(
            f"{row_key(table, last)}.closed", read_last.end_place,
            words[last.is_closed], words[read_last.is_closed],
            same=last.is_closed == read_last.is_closed,
        )  # fmt: skip


def _limit(
    item: str, ours: object, official: float | None, place: CellPlace
) -> ComparedItem:
    if official is None or ours is None:
        return ComparedItem(item, Verdict.NOT_PRINTED, str(ours or ""), "", *at(place),
                            "no formula of the workbook reads this limit")  # fmt: skip
    same = same_number(float(str(ours)), official)
    return compared(item, place, ours, _plain(official), same=same)


def _printed_end(row: ReadRow, grid: Grid) -> tuple[float, CellPlace] | None:
    """Return the upper limit that stands on the right of the lower one."""
    sheet, line, column = row.key_place
    place = (sheet, line, column + 1)
    there = grid.sheet(sheet)
    cell = there.cells.get(place[1:]) if there else None
    if cell is None or place == row.value_place or not isinstance(cell.value, float):
        return None
    return cell.value, place


def _plain(value: float | None) -> str:
    return "" if value is None else f"{value:.15g}"
