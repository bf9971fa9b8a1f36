"""Texts in number cells: the number they probably mean, and what is wrong with them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from jcm_xl.plan.slot import Slot
from jcm_xl.submission.opened import OpenedBook
from jcm_xl.text.phrase import Phrase
from jcm_xl.text.readings import number_meant


class NumberText(NamedTuple):
    """A text in a number cell; `meant` is `None` where no number is likely."""

    slot: Slot
    text: str
    meant: float | None
    kind: Phrase


def number_texts(context: OpenedBook) -> Iterator[NumberText]:
    """Yield every number cell that holds a text."""
    for slot, value in context.typed:
        if slot.rule == "number" and isinstance(value, str):
            p = context.methodology.parameters.get(slot.name)
            unit = str(p.unit) if p else "days"
            meant = number_meant(value, unit)
            kind = _kind(value) if meant is not None else _kind_of_none(value)
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
_COMMA = _phrase("comma", "a decimal comma")
_MARKS = _phrase("marks", "thousands marks")
_BLANKS = _phrase("blanks", "blanks among or around the digits")
_AS_TEXT = _phrase("as-text", "digits stored as a text")
_EMPTY = _phrase("empty", "nothing but blanks")
_NAN = _phrase("nan", "the mark of a program for no number")
_LEFTOVERS = _phrase("leftovers", "signs that an input method left behind")
_ERROR_TEXT = _phrase("error-text", "the name of an error value, typed as a text")
_REMARK = _phrase("remark", "a text")
_NONE = ("nan", "inf", "-inf", "+inf", "infinity", "null", "none", "#num!")
_POWER = re.compile(r"\d[eE][+-]?\d")
_DECIMAL_COMMA = re.compile(r"\d,\d{1,2}(?!\d)|\d,\d{4,}(?!\d)|^0,\d+|\.\d{3},\d")


def _kind(text: str) -> Phrase:
    """Return what makes a text of a number that it is."""
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
    if "," in bare:
        return _EITHER if bare.count(",") == 1 and "." not in bare else _MARKS
    if any(sign in bare for sign in "'’`") or bare.count(".") > 1:
        return _MARKS
    return _BLANKS if bare != text else _AS_TEXT


def _kind_of_none(text: str) -> Phrase:
    """Return what a text is that holds no number."""
    if not text.strip():
        return _EMPTY
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
