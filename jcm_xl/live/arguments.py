"""What a host hands over, in one form: a cell, a line of cells, or a table.

Hosts differ: a range arrives as nested tuples or lists, or flat, or as one value; a
blank as `None` or `""`; an error as its text. No value is ever made a number here.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TypeAlias

from jcm_xl.dataclass import dataclass
from jcm_xl.errors import JcmError
from jcm_xl.model.reading import read
from jcm_xl.model.submission import CellError, DateNumber
from jcm_xl.text.signs import spelled

NAMELESS = "#ERROR!"
"""What a host puts for an error in a range of which it does not tell the kind."""

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


def _cell(raw: object) -> HostCell:
    if raw is None or raw == "":
        return None
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
