"""The spellings of a choice that are the choice: other capitals, blanks, full width."""

from __future__ import annotations

_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}


def full_width(text: str) -> str:
    """Return a text in the wide letters of a Japanese keyboard."""
    return text.translate(_WIDE)


def is_spelling_of(typed: str, text: str) -> bool:
    """Tell whether a text was meant: the sheets take the same spellings in formulas.

    Capitals, outer and double blanks do not matter; all its letters may be wide.
    """
    trimmed = " ".join(part for part in typed.split(" ") if part)
    folded = {trimmed.casefold(), typed.casefold()}
    return bool(folded & {text.casefold(), full_width(text).casefold()})
