"""Number formats that hide a number or text, or show another one or another unit."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from enum import IntEnum
from functools import lru_cache

from jcm_xl.expr.unit import Unit, UnitError
from jcm_xl.text.late import late_pattern
from jcm_xl.xlsx.cell_styles import is_date_format
from jcm_xl.xlsx.number_format import shown_day, shown_number, shown_text

_PLAIN = late_pattern(r"[0#?.,;]*|general", re.IGNORECASE)
_SCALED = late_pattern(r"[0#?],+(?:[^0#?,]|$)")
_ROUNDED, _WRONG = 5e-3, 5e-2
"""Relative to the number: below the first the digits that are left out do not matter
to a reader (three digits are right), above the second another number is read."""
_DASHES = ("-", "–", "—")
"""Accounts print them for nothing."""
_CURRENCIES = frozenset("$€£¥円元₫฿₹₽₩₮")
_DATE_WORDS = frozenset((
    "", "年", "月", "日", "de", "del", "of", "ngày", "tháng", "năm", "г", "года", "оны",
    "сарын", "өдөр", "พ", "ค", "ศ",
))  # fmt: skip


class Disguise(IntEnum):
    """How grave it is that something else is shown.

    ROUNDED: digits are left out that hardly matter. DOUBTFUL: nobody can tell, or the
    digits matter. OTHER: something else is shown, or nothing.
    """

    NONE = 0
    ROUNDED = 1
    DOUBTFUL = 2
    OTHER = 3


@lru_cache(maxsize=1024)
def may_disguise(code: str) -> bool:
    """Tell whether a format has more in it than digits and separators."""
    return not _PLAIN.fullmatch(code) or bool(_SCALED.search(code)) or ";;" in code


def disguise_of_number(
    code: str, value: float, unit: str | None = ""
) -> tuple[Disguise, str]:
    """Return how a format shows this number, and the text that it shows.

    `unit` is the number's own, "-" for one without, None where nobody knows it.
    """
    if is_date_format(code):
        return Disguise.OTHER, ""
    shown = shown_number(code, value)
    if not shown.is_known:
        return Disguise.DOUBTFUL, shown.text
    if shown.number is None:
        if value == 0 and shown.text in ("", *_DASHES):
            return Disguise.NONE if shown.text else Disguise.DOUBTFUL, shown.text
        return Disguise.OTHER, shown.text
    number = shown.number
    if shown.percents == 1 and unit in ("", "1", "-", None):
        number = float(Decimal(repr(number)).scaleb(-2))
    elif shown.percents:
        return Disguise.OTHER, shown.text
    if shown.is_scaled and value == number:
        return Disguise.DOUBTFUL, shown.text  # it does not show the next number
    words = _of_words(shown.words, unit)
    return max(of_digits(value, number), words), shown.text


def disguise_of_text(code: str, text: str) -> tuple[Disguise, str]:
    """Return how a format shows this text, and what it shows."""
    shown = shown_text(code, text)
    if shown is None:
        return Disguise.DOUBTFUL, ""
    is_same = shown.split() == text.split()
    return (Disguise.NONE if is_same else Disguise.OTHER), shown.strip()


def disguise_of_day(code: str) -> Disguise:
    """Return how a format shows a number that is a day."""
    if not is_date_format(code):
        return Disguise.NONE if may_show_day(code) else Disguise.OTHER
    shown = shown_day(code)
    if any(_is_digit(sign) for sign in shown.words):
        return Disguise.OTHER
    words = re.split(r"[\s,./-]+", shown.words)
    is_plain = all(word in _DATE_WORDS for word in words)
    if shown.is_whole and not shown.is_other_era and is_plain:
        return Disguise.NONE
    return Disguise.DOUBTFUL


def may_show_day(code: str) -> bool:
    """Tell whether a format of numbers shows the number of a day as it is stored."""
    shown = shown_number(code, 45_000.0)
    return shown.number == 45_000.0 and not shown.words and not shown.percents


def of_digits(value: float, shown: float) -> Disguise:
    """Tell what the digits are worth that a format leaves out."""
    if value == shown:
        return Disguise.NONE
    if value == 0 or (value < 0) != (shown < 0):
        return Disguise.OTHER
    off = abs(shown / value - 1)
    if off <= 1e-9:
        return Disguise.NONE
    if off <= _ROUNDED:
        return Disguise.ROUNDED
    return Disguise.DOUBTFUL if off <= _WRONG else Disguise.OTHER


def _of_words(said: str, unit: str | None) -> Disguise:
    if not said or said == "%":
        return Disguise.NONE
    if any(map(_is_digit, said.replace("CO2", "").replace("CO₂", ""))):
        return Disguise.OTHER
    if _CURRENCIES & set(said):
        return Disguise.OTHER
    is_unit = _is_unit(said)
    if not unit:
        return Disguise.NONE if is_unit else Disguise.DOUBTFUL
    if _fits(said, unit):
        return Disguise.NONE
    return Disguise.OTHER if is_unit else Disguise.DOUBTFUL


def _is_digit(sign: str) -> bool:
    return sign.isdigit() or sign.isnumeric()


@lru_cache(maxsize=256)
def _is_unit(text: str) -> bool:
    try:
        Unit.parse(text)
    except UnitError:
        return False
    return True


def _fits(said: str, unit: str) -> bool:
    """Tell whether it is the unit, with or without what follows: `t` for `tCO2/p`."""
    whole, word = _plain(unit), _plain(said).removesuffix("eq").removesuffix("e")
    above = whole.partition("/")[0]
    return word in (whole, above) or f"{word}CO2" == above


def _plain(unit: str) -> str:
    """Return a unit without the signs by which spellings differ: `t-CO₂`, `tCO2`."""
    folded = unicodedata.normalize("NFKC", unit)
    return "".join(sign for sign in folded if sign not in "-_ .")
