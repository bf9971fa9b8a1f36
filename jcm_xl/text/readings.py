"""What a text in a cell for numbers probably means; never calculated with."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable

from jcm_xl.text.late import late_pattern

_NUMBER = late_pattern(
    r"(?P<sign>[+-]?)(?P<digits>\d[\d.,]*|[.,]\d+)(?:[eE](?P<power>[+-]?\d{1,3}))?"
    r"(?P<back>-)?(?P<unit>[^\d.,-].*)?"
)
_BRACKETS = late_pattern(r"\(([^()+-]+)\)(.*)")
_POWER_OF_TEN = late_pattern(r"(\d)?[x×·*⋅]?(?<![\d.,])10(?:\^|\*\*)(?=[+-]?\d)")
_RAISED = late_pattern("[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+")
_GROUPED = late_pattern(r"[1-9]\d{0,2}([,.])\d{3}(?:\1\d{3})*|\d{1,2}(?:,\d{2})+,\d{3}")
"""Thousands marks; the second form is that of South Asia, 12,34,567."""
_ONE_GROUP = late_pattern(r"[1-9]\d{0,2}[,.]\d{3}")
_DROPPED = str.maketrans(
    dict.fromkeys("’'`\"", "")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\ufe63", "-")
    | dict.fromkeys("△▲", "-")
)

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


def number_meant(text: str, unit: str = "") -> float | None:
    """Return the likeliest number that a text means in this unit, if there is one."""
    return next(iter(numbers_meant(text, unit)), None)


def numbers_meant(text: str, unit: str = "") -> tuple[float, ...]:
    """Return the numbers that a text may mean: one if it is clear, two if it is not.

    Digits of every script, blanks, thousands marks, a decimal comma, brackets of a
    negative amount, a power of ten and a unit typed into the cell are read; a unit of
    the same kind (kWh for MWh) is converted. `1,234` and `1.234` have two readings,
    the one with the mark of the English-speaking countries first.
    """
    match = _NUMBER.fullmatch(_without_brackets(_plain(text)))
    if not match or (match["back"] and match["sign"]):
        return ()
    power = _power(match["unit"] or "", unit)
    if power is None:
        return ()
    sign = match["back"] or match["sign"]
    # A text, so that no binary fraction creeps in: 1200.5 kWh are 1.2005 MWh.
    shift = f"e{int(match['power'] or 0) + power}"
    digits = _pointed(match["digits"], is_grouped=not match["power"])
    found = (float(f"{sign}{d}{shift}") + 0.0 for d in digits)
    return tuple(number for number in dict.fromkeys(found) if math.isfinite(number))


def _plain(text: str) -> str:
    """Return the signs that count: none that nobody sees, every minus alike."""
    raised = _RAISED.sub(lambda match: f"^{match.group()}", text)
    folded = unicodedata.normalize("NFKC", raised).translate(_DROPPED)
    seen = (s for s in folded if not s.isspace() and unicodedata.category(s) != "Cf")
    plain = "".join(seen)
    return (
        _POWER_OF_TEN.sub(lambda m: f"{m[1] or 1}e", plain) if "10" in plain else plain
    )


def _without_brackets(text: str) -> str:
    """Return an amount in brackets, as accountants write a negative one, as such."""
    match = _BRACKETS.fullmatch(text) if text.startswith("(") else None
    return f"-{match[1]}{match[2]}" if match else text


def _pointed(digits: str, *, is_grouped: bool) -> tuple[str, ...]:
    """Return digits with a decimal point and no thousands marks, in each reading.

    `is_grouped`: whether a single mark may be one of thousands.
    """
    if is_grouped and _ONE_GROUP.fullmatch(digits):
        whole, mark, rest = digits.partition("," if "," in digits else ".")
        either = (f"{whole}{rest}", f"{whole}.{rest}")
        return either if mark == "," else either[::-1]
    if is_grouped and _GROUPED.fullmatch(digits):
        return (digits.replace(",", "").replace(".", ""),)
    mark = max(",.", key=digits.rfind)
    whole, _, rest = digits.rpartition(mark) if mark in digits else (digits, "", "")
    if "," in whole or "." in whole:
        if mark in whole or not _GROUPED.fullmatch(whole):
            return ()
        whole = whole.replace(",", "").replace(".", "")
    return (f"{whole}.{rest}",) if whole or rest else ()


def _power(typed: str, unit: str) -> int | None:
    """Return the power of ten from a typed unit to the cell's, `None` if unknown."""
    found = typed.casefold().replace("^", "").strip(".()[]")
    wanted = unit.casefold()
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


def nearest(text: str, known: Iterable[str]) -> str:
    """Return the known text that is meant, or nothing where none is near."""
    by_folded = {folded(choice): choice for choice in known}
    from difflib import get_close_matches

    near = get_close_matches(folded(text), by_folded, n=1, cutoff=0.6)
    return by_folded[near[0]] if near else ""


def folded(text: str) -> str:
    """Return a text without capitals, width and double blanks, to compare."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
