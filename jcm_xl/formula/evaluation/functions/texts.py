"""Functions of texts: TRIM, LEFT, VALUE, TEXT, ..."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP

from jcm_xl.expr.arithmetic import VALUE
from jcm_xl.formula.evaluation.cells import Operand
from jcm_xl.formula.evaluation.frame import Frame, function
from jcm_xl.formula.evaluation.functions.conditions import is_wild, wildcards
from jcm_xl.formula.evaluation.functions.numbers import rounded
from jcm_xl.formula.evaluation.functions.sums import areas
from jcm_xl.formula.evaluation.habits import Habits
from jcm_xl.formula.evaluation.values import (
    LONGEST_TEXT,
    failure,
    joined,
    number,
    number_by_language,
    text,
)
from jcm_xl.formula.evaluation.why import changing
from jcm_xl.text.late import late_pattern
from jcm_xl.xlsx.grid import CellValue

_DIGITS = late_pattern(r"(#*)(0*)(?:\.(0*))?(%?)")
_GROUPED = late_pattern(r"#,##(0)(?:\.(0*))?")
_BLANKS = late_pattern(r" +")


@function("LEN", kinds="t")
def len_(frame: Frame, words: str) -> float:
    """Count the characters, as UTF-16 does."""
    return float(len(words) + sum(1 for sign in words if ord(sign) > 0xFFFF))


@function("TRIM", kinds="t")
def trim(frame: Frame, words: str) -> str:
    """Take away the blanks around, and all but one between words."""
    return _BLANKS.sub(" ", words.strip(" "))


@function("CLEAN", kinds="t")
def clean(frame: Frame, words: str) -> str:
    """Take away what cannot be printed."""
    return "".join(sign for sign in words if ord(sign) > 31)


@function("UPPER", kinds="t")
def upper(frame: Frame, words: str) -> str:
    """Write in capitals."""
    return words.upper()


@function("LOWER", kinds="t")
def lower(frame: Frame, words: str) -> str:
    """Write without capitals."""
    return words.lower()


def _count(value: float) -> int:
    if value < 0:
        raise failure(VALUE)
    return int(min(value, 1e6))


@function("LEFT", kinds="t", optional="n")
def left(frame: Frame, words: str, count: float = 1.0) -> str:
    """Return the first characters."""
    return words[: _count(count)]


@function("RIGHT", kinds="t", optional="n")
def right(frame: Frame, words: str, count: float = 1.0) -> str:
    """Return the last characters."""
    wanted = _count(count)
    return words[-wanted:] if wanted else ""


@function("MID", kinds="tnn")
def mid(frame: Frame, words: str, first: float, count: float) -> str:
    """Return characters from the middle."""
    start = _count(first)
    if start < 1:
        raise failure(VALUE)
    return words[start - 1 : start - 1 + _count(count)]


@function("REPT", kinds="tn")
def rept(frame: Frame, words: str, count: float) -> str:
    """Repeat a text."""
    times = _count(count)
    if len(words) * times > LONGEST_TEXT:
        raise failure(VALUE)
    frame.book.budget.spend(len(words) * times // 16)
    return words * times


@function("EXACT", kinds="tt")
def exact(frame: Frame, first: str, second: str) -> bool:
    """Tell whether two texts are the same, also in capitals."""
    return first == second


@function("FIND", kinds="tt", optional="n")
def find(frame: Frame, wanted: str, words: str, first: float = 1.0) -> float:
    """Return where a text stands in another one."""
    start = _count(first) - 1
    at = words.find(wanted, start) if 0 <= start <= len(words) else -1
    if at < 0:
        raise failure(VALUE)
    return float(at + 1)


@function("SEARCH", kinds="tt", optional="n")
def search(frame: Frame, wanted: str, words: str, first: float = 1.0) -> float:
    """Return where a text stands in another one; capitals do not matter."""
    start = _count(first) - 1
    if not 0 <= start <= len(words):
        raise failure(VALUE)
    if is_wild(wanted):
        frame.book.budget.spend(len(words) * (1 + len(words) * wanted.count("*")) // 8)
        hit = wildcards(wanted).search(words, start)
        at = hit.start() if hit else -1
    else:
        at = words.lower().find(wanted.lower(), start)
    if at < 0:
        raise failure(VALUE)
    return float(at + 1)


@function("SUBSTITUTE", kinds="ttt", optional="n")
def substitute(frame: Frame, words: str, old: str, new: str, which: float = 0.0) -> str:
    """Put another text in place of one, everywhere or once."""
    if not old:
        return words
    if not which:
        if len(words) + words.count(old) * (len(new) - len(old)) > LONGEST_TEXT:
            raise failure(VALUE)
        return words.replace(old, new)
    if which < 1:
        raise failure(VALUE)
    parts = words.split(old)
    at = int(which)
    if at >= len(parts):
        return words
    return joined(old.join(parts[:at]), joined(new, old.join(parts[at:])))


@function("REPLACE", kinds="tnnt")
def replace(frame: Frame, words: str, first: float, count: float, new: str) -> str:
    """Put another text in place of some characters."""
    start = _count(first) - 1
    if start < 0:
        raise failure(VALUE)
    return joined(joined(words[:start], new), words[start + _count(count) :])


@function("CONCATENATE", repeated="t")
def concatenate(frame: Frame, *words: str) -> str:
    """Join texts."""
    return _together(frame, words)


@function("CONCAT", repeated="r")
def concat(frame: Frame, *operands: Operand) -> str:
    """Join the texts of ranges."""
    return _together(frame, list(_texts(frame, operands)))


@function("TEXTJOIN", kinds="tb", repeated="r")
def text_join(
    frame: Frame, between: str, skips_blanks: bool, *operands: Operand
) -> str:
    """Join the texts of ranges with something between them."""
    words = [w for w in _texts(frame, operands) if w or not skips_blanks]
    return _together(frame, [w for n, one in enumerate(words)
                             for w in ((between, one) if n else (one,))])  # fmt: skip


def _texts(frame: Frame, operands: Sequence[Operand]) -> Iterator[str]:
    for operand in operands:
        ranges = areas(operand)
        if not ranges:
            yield text(operand, frame.habits)  # type: ignore[arg-type]
        for one in ranges:
            for value in one.matrix().values:
                yield text(value, frame.habits)


def _together(frame: Frame, words: Sequence[str]) -> str:
    length = sum(map(len, words))
    if length > LONGEST_TEXT:
        raise failure(VALUE)
    frame.book.budget.spend(length // 16)
    return "".join(words)


# -- texts and numbers -------------------------------------------------------------


@function("VALUE", kinds="v")
def value(frame: Frame, given: CellValue) -> float:
    """Return the number that a text holds."""
    if isinstance(given, bool):
        raise failure(VALUE)
    if isinstance(given, str):
        return number_by_language(given, frame.habits)
    return number(given, frame.habits)


@function("NUMBERVALUE", kinds="t", optional="tt")
def number_value(
    frame: Frame, words: str, decimal: str | None = None, group: str | None = None
) -> float:
    """Return the number that a text holds, whose signs are given."""
    if decimal is None:
        frame.habits.meet("language")
        decimal = frame.habits.decimal
        group = "," if decimal == "." else "."
    if decimal == "":
        raise failure(VALUE)
    decimal, group = decimal[0], (group or "")[:1]
    stripped = "".join(words.split())
    percents = len(stripped) - len(stripped.rstrip("%"))
    stripped = stripped.rstrip("%")
    whole, sign, rest = stripped.partition(decimal)
    if group:
        whole = whole.replace(group, "")
        if group in rest:
            raise failure(VALUE)
    if not stripped:
        return 0.0
    plain = f"{whole}.{rest}" if sign else whole
    try:
        found = float(plain)
    except ValueError:
        raise failure(VALUE) from None
    if "_" in plain or not plain.isascii() or found - found != 0.0:
        raise failure(VALUE)
    return found / 100**percents  # type: ignore[no-any-return]


@function("TEXT", kinds="vt")
def text_(frame: Frame, given: CellValue, pattern: str) -> str:
    """Write a number in a plain pattern of digits; no other is the same everywhere."""
    if isinstance(given, str):
        return given
    if pattern == "@":
        return text(given, frame.habits)
    amount = number(given, frame.habits)
    if found := _DIGITS.fullmatch(pattern):
        _, digits, decimals, percent = found.groups()
        if digits or decimals:
            amount = amount * 100 if percent else amount
            return _written(amount, len(digits), decimals, frame.habits) + percent
    if found := _GROUPED.fullmatch(pattern):
        frame.habits.meet("language")
        if frame.habits.decimal != ".":
            raise changing("pattern", pattern=pattern)
        count = len(found[2] or "")
        return f"{rounded(amount, count, ROUND_HALF_UP, frame.habits):,.{count}f}"
    raise changing("pattern", pattern=pattern)


def _written(amount: float, digits: int, decimals: str | None, habits: Habits) -> str:
    """Write with so many digits before the point, and these behind it."""
    if decimals is not None:
        habits.meet("language")
        if habits.decimal != ".":
            raise changing("pattern", pattern="0.0")
    count = len(decimals or "")
    shown = f"{abs(rounded(amount, count, ROUND_HALF_UP, habits)):.{count}f}"
    whole, point, rest = shown.partition(".")
    if digits == 0 and whole == "0":
        whole = ""
    sign = "-" if amount < 0 and shown.strip("0.") else ""
    return f"{sign}{whole.zfill(digits)}{point}{rest}"
