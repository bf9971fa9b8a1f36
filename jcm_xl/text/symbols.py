"""Symbols of the methodologies, `EG_{i,p}`, as plain text prints them."""

from __future__ import annotations

import re

_SUBSCRIPT = re.compile(r"_\{([^}]*)\}|_([A-Za-z0-9])(?![A-Za-z0-9])")


def plain_symbol(symbol: str) -> str:
    """Return a symbol as a cell's text reads: `EG_{i,p}` -> `EGi,p`."""
    return "".join(text for text, _ in symbol_parts(symbol))


def symbol_parts(symbol: str) -> list[tuple[str, bool]]:
    """Split `EG_{i,p}` into texts and whether each stands low."""
    parts = [(text, i % 3 > 0) for i, text in enumerate(_SUBSCRIPT.split(symbol))]
    return [(text, is_low) for text, is_low in parts if text]


def typed_symbol(symbol: str) -> str:
    """Return a symbol for plain text: `EG_{i,p}` -> `EG_i,p`."""
    return "".join(
        f"_{text}" if is_low else text for text, is_low in symbol_parts(symbol)
    )
