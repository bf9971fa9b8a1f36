"""How much room a text takes where every sign has the same."""

from __future__ import annotations

import unicodedata


def width(text: str) -> int:
    """Return the columns a text takes; a Japanese sign takes two."""
    return sum(
        0 if unicodedata.combining(sign)
        else 2 if unicodedata.east_asian_width(sign) in "WF"
        else 1
        for sign in text
    )  # fmt: skip
