"""Texts in number cells: the number they probably mean, and what is wrong with them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from jcm_xl.plan.slot import Slot
from jcm_xl.submission.opened import OpenedBook
from jcm_xl.text.phrase import Phrase
from jcm_xl.text.readings import number_meant, numbers_meant


class NumberText(NamedTuple):
    """A text in a number cell; `meant`: the numbers it may mean, if any."""

    slot: Slot
    text: str
    meant: tuple[float, ...]
    kind: Phrase


def number_texts(context: OpenedBook) -> Iterator[NumberText]:
    """Yield every number cell that holds a text."""
    for slot, value in context.typed:
        if slot.rule == "number" and isinstance(value, str):
            p = context.methodology.parameters.get(slot.name)
            unit = str(p.unit) if p else "days"
            meant = numbers_meant(value, unit)
            kind = _kind(value, meant) if meant else _kind_of_none(value)
            yield NumberText(slot, value, meant, kind)


def without_leftovers(text: str) -> float | None:
    """Return the number in a text once the signs of an input method are taken away."""
    plain = "".join(sign for sign in text if not _is_of_an_input_method(sign))
    return number_meant(plain) if plain != text and plain.strip() else None


def _phrase(key: str, words: str) -> Phrase:
    return Phrase(f"kinds.{key}", words)


_WIDE = _phrase("wide", "full-width digits")
_SCRIPT = _phrase("script", "digits of another script")
_UNIT = _phrase("unit", "a unit typed into the cell")
_EITHER = _phrase("either", "a comma that may be a thousands mark or a decimal comma")
_POINT = _phrase("point", "a point that may be a thousands mark or a decimal point")
_COMMA = _phrase("comma", "a decimal comma")
_MARKS = _phrase("marks", "thousands marks")
_BLANKS = _phrase("blanks", "blanks among or around the digits")
_HIDDEN = _phrase("hidden", "signs that nobody sees among or around the digits")
_BRACKETS = _phrase("brackets", "brackets, as of a negative amount")
_DASH = _phrase("dash", "a dash in the place of a minus")
_TEN = _phrase("ten", "a power of ten written out")
_AS_TEXT = _phrase("as-text", "digits stored as a text")
EMPTY = _phrase("empty", "nothing but blanks")
_NAN = _phrase("nan", "the mark of a program for no number")
_LEFTOVERS = _phrase("leftovers", "signs that an input method left behind")
_ERROR_TEXT = _phrase("error-text", "the name of an error value, typed as a text")
_REMARK = _phrase("remark", "a text")
_NONE = ("nan", "inf", "-inf", "+inf", "infinity", "null", "none", "#num!")
_TENS = re.compile(r"10\s*[\^*⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺]")
_DASHES = re.compile("[\u2010-\u2015\u2212\ufe63△▲]")
_POWER = re.compile(r"\d[eE][+-]?\d")
_DECIMAL_COMMA = re.compile(r"\d,\d{1,2}(?!\d)|\d,\d{4,}(?!\d)|^0,\d+|\.\d{3},\d")


def _kind(text: str, meant: tuple[float, ...]) -> Phrase:
    """Return what makes a text of a number that it is."""
    if len(meant) > 1:
        return _EITHER if "," in unicodedata.normalize("NFKC", text) else _POINT
    return _kind_of_signs(text) or _kind_of_digits(text)


def _kind_of_signs(text: str) -> Phrase | None:
    """Return what signs there are besides digits, marks, blanks and a unit."""
    if any(unicodedata.category(sign) == "Cf" for sign in text):
        return _HIDDEN
    if _TENS.search(text):
        return _TEN
    if text.strip().startswith(("(", "（")):
        return _BRACKETS
    return _DASH if _DASHES.search(text) else None


def _kind_of_digits(text: str) -> Phrase:
    plain = unicodedata.normalize("NFKC", text)
    if any("\uff10" <= sign <= "\uff19" for sign in text):
        return _WIDE
    if any(sign.isdecimal() and not sign.isascii() for sign in plain):
        return _SCRIPT
    if any(sign.isalpha() or sign == "%" for sign in _POWER.sub("", plain)):
        return _UNIT
    bare = "".join(plain.split())
    if _DECIMAL_COMMA.search(bare):
        return _COMMA
    if "," in bare or any(sign in bare for sign in "'’`") or bare.count(".") > 1:
        return _MARKS
    return _BLANKS if bare != text else _AS_TEXT


def _kind_of_none(text: str) -> Phrase:
    """Return what a text is that holds no number."""
    if not text.strip():
        return EMPTY
    if text.strip().casefold() in _NONE:
        return _NAN
    if text.strip().startswith("#"):
        return _ERROR_TEXT
    return _LEFTOVERS if without_leftovers(text) is not None else _REMARK


def _is_of_an_input_method(sign: str) -> bool:
    """Tell whether a sign is kana, jamo or a full-width letter: half-typed text."""
    name = unicodedata.name(sign, "")
    return sign.isalpha() and name.startswith(
        ("HIRAGANA", "KATAKANA", "HALFWIDTH KATAKANA", "FULLWIDTH LATIN", "HANGUL")
    )
