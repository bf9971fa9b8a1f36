"""How a formula rounds: once, down, at the very end, in whichever spelling."""

from __future__ import annotations

import re

from jcm_xl.formula.compare import canonical
from jcm_xl.text.late import late_pattern

_CALL = late_pattern(r"([A-Z][A-Z0-9.]*)\((.*)\)", re.DOTALL)
_ROUNDING = late_pattern(
    r"(?<![A-Z0-9.])(?:ROUND|ROUNDUP|ROUNDDOWN|INT|TRUNC|FLOOR(?:\.MATH|\.PRECISE)?"
    r"|CEILING(?:\.MATH|\.PRECISE)?|MROUND|EVEN|ODD|QUOTIENT|FIXED)\("
)
_FINE = late_pattern(r"(?<![A-Z0-9.])ROUND\([^()]*(?:\([^()]*\)[^()]*)*,(\d+)\.0\)")
_DIGITS = 6
"""Rounded to so many decimals a figure is as good as not rounded."""
_DOWN = frozenset(("ROUNDDOWN", "TRUNC", "INT", "FLOOR", "FLOOR.MATH", "FLOOR.PRECISE"))
_BLANKS = frozenset(("", '""', "0.0", '"-"', '"N/A"', '"n/a"', "NA()"))
_REFERENCE = late_pattern(r"(?:'((?:[^']|'')+)'!)?([A-Z]{1,3}[1-9]\d{0,6})")


def rounded_down(formula: str) -> str:
    """Return what a formula rounds down once and last, nothing where it does not.

    `ROUNDDOWN(x,0)`, `TRUNC(x)`, `INT(x)` and `FLOOR(x,1)` are one thing for a figure
    that is not negative; a branch that shows nothing, or 0 in place of less, may stand
    around it. What is rounded must not have been rounded before.
    """
    return _inner(canonical(formula))


def cell_shown(formula: str) -> tuple[str, str]:
    """Return sheet, in capitals or empty, and address of `=Sheet!A1`, else nothing."""
    match = _REFERENCE.fullmatch(_bare(canonical(formula)))
    return (match[1] or "", match[2]) if match else ("", "")


def _inner(text: str) -> str:
    text = _bare(text)
    match = _CALL.fullmatch(text)
    if match is None or not _is_one_call(text):
        return ""
    name, arguments = match[1], _arguments(match[2])
    if name in _DOWN:
        rest = arguments[1:]
        is_whole = (
            rest in ([], ["1.0"]) if "FLOOR" in name else rest in ([], ["0.0"], [""])
        )
        if not is_whole or (name == "FLOOR" and not rest):
            return ""
        return "" if _is_rounded(arguments[0]) else arguments[0]
    if name in ("IF", "IFERROR", "MAX"):
        branches = arguments[1:] if name == "IF" else arguments
        told = [b for b in branches if _bare(b) not in _BLANKS]
        return _inner(told[0]) if len(told) == 1 else ""
    return ""


def _is_rounded(text: str) -> bool:
    """Tell whether a piece rounds so that it matters."""
    bare = _without_texts(text)
    fine = _FINE.sub(lambda m: "" if int(m[1]) >= _DIGITS else m[0], bare)
    return bool(_ROUNDING.search(fine))


def _bare(text: str) -> str:
    """Return a piece without signs and parentheses that change nothing."""
    while text.startswith(("(+", "(@")) and text.endswith(")"):
        text = text[2:-1]
    return text


def _is_one_call(text: str) -> bool:
    """Tell whether the first parenthesis is closed by the last one."""
    depth = 0
    for at, sign in enumerate(_without_texts(text)):
        depth += (sign == "(") - (sign == ")")
        if sign == ")" and depth == 0:
            return at == len(text) - 1
    return False


def _arguments(text: str) -> list[str]:
    found, depth, start = [], 0, 0
    for at, sign in enumerate(_without_texts(text)):
        depth += (sign in "({") - (sign in ")}")
        if sign == "," and depth == 0:
            found.append(text[start:at])
            start = at + 1
    return [*found, text[start:]]


def _without_texts(text: str) -> str:
    """Return the text with everything in quotes as blanks, of the same length."""
    return re.sub(r"\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'",
                  lambda m: " " * len(m[0]), text)  # fmt: skip
