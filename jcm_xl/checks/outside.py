"""Formulas that leave the book."""

from __future__ import annotations

import re

_OUTSIDE = re.compile(
    r"""
    "(?:[^"]|"")*"
  | (?P<outside>\[[^\]\[]+\]|\bDDE\(|\bWEBSERVICE\(|\bRTD\(|file://|https?://|\|)
    """,
    re.VERBOSE | re.IGNORECASE,
)


def reads_outside(formula: str) -> bool:
    """Tell whether a formula reads another workbook, a server or a program."""
    return any(match["outside"] for match in _OUTSIDE.finditer(formula))
