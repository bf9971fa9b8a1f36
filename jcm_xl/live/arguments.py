"""What a host hands over, in one form: a cell, a line of cells, or a table.

Hosts differ: a range arrives as nested tuples or lists, or flat, or as one value; a
blank as `None` or `""`; an error as its text. No value is ever made a number here.
"""

from __future__ import annotations

import math
import re
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeAlias

from jcm_xl.dataclass import dataclass
from jcm_xl.errors import JcmError
from jcm_xl.model.reading import read
from jcm_xl.model.submission import CellError, DateNumber
from jcm_xl.text.days import EPOCH
from jcm_xl.text.signs import spelled

NAMELESS = "#ERROR!"
"""What a host puts for an error in a range of which it does not tell the kind."""

_FIRST_DAY, _LAST_DAY = 41_275, 73_050
"""2013, when the mechanism began, to 2099, as Excel counts days."""

UNIT_NUMBER = re.compile(r"\((\d+)\)(?: \S.{0,11})?")
"""Begins the row of a unit, with its name behind it if the set has names."""

_ERROR = re.compile(r"#(N/A|DIV/0!|VALUE!|REF!|NAME\?|NUM!|NULL!|[A-Z_]+!?)|Err:\d{3}")


class FunctionError(JcmError, ValueError):
    """A live function has no answer; the cell shows an error, CHECK the reason."""


@dataclass(frozen=True, slots=True)
class Logical:
    """TRUE or FALSE; in Python `True == 1`, in a cell it is no number."""

    value: bool


@dataclass(frozen=True, slots=True)
class Currency:
    """An amount of money, of which Excel hands over four decimals and no more."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """A cell that a host points at: the rows of its sheet down to it, and its column.

    rows: from row 1 and column 1, as wide as the sheet is used. column: from 1.
    """

    rows: tuple[tuple[object, ...], ...]
    column: int


HostCell: TypeAlias = float | str | Logical | CellError | DateNumber | Currency | None
HostLine: TypeAlias = tuple[HostCell, ...]
HostTable: TypeAlias = tuple[HostLine, ...]


def cell(raw: object) -> HostCell:
    """Return one value; a range of one cell is that cell."""
    found = line(raw)
    if len(found) > 1:
        raise FunctionError(f"One cell is expected, {len(found)} are given.")
    return found[0] if found else None


def line(raw: object) -> HostLine:
    """Return the cells of a range one after the other, row by row."""
    return tuple(one for row in table(raw) for one in row)


def table(raw: object) -> HostTable:
    """Return the rows of a range; a flat sequence is one row, nothing is no row."""
    if raw is None:
        return ()
    if not isinstance(raw, (list, tuple)):
        return ((_cell(raw),),)
    if any(isinstance(row, (list, tuple)) for row in raw):
        return tuple(
            tuple(map(_cell, row)) if isinstance(row, (list, tuple)) else (_cell(row),)
            for row in raw
        )
    return (tuple(map(_cell, raw)),) if raw else ()


def place(raw: object) -> HostTable:
    """Return the cells from A1 to the one pointed at, and of its row all.

    The row of a unit, which begins with its number, ends at the cell: there the column
    tells the quantity, elsewhere the symbol in the row.
    """
    if not isinstance(raw, PlacedCell):
        return table(raw)
    found = table(raw.rows)
    line_ = found[-1] if found else ()
    if next((one for one in line_ if UNIT_NUMBER.fullmatch(str(one))), None) is None:
        return found
    return (*found[:-1], line_[: raw.column])


def _cell(raw: object) -> HostCell:
    kind = type(raw)
    if kind is float and math.isfinite(raw):  # type: ignore[arg-type]
        return raw  # type: ignore[return-value]
    if raw is None or raw == "":
        return None
    if kind is str:
        is_error = raw[0] in "#E" and _ERROR.fullmatch(raw)  # type: ignore[index,call-overload]
        return CellError(raw) if is_error else raw  # type: ignore[arg-type,return-value]
    if isinstance(raw, bool):
        return Logical(raw)
    if isinstance(raw, Decimal):
        return Currency(raw)
    found = read(raw).value
    if isinstance(found, str) and _ERROR.fullmatch(found):
        return CellError(found)
    return found  # type: ignore[return-value]


def described(value: HostCell) -> str:
    """Return what stands in a cell, in words: `holds the text 'abc'`."""
    if value is None:
        return "is blank"
    if isinstance(value, CellError):
        is_nameless = value.code == NAMELESS
        return "holds an error" if is_nameless else f"holds the error {value.code}"
    if isinstance(value, Logical):
        return f"holds {str(value.value).upper()}"
    if isinstance(value, Currency):
        return (
            f"holds the currency amount {value.value}, which may be cut to four "
            "decimals; give the cell the format General"
        )
    if isinstance(value, DateNumber):
        return f"shows the date {value}"
    if isinstance(value, str):
        return f"holds the text '{spelled(value)}'"
    return f"holds {value:.15g}"


def day_of_period(raw: object, which: str) -> date:
    """Return the first or last day: a date, its serial number, or `2024-04-01`."""
    found = cell(raw)
    if isinstance(found, DateNumber) and isinstance(found.day, date):
        return found.day
    if isinstance(found, str):
        with suppress(ValueError):
            return date.fromisoformat(found.strip())
    is_whole = isinstance(found, float) and found.is_integer()
    if isinstance(found, float) and is_whole and _FIRST_DAY <= found <= _LAST_DAY:
        return EPOCH + timedelta(days=int(found))
    raise FunctionError(
        f"The {which} day {described(found)}; a date is expected, as 2024-04-01."
    )
