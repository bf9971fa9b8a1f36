"""The days that a text means: in the orders, words and calendars of the JCM countries.

Nothing is calculated with them: a message names them, and the reader decides. A text
whose day and month can be exchanged has two readings, and both are named.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from enum import Enum
from functools import lru_cache

from jcm_xl.dataclass import dataclass
from jcm_xl.places import templates
from jcm_xl.text.days import day_of
from jcm_xl.text.late import late_pattern
from jcm_xl.text.toml import read_template

BUDDHIST = 543
"""So many years a year of the Buddhist era is ahead: 2566 is 2023."""
_BUDDHIST_YEARS = range(2400, 2800)
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "r": 2018, "h": 1988, "s": 1925}
"""The year before the first one of a Japanese era."""
_LIKELY = range(2000, 2100)
"""Years that a text of two digits, or the bare number of a day, may mean."""
_OF_THE_JCM = range(2011, 2050)
_TIME = late_pattern(
    r"(?<=\d)(?:\s+|t)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s*[ap]\.?m\.?)?"
    r"(?:z|[+-]\d{2}:?\d{2})?(?![\d:])"
)
_SERIAL = late_pattern(r"(\d{5})(?:[.,]0+)?")


class Calendar(Enum):
    """By which years a text counts."""

    COMMON = "of the common calendar"
    BUDDHIST = "of the Buddhist calendar"
    JAPANESE = "of a Japanese era"


@dataclass(frozen=True, slots=True)
class DayReading:
    """One day of a text: what it may be, the likeliest first, and how it counts."""

    days: tuple[date, ...]
    calendar: Calendar = Calendar.COMMON

    @property
    def is_plain(self) -> bool:
        """Tell whether there is one day, counted as everybody counts."""
        return len(self.days) == 1 and self.calendar is not Calendar.BUDDHIST


def days_meant(text: str) -> tuple[DayReading, ...]:
    """Return the days that a text probably names: `31/Dec/201 7` is 2017-12-31."""
    return tuple(_readings(text))


def dates_meant(text: str) -> tuple[date, ...]:
    """Return the likeliest day of each that a text names."""
    return tuple(reading.days[0] for reading in _readings(text))


def may_mean(text: str, days: tuple[date, ...]) -> bool:
    """Tell whether a text names just these days, in one of its readings."""
    found = days_meant(text)
    pairs = zip(found, days, strict=False)
    return len(found) == len(days) and all(day in r.days for r, day in pairs)


def common_day(day: date) -> date | None:
    """Return the day that one of a Buddhist year stands for, `None` for any other."""
    if day.year not in _BUDDHIST_YEARS:
        return None
    return _day(day.year - BUDDHIST, day.month, day.day)


def _readings(text: str) -> Iterator[DayReading]:
    plain = "".join(_TIME.sub("", folded(text).strip()).split())
    number = _SERIAL.fullmatch(plain)
    if number:
        day = day_of(float(number[1]))
        if day is not None and day.year in _LIKELY:
            yield DayReading((day,))
        return
    if not any(map(str.isdecimal, plain)):
        return
    for match in _pattern().finditer(plain):
        parts = {k[0]: v for k, v in match.groupdict().items() if v is not None}
        found = _reading(parts)
        if found is not None:
            yield found


def folded(text: str) -> str:
    """Return a text without capitals, accents and signs that nobody sees."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    signs = unicodedata.normalize("NFD", plain)
    kept = (
        " " if sign == "\u00ad" else sign
        for sign in signs
        if not "\u0300" <= sign <= "\u036f" and unicodedata.category(sign) != "Cf"
    )  # fmt: skip
    return unicodedata.normalize("NFC", "".join(kept)).translate(_DASHES)


_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-")


def _reading(parts: Mapping[str, str]) -> DayReading | None:
    era = parts.get("e")
    if era is not None:
        year = _ERAS[era] + (1 if parts["y"] == "元" else int(parts["y"]))
        return _made([(year, _month(parts["m"]), int(parts["d"]))], Calendar.JAPANESE)
    if "a" in parts:
        return _ordered(int(parts["a"]), int(parts["b"]), parts["y"])
    if "t" in parts:
        return _of_three(int(parts["t"]), int(parts["u"]), int(parts["v"]))
    month, day = _month(parts["m"]), int(parts["d"])
    return _of_year(parts["y"], [(month, day)])


def _ordered(first: int, second: int, year: str) -> DayReading | None:
    """Return both orders of day and month; the JCM writes the day first."""
    return _of_year(year, [(second, first), (first, second)])


def _of_three(first: int, second: int, third: int) -> DayReading | None:
    """Return every order of three short numbers that gives a year of the JCM."""
    orders = ((third, second, first), (third, first, second), (first, second, third))
    likely = [(2000 + y, m, d) for y, m, d in orders if 2000 + y in _OF_THE_JCM]
    return _made(likely, Calendar.COMMON)


def _of_year(text: str, pairs: list[tuple[int, int]]) -> DayReading | None:
    year, calendar = int(text), Calendar.COMMON
    if len(text) == 2:
        year += next(century for last, century in _CENTURIES if year < last)
    if year in _BUDDHIST_YEARS:
        year, calendar = year - BUDDHIST, Calendar.BUDDHIST
    return _made([(year, month, day) for month, day in pairs], calendar)


_CENTURIES = ((54, 2000), (80, 2500), (100, 1900))
"""Years of two digits by the first one that is of another century: 66 is 2566."""


def _made(days: list[tuple[int, int, int]], calendar: Calendar) -> DayReading | None:
    found = dict.fromkeys(day for facts in days if (day := _day(*facts)))
    return DayReading(tuple(found), calendar) if found else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(text: str) -> int:
    if text.isdecimal():
        return int(text)
    return _months().get(text) or _months()[text[:3]]


@lru_cache(maxsize=1)
def _months() -> Mapping[str, int]:
    """Return the number of a month by each of its names, as a folded text has them."""
    return {
        "".join(folded(name).split()): number
        for names in read_template(templates() / "months.toml").values()
        for number, several in enumerate(names, 1)
        for name in several.split("/")
    }


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    names = sorted(_months(), key=len, reverse=True)
    english = "|".join(f"{name}[a-z]{{0,6}}" for name in names if name in _SHORT)
    month = f"(?:{'|'.join(map(re.escape, names))}|{english})"
    return re.compile(_DATE.replace("MONTH", month), re.VERBOSE)


_SHORT = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
          "dec")  # fmt: skip
_DATE = r"""
    (?<![a-z])(?P<e1>令和|平成|昭和|[rhs])\.?(?P<y1>\d{1,2}|元)(?:[-/.]|年)(?P<m1>\d{1,2})
    (?:[-/.]|月)(?P<d1>\d{1,2})日?(?!\d)
  | (?<!\d)(?P<y2>\d{4})(?:[-/.]|年|년)(?P<m2>\d{1,2})(?:[-/.]|月|월)(?P<d2>\d{1,2})
    [日일]?(?!\d)
  | (?<!\d)(?P<y3>\d{4})(?:оны?)(?P<m3>\d{1,2})(?:-?р|дугаар|дүгээр)?сар(?:ын)?
    (?P<d3>\d{1,2})(?!\d)
  | (?<!\d)(?P<d4>\d{1,2})[-/.,]?(?:thang|thg)(?P<m4>\d{1,2})(?:nam|[-/.,])?
    (?P<y4>\d{4})(?!\d)
  | (?<!\d)(?P<y5>\d{4})(?:[-/.,]|оны?)?(?P<m5>MONTH)[-/.,]?(?P<d5>\d{1,2})(?!\d)
  | (?<!\d)(?P<d6>\d{1,2})(?:st|nd|rd|th|er)?[-/.,]?(?:de)?(?P<m6>MONTH)\.?[-/.,]?
    (?:del?|nam|พ\.?ศ\.?|b\.?e\.?)?(?P<y6>\d{4}|\d{2})(?!\d)
  | (?P<m7>MONTH)[-/.]?(?P<d7>\d{1,2})(?:st|nd|rd|th)?,?(?P<y7>\d{4})(?!\d)
  | (?<!\d)(?P<a8>\d{1,2})[-/.](?P<b8>\d{1,2})[-/.](?P<y8>\d{4})(?!\d)
  | (?<!\d)(?P<y9>2[05]\d{2})(?P<m9>\d{2})(?P<d9>\d{2})(?!\d)
  | (?<![\d/.-])(?P<t>\d{1,2})(?P<w>[-/.])(?P<u>\d{1,2})(?P=w)(?P<v>\d{2})(?![\d/.-])
"""
