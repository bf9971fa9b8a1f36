"""Copies of a submission that are none themselves, and how one tells them."""

from __future__ import annotations

from functools import lru_cache

from jcm_xl.plan.builder import BANNER
from jcm_xl.plan.layout import layout
from jcm_xl.text.languages import languages, messages
from jcm_xl.xlsx.grid import Grid

ANNOTATED, REPAIRED = "annotated", "repaired"
KINDS = (ANNOTATED, REPAIRED)
CONFIRMED = (3, 3)
"""The cell of the sheet Repair that takes a name."""


def copy_of(grid: Grid, stamped: str = "") -> str:
    """Return what copy a book is: by its stamp, else by the banner of its sheets."""
    if stamped in KINDS:
        return stamped
    for sheet in grid.sheets:
        cell = sheet.cells.get(BANNER)
        if cell and isinstance(cell.value, str):
            for kind, start in _starts():
                if cell.value.startswith(start):
                    return kind
    return ""


@lru_cache(maxsize=1)
def _starts() -> tuple[tuple[str, str], ...]:
    return tuple(
        (kind, layout()(f"header.{kind}", sheet="\0").partition("\0")[0])
        for kind in KINDS
    )


def confirmed_by(grid: Grid) -> str:
    """Return who confirmed what was restored in a repaired book, or nothing."""
    names = {messages(language)("repair.sheet") for language in languages()}
    for sheet in grid.sheets:
        if sheet.name in names:
            cell = sheet.cells.get(CONFIRMED)
            if cell and isinstance(cell.value, str):
                return cell.value.strip()
    return ""
