"""Formulas that leave the book."""

from __future__ import annotations

import re

from jcm_xl.text.late import late_pattern

# A bracket alone is a table of this book; one before a sheet name is another book.
_OUTSIDE = late_pattern(
    r"""
    "(?:[^"]|"")*"
  | '(?:[^'\[\]|]|'')*'!
  | (?P<outside>
        \[[^\]\[]+\](?:[\w.]*!|(?:[^']|'')*'!)
      | (?<![\w.])(?:_XLFN\.)?(?:DDE|WEBSERVICE|RTD|CALL|REGISTER(?:\.ID)?|EXEC
          |SQL\.REQUEST|IMAGE|STOCKHISTORY|CUBE[A-Z]+|PY)\(
      | file://|https?://|\|
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)


def reads_outside(formula: str) -> bool:
    """Tell whether a formula reads another workbook, a server or a program."""
    return any(match["outside"] for match in _OUTSIDE.finditer(formula))
