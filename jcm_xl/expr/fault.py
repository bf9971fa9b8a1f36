"""The one failure of parsing."""

from __future__ import annotations

import re

from jcm_xl.errors import JcmError


class ExpressionError(JcmError):
    """An expression that the language does not have.

    ``column`` counts the characters of ``text`` from 1; ``reason`` is a whole
    sentence without the place.
    """

    def __init__(self, text: str, column: int, reason: str) -> None:
        """Join reason, place and text with a caret under the column."""
        self.text = text
        self.column = column
        self.reason = reason
        shown = re.sub(r"\s", " ", text)
        caret = " " * (column - 1) + "^"
        super().__init__(f"{reason} (column {column})\n    {shown}\n    {caret}")
