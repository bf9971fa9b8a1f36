"""A cell's value as a message prints it."""

from __future__ import annotations

from jcm_xl.model.submission import CellError


def shown(value: object) -> str:
    """Return a cell's value as a message prints it."""
    if value is None:
        return ""
    if isinstance(value, CellError):
        return value.code
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(value)
