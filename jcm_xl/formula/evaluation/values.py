"""Values of cells as numbers, texts and truths, by the rules of a spreadsheet."""

from __future__ import annotations

import re

from jcm_xl.expr.arithmetic import VALUE, NotCalculable
from jcm_xl.expr.sheet import approx_equal
from jcm_xl.formula.evaluation.habits import Habits
from jcm_xl.formula.evaluation.why import changing
from jcm_xl.text.days import serial
from jcm_xl.text.late import late_pattern
from jcm_xl.xlsx.grid import CellError, CellValue

_PLAIN_NUMBER = late_pattern(r"\s*[-+]?[0-9]+(?:[Ee][-+]?[0-9]+)?\s*", re.ASCII)
_DECIMALS = late_pattern(
    r"\s*[-+]?(?:[0-9]+[.,][0-9]*|[.,][0-9]+)(?:[Ee][-+]?[0-9]+)?\s*", re.ASCII
)
_DAY = late_pattern(r"\s*([0-9]{4})-([0-9]{2})-([0-9]{2})\s*", re.ASCII)
_LIKE_A_NUMBER = late_pattern(
    r"""(?=.*[0-9])(?:[\s0-9.,:/%()'+\-$\u00a3\u00a5\u20ac\uffe5]
      |(?<![A-Za-z])(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|[ap]m?|e)+
    """,
    re.VERBOSE | re.IGNORECASE,
)
LONGEST_TEXT = 32_767


def failure(code: str) -> NotCalculable:
    """Return the failure that a cell shows as this error value."""
    return NotCalculable(code, "")


def number(value: CellValue, habits: Habits) -> float:
    """Return a value as a number; raise for what is none."""
    kind = value.__class__
    if kind is float:
        return value  # type: ignore[return-value]
    if value is None:
        return 0.0
    if kind is bool:
        return 1.0 if value else 0.0
    if kind is str:
        return number_by_language(value, habits)  # type: ignore[arg-type]
    raise failure(value.code)  # type: ignore[union-attr]


def number_by_language(text: str, habits: Habits) -> float:
    """Return the number that a text holds in the language of the program."""
    if _PLAIN_NUMBER.fullmatch(text):
        return _finite(float(text))
    if day := _DAY.fullmatch(text):
        return _day(day)
    if _DECIMALS.fullmatch(text):
        habits.meet("language")
        if habits.decimal not in text:
            raise failure(VALUE)
        return _finite(float(text.replace(habits.decimal, ".")))
    if _LIKE_A_NUMBER.fullmatch(text):
        raise changing("text-to-number", text=text.strip())
    raise failure(VALUE)


def _finite(value: float) -> float:
    if value - value != 0.0:
        raise failure(VALUE)
    return value


def _day(match: re.Match[str]) -> float:
    from datetime import date

    try:
        return serial(date(*map(int, match.groups())))
    except ValueError:
        raise failure(VALUE) from None


def text(value: CellValue, habits: Habits) -> str:
    """Return a value as a text, as `&` does."""
    if value.__class__ is str:
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return number_text(value, habits)
    raise failure(value.code)  # type: ignore[union-attr]


def number_text(value: float, habits: Habits) -> str:
    """Return a number as a cell shows it that is wide enough: 15 digits."""
    shown = f"{value:.15g}"
    if "e" in shown:
        digits, _, power = shown.partition("e")
        exponent = int(power)
        if -10 < exponent < 0 or 0 < exponent < 21:
            shown = f"{value:.{max(0, 14 - exponent)}f}"
            shown = shown.rstrip("0").rstrip(".") if "." in shown else shown
        else:
            shown = f"{digits}E{exponent:+03d}"
    if "." in shown:
        habits.meet("language")
        shown = shown.replace(".", habits.decimal)
    return shown


def joined(first: str, second: str) -> str:
    """Return two texts joined; raise where a cell cannot hold them."""
    if len(first) + len(second) > LONGEST_TEXT:
        raise failure(VALUE)
    return first + second


def truth(value: CellValue, habits: Habits) -> bool:
    """Return a value as a condition; raise for what is none."""
    kind = value.__class__
    if kind is bool:
        return value  # type: ignore[return-value]
    if kind is float:
        return value != 0.0
    if value is None:
        return False
    if isinstance(value, CellError):
        raise failure(value.code)
    folded = str(value).strip().upper()
    if folded in ("TRUE", "FALSE"):
        return folded == "TRUE"
    if _LIKE_A_NUMBER.fullmatch(folded):
        raise changing("text-to-number", text=folded)
    raise failure(VALUE)


# -- comparing ---------------------------------------------------------------------

_ALIKE = re.compile(r"[0-9A-Za-z ]*", re.ASCII)


def compare(first: CellValue, second: CellValue, habits: Habits) -> int:
    """Return below, at or above zero: numbers stand before texts, truths come last."""
    a, b = first.__class__, second.__class__
    if a is float and b is float:
        return order_of_numbers(first, second)  # type: ignore[arg-type]
    if a is CellError or b is CellError:
        raise failure((first if a is CellError else second).code)  # type: ignore[union-attr]
    if first is None:
        first = _blank_beside(second)
    if second is None:
        second = _blank_beside(first)
    if isinstance(first, str) and isinstance(second, str):
        return order_of_texts(first, second)
    if isinstance(first, bool) is not isinstance(second, bool):
        first, second = _beside_truth(first, second, habits)
    ranks = _rank(first), _rank(second)
    if ranks[0] != ranks[1]:
        return ranks[0] - ranks[1]
    return order_of_numbers(float(first), float(second))  # type: ignore[arg-type]


def same(first: CellValue, second: CellValue, habits: Habits) -> bool:
    """Tell whether `=` takes two values for the same one."""
    if first.__class__ is str and second.__class__ is str:
        return first.lower() == second.lower()
    return compare(first, second, habits) == 0


def order_of_numbers(first: float, second: float) -> int:
    """Return below, at or above zero; nearly the same counts as the same."""
    if first == second or approx_equal(first, second):
        return 0
    return 1 if first > second else -1


def order_of_texts(first: str, second: str) -> int:
    """Return below, at or above zero, without regard to capitals."""
    a, b = first.lower(), second.lower()
    if a == b:
        return 0
    if not (_ALIKE.fullmatch(a) and _ALIKE.fullmatch(b)):
        raise changing("order-of-texts", first=first, second=second)
    return 1 if a > b else -1


def _blank_beside(other: CellValue) -> CellValue:
    if isinstance(other, str):
        return ""
    return False if isinstance(other, bool) else 0.0


def _beside_truth(
    first: CellValue, second: CellValue, habits: Habits
) -> tuple[CellValue, CellValue]:
    """A truth is a number to LibreOffice, and more than all numbers to Excel."""
    if isinstance(first, str) or isinstance(second, str):
        return first, second
    habits.meet("program")
    if habits.is_libre:
        return float(first), float(second)  # type: ignore[arg-type]
    return first, second


def _rank(value: CellValue) -> int:
    if isinstance(value, bool):
        return 2
    return 1 if isinstance(value, str) else 0
