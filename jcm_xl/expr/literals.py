"""What a literal may look like, so that Python and Excel read the same value."""

from __future__ import annotations

import re
from decimal import Decimal
from math import isfinite

# Excel cuts a constant in a formula after 15 significant digits, silently.
MAX_DIGITS = 15
# Excel refuses a formula with a longer text constant.
MAX_TEXT = 255

_NUMBER = re.compile(r"(\d+(?:\.\d+)?)(?:[eE][+-]?\d+)?")


def number_fault(written: str) -> str | None:
    """Why this is no number literal of the language, or None if it is one."""
    shape = _NUMBER.fullmatch(written)
    if not shape:
        return f"{written} is not a plain decimal number, such as 0.5 or 1e-3."
    digits = shape[1].replace(".", "").lstrip("0")
    if len(digits) > MAX_DIGITS:
        return f"{written} has more than {MAX_DIGITS} digits, which Excel drops."
    value = float(written)
    if not isfinite(value) or (value == 0) != (Decimal(written) == 0):
        return f"{written} is beyond the range of a spreadsheet number."
    return None


def text_fault(value: str, written: str) -> str | None:
    """Why this is no text literal of the language, or None if it is one."""
    if not value.isprintable():
        return "A text holds no line breaks and no invisible characters."
    if len(value) > MAX_TEXT:
        return f"A text has at most {MAX_TEXT} characters."
    if written not in (f"'{value}'", f'"{value}"', repr(value)):
        return "A text is one pair of quotes, without prefix, escape or joining."
    return None
