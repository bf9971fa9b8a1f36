"""What stands in a cell, judged once: by every door in the same way.

`check`, `import`, `repair`, `fill`, `calc`, `new --plan`, the tables and the live
functions ask here. A number that its cell shows as a date is none: Excel makes a day of
1/2, and the number behind it is no amount.
"""

from __future__ import annotations

import math
import unicodedata
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum

from jcm_xl.dataclass import dataclass
from jcm_xl.model.submission import CellError, DateNumber, Value
from jcm_xl.text.days import day_of, serial

_LIKELY_DAYS = (36_526.0, 54_789.0)
"""A number that shows as a day of 2000 to 2049 may well have been typed as one."""


class Takes(Enum):
    """What a cell is for."""

    NUMBER = "a number"
    DAY = "a day"
    TEXT = "a text"

    @classmethod
    def of(cls, rule: str) -> Takes:
        """Return what a slot of this rule is for."""
        return _TAKES.get(rule, cls.TEXT)


_TAKES = {"number": Takes.NUMBER, "row": Takes.NUMBER, "date": Takes.DAY}


class CellKind(Enum):
    """What stands there."""

    BLANK = "nothing"
    EMPTY = "nothing but blanks"
    NUMBER = "a number"
    DAY = "a day"
    DATE_NUMBER = "a number that the cell shows as a date"
    TEXT = "a text"
    TRUTH = "a truth value"
    ERROR = "an error value"


@dataclass(frozen=True, slots=True)
class CellReading:
    """One cell, judged.

    value: as a submission keeps it; `None` for nothing at all.
    takes: what the cell is for.
    """

    kind: CellKind
    value: Value
    takes: Takes

    @property
    def is_plain(self) -> bool:
        """Tell whether it is what the cell is for, or nothing."""
        return self.kind is CellKind.BLANK or self.kind in _PLAIN[self.takes]

    @property
    def number(self) -> float | None:
        """Return the number that may be calculated with, if there is one."""
        is_one = self.kind is CellKind.NUMBER and type(self.value) is float
        return self.value if is_one else None  # type: ignore[return-value]

    @property
    def day(self) -> date | None:
        """Return the day, where the cell is for one and holds one."""
        return self.value if isinstance(self.value, date) else None

    @property
    def typed(self) -> float | None:
        """Return the number that was probably typed where a date is shown."""
        if not isinstance(self.value, DateNumber):
            return None
        first, last = _LIKELY_DAYS
        is_day = first <= self.value.number <= last
        return None if is_day else self.value.number


_PLAIN = {
    Takes.NUMBER: (CellKind.NUMBER,),
    Takes.DAY: (CellKind.DAY,),
    Takes.TEXT: (CellKind.TEXT, CellKind.EMPTY),
}


def read(
    raw: object,
    takes: Takes = Takes.NUMBER,
    *,
    shows_date: bool = False,
    is_date1904: bool = False,
) -> CellReading:
    """Judge what a cell, a row of a table or a host holds.

    `shows_date`: whether the format of the cell makes a date or time of a number.
    """
    if isinstance(raw, bool):
        return CellReading(CellKind.TRUTH, raw, takes)
    if isinstance(raw, (float, int, Decimal)):
        return _of_number(float(raw), takes, shows_date, is_date1904)
    if isinstance(raw, DateNumber):
        return CellReading(CellKind.DATE_NUMBER, raw, takes)
    if isinstance(raw, date):
        return _of_date(raw, takes)
    if raw is None:
        return CellReading(CellKind.BLANK, None, takes)
    if isinstance(raw, CellError):
        return CellReading(CellKind.ERROR, raw, takes)
    text = str(raw)
    if text == "":
        return CellReading(CellKind.BLANK, None, takes)
    return CellReading(
        CellKind.EMPTY if _is_unseen(text) else CellKind.TEXT, text, takes
    )


def _of_number(
    number: float, takes: Takes, shows_date: bool, is_date1904: bool
) -> CellReading:
    if not math.isfinite(number):
        return CellReading(CellKind.ERROR, CellError("#NUM!"), takes)
    day = day_of(number, is_1904=is_date1904)
    if takes is Takes.DAY and day is not None and number == int(number):
        return CellReading(CellKind.DAY, day, takes)
    if shows_date or (takes is Takes.DAY and day is not None):
        return CellReading(CellKind.DATE_NUMBER, DateNumber(number, day), takes)
    return CellReading(CellKind.NUMBER, number, takes)


def _of_date(raw: date, takes: Takes) -> CellReading:
    """Judge a date, or a moment, as Python or a host has it."""
    moment = raw.time() if isinstance(raw, datetime) else time()
    day = raw.date() if isinstance(raw, datetime) else raw
    if takes is Takes.DAY and moment == time():
        return CellReading(CellKind.DAY, day, takes)
    seconds = (moment.hour * 60 + moment.minute) * 60 + moment.second
    return CellReading(
        CellKind.DATE_NUMBER, DateNumber(serial(day) + seconds / 86_400, day), takes
    )


def _is_unseen(text: str) -> bool:
    return all(s.isspace() or unicodedata.category(s) in ("Cf", "Cc") for s in text)
