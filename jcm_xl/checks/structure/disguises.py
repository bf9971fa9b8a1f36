"""Number formats that hide a number, or show another one or another unit."""

from __future__ import annotations

import re
from functools import lru_cache

from jcm_xl.expr.unit import Unit, UnitError
from jcm_xl.text.late import late_pattern

_LITERAL = late_pattern(
    r'"([^"]*)"|\\(.)|_.|\*.|\[\$([^\]-]*)[^\]]*\]|\[(?![hms]+\])[^\]]*\]'
)
_DIGIT = late_pattern(r"(?<![^\W\d_])\d|\d\d")  # the 2 of tCO2 is none
_SCALED = late_pattern(r"[0#?],+(?:[^0#?,]|$)")
_SHOWS = late_pattern(r"[0#?@]|general|[dmyhse]", re.IGNORECASE)
_CONDITION = late_pattern(r"\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]")
_CURRENCIES = frozenset("$€£¥円元₫฿₹₽₩₮")
_PLAIN = late_pattern(r"[0#?.,;]*|general", re.IGNORECASE)


@lru_cache(maxsize=1024)
def may_disguise(code: str) -> bool:
    """Tell whether a format has more in it than digits and separators."""
    return not _PLAIN.fullmatch(code) or bool(_SCALED.search(code)) or ";;" in code


def is_disguise(code: str, value: float, unit: str) -> bool:
    """Tell whether a format hides, replaces or scales this number, or its unit."""
    section = _section(code, value)
    literal = "".join(a or b or c for a, b, c in _LITERAL.findall(section))
    bare = _LITERAL.sub("", section)
    if _DIGIT.search(literal) or _SCALED.search(bare):
        return True
    if not _SHOWS.search(bare) or _CURRENCIES & {*literal, *bare}:
        return True
    if "%" in bare and unit not in ("", "1", "-", "%"):
        return True
    said = literal.strip()
    return bool(said) and _is_unit(said) and not _fits(said, unit)


@lru_cache(maxsize=256)
def _is_unit(text: str) -> bool:
    try:
        Unit.parse(text)
    except UnitError:
        return False
    return True


def _fits(said: str, unit: str) -> bool:
    """Tell whether a unit begins with what is said, as `t` shortens `tCO2/p`."""
    return not unit or unit.startswith(said) or said == "-"


def _section(code: str, value: float) -> str:
    """Return the section of a format that shows this value."""
    sections = _split(code)
    conditions = [_CONDITION.search(section) for section in sections[:2]]
    for section, condition in zip(sections, conditions, strict=False):
        if condition and _holds(value, condition[1], float(condition[2])):
            return section
    if any(conditions):
        return sections[-1]
    place = 0 if value > 0 or len(sections) < 2 else 1 if value < 0 else 2
    return sections[place] if place < len(sections) else sections[0]


def _split(code: str) -> list[str]:
    """Cut a code at the semicolons that are not part of a text."""
    marked = _LITERAL.sub(lambda m: m[0].replace(";", "\0"), code)
    return [section.replace("\0", ";") for section in marked.split(";")]


def _holds(value: float, sign: str, limit: float) -> bool:
    return {
        "<": value < limit, "<=": value <= limit, ">": value > limit,
        ">=": value >= limit, "=": value == limit, "<>": value != limit,
    }[sign]  # fmt: skip
