"""Several monitoring periods below each other in one report: the first is read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from jcm_xl.foreign.heads import days_of
from jcm_xl.foreign.tables import TableLine, Tables
from jcm_xl.foreign.words import symbol_key
from jcm_xl.xlsx.grid import address

FirstAndLast = tuple[date, ...]


def keep_first_period(tables: Tables) -> tuple[tuple[FirstAndLast, str], ...]:
    """Leave the rows of the first period alone; return all with the cell of each.

    Nothing where there is one period, or where the rows of another one name other
    parameters: then one of the periods is a slip.
    """
    lines: dict[FirstAndLast, list[TableLine]] = {}
    for line in tables.lines:
        if line.head.table == 1 and (days := _days(line)):
            lines.setdefault(days, []).append(line)
    if len(lines) < 2 or not _repeat(list(lines.values())):
        return ()
    first = next(iter(lines))
    others = [
        line.row for days, found in lines.items() if days != first for line in found
    ]
    tables.lines[:] = [line for line in tables.lines if line.row not in others]
    _keep_results(tables, first)
    return tuple((days, _place(found[0])) for days, found in lines.items())


def _days(line: TableLine) -> FirstAndLast:
    spot = line.get("period")
    return days_of(spot.cell.value) if spot else ()


def _place(line: TableLine) -> str:
    return address(line.row, line.head.columns["period"].start)


def _repeat(groups: Sequence[Sequence[TableLine]]) -> bool:
    """Tell whether each group of rows names the same parameters."""
    named = [sorted(map(_named, group)) for group in groups]
    return all(names == named[0] for names in named)


def _named(line: TableLine) -> str:
    symbol, point = line.joined("symbol"), line.own("point")
    said = [str(spot.cell.value) for spot in (symbol, point) if spot]
    return " ".join(map(symbol_key, said))


def _keep_results(tables: Tables, first: FirstAndLast) -> None:
    """Keep the figure of Table 3 that stands beside this period."""
    beside = [
        spot
        for spot in tables.results
        if any(days_of(other.cell.value) == first for other in tables.beside(spot))
    ]
    tables.results[:] = beside or tables.results[:1]
