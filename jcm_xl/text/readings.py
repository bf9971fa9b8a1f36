"""What a text in a cell for numbers or dates probably means; never calculated with."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date

from jcm_xl.text.late import late_pattern

_NUMBER = late_pattern(
    r"(?P<sign>[+-]?)(?P<digits>\d[\d.,]*|[.,]\d+)(?:[eE](?P<power>[+-]?\d{1,3}))?"
    r"(?P<unit>[^\d.,].*)?"
)
_COMMA_GROUPS = late_pattern(r"\d{1,3}(,\d{3})+")
_POINT_GROUPS = late_pattern(r"\d{1,3}(\.\d{3}){2,}")
_DROPPED = str.maketrans({"−": "-", "–": "-", "’": "", "'": "", "`": "", '"': ""})

_SCALES = (
    {"wh": -3, "kwh": 0, "mwh": 3, "gwh": 6},
    {"j": -3, "kj": 0, "mj": 3, "gj": 6, "tj": 9},
    {"w": -3, "kw": 0, "mw": 3, "gw": 6},
    {"g": -3, "kg": 0, "t": 3, "kt": 6, "ton": 3, "tons": 3, "tonnes": 3},
    {"gco2": -3, "kgco2": 0, "tco2": 3, "ktco2": 6},
    {"gco2e": -3, "kgco2e": 0, "tco2e": 3, "ktco2e": 6},
    {"ml": -3, "l": 0, "kl": 3, "m3": 3},
    {"mm": -3, "m": 0, "km": 3},
)
"""Units of one kind with their powers of ten."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun",
           "jul", "aug", "sep", "oct", "nov", "dec")  # fmt: skip
_MONTH = f"(?:{'|'.join(_MONTHS)})[a-z]{{0,6}}"
_DATE = late_pattern(
    rf"""
    (?P<y1>\d{{4}})(?:[-/.]|年)(?P<m1>\d{{1,2}})(?:[-/.]|月)(?P<d1>\d{{1,2}})日?(?!\d)
  | (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?[-/.,]?(?P<m2>{_MONTH})\.?[-/.,]?
    (?P<y2>\d{{4}}|\d{{2}})(?!\d)
  | (?P<m3>{_MONTH})[-/.]?(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?,?(?P<y3>\d{{4}})(?!\d)
  | (?P<a4>\d{{1,2}})[-/.](?P<b4>\d{{1,2}})[-/.](?P<y4>\d{{4}})(?!\d)
  | (?<!\d)(?P<y5>20\d{{2}})(?P<m5>\d{{2}})(?P<d5>\d{{2}})(?!\d)
    """,
    re.VERBOSE,
)


def number_meant(text: str, unit: str = "") -> float | None:
    """Return the number that a text probably means in this unit, if one is likely.

    Full-width digits, blanks, thousands marks, a decimal comma and a unit typed into
    the cell are read; a unit of the same kind (kWh for MWh) is converted.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_DROPPED)
    match = _NUMBER.fullmatch("".join(plain.split()))
    if not match:
        return None
    digits = _pointed(match["digits"])
    power = _power(match["unit"] or "", unit)
    if digits is None or power is None:
        return None
    # A text, so that no binary fraction creeps in: 1200.5 kWh are 1.2005 MWh.
    return float(f"{match['sign']}{digits}e{int(match['power'] or 0) + power}")


def _pointed(digits: str) -> str | None:
    """Return digits with a decimal point and no thousands marks."""
    if "," in digits and "." in digits:
        mark = max(",.", key=digits.rfind)
        whole, _, rest = digits.rpartition(mark)
        return f"{whole.replace(',', '').replace('.', '')}.{rest}"
    if _COMMA_GROUPS.fullmatch(digits):
        return digits.replace(",", "")
    if _POINT_GROUPS.fullmatch(digits):
        return digits.replace(".", "")
    digits = digits.replace(",", ".")
    return digits if digits.count(".") < 2 and digits != "." else None


def _power(typed: str, unit: str) -> int | None:
    """Return the power of ten from a typed unit to the cell's, `None` if unknown."""
    found, wanted = typed.casefold().strip(".()[]"), unit.casefold()
    if found in ("", wanted, wanted.removesuffix("/p")):
        return 0
    if found == "%":
        return -2 if unit in ("1", "-") else None
    found, wanted = found.removesuffix("/p"), wanted.removesuffix("/p")
    for scale in _SCALES:
        if found in scale and wanted in scale:
            return scale[found] - scale[wanted]
    return None


def smaller_unit(unit: str, power: int) -> str:
    """Return the unit `power` powers of ten below, `kWh/p` for `MWh/p` and 3."""
    head, slash, rest = unit.partition("/")
    for scale in _SCALES:
        if head.casefold() in scale:
            wanted = scale[head.casefold()] - power
            for name, found in scale.items():
                if found == wanted:
                    return f"{_SPELLED.get(name, name)}{slash}{rest}"
    return ""


_SPELLED = {
    name.casefold(): name
    for name in ("Wh", "kWh", "MWh", "GWh", "J", "kJ", "MJ", "GJ", "TJ", "W", "kW",
                 "MW", "GW", "gCO2", "kgCO2", "tCO2", "ktCO2", "gCO2e", "kgCO2e",
                 "tCO2e", "ktCO2e", "mL", "L", "kL")
}  # fmt: skip


def amount(number: float, unit: str) -> str:
    """Return a number with its unit, if it has one: `42.5 MWh/p`."""
    return f"{number:.15g}" if unit == "-" else f"{number:.15g} {unit}"


def dates_meant(text: str) -> tuple[date, ...]:
    """Return the days that a text probably means: `31/Dec/201 7` is 2017-12-31."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return tuple(_dates("".join(plain.split())))


def _dates(text: str) -> Iterator[date]:
    for match in _DATE.finditer(text):
        parts = {k[0]: v for k, v in match.groupdict().items() if v is not None}
        if "a" in parts:
            parts |= _day_and_month(int(parts["a"]), int(parts["b"]))
        month = parts["m"]
        if month.isalpha():
            month = str(_MONTHS.index(month[:3]) + 1)
        year = int(parts["y"])
        try:
            yield date(year + 2000 if year < 100 else year, int(month), int(parts["d"]))
        except ValueError:
            continue


def _day_and_month(first: int, second: int) -> dict[str, str]:
    """Order them: the JCM writes the day first, unless that is impossible."""
    day, month = (second, first) if second > 12 else (first, second)
    return {"d": str(day), "m": str(month)}


def nearest(text: str, known: Iterable[str]) -> str:
    """Return the known text that is meant, or nothing where none is near."""
    by_folded = {_folded(choice): choice for choice in known}
    from difflib import get_close_matches

    near = get_close_matches(_folded(text), by_folded, n=1, cutoff=0.6)
    return by_folded[near[0]] if near else ""


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
