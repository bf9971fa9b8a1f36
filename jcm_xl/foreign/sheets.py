"""Which sheet is which: by its name, else by its title band."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from jcm_xl.foreign.found import Reason, Unplaced
from jcm_xl.foreign.view import View
from jcm_xl.foreign.words import folded, folded_name, plain
from jcm_xl.plan.layout import Layout
from jcm_xl.xlsx.grid import Grid, Sheet

_BAND_ROWS = 10
_TITLE = 160
"""A title in two languages is no longer; what is longer tells of a sheet."""


def find_sheets(
    grid: Grid, layout: Layout
) -> tuple[Mapping[str, View], tuple[Unplaced, ...]]:
    """Return the official sheets by key, and the sheets that were left aside."""
    sheets = [s for s in grid.sheets if s.kind == "worksheet"]
    found: dict[str, Sheet] = {}
    aside: list[Unplaced] = []
    names = {folded_name(layout.sheet(key)): key for key in layout.official}
    titles = {_band(layout(f"sheets.{key}.title")): key for key in layout.official}
    ways: tuple[Callable[[Sheet], str], ...] = (
        lambda sheet: _by_name(sheet, names),
        lambda sheet: _by_beginning(sheet, names),
        lambda sheet: _by_title(sheet, titles),
        lambda sheet: _by_words(sheet, layout),
    )
    for way in ways:
        for sheet in sheets:
            if any(sheet is taken for taken in found.values()):
                continue
            key = way(sheet)
            if key and key not in found:
                found[key] = sheet
    for sheet in sheets:
        if any(sheet is taken for taken in found.values()):
            continue
        key = _by_beginning(sheet, names) or _by_title(sheet, titles)
        key = key or _by_words(sheet, layout)
        if key:
            content = f"{sheet.name} ({layout.sheet(key)}: {found[key].name})"
            aside.append(Unplaced(sheet.name, "", content, Reason.SECOND_SHEET))
    views = {key: View(found[key]) for key in layout.official if key in found}
    return views, tuple(aside)


def _by_name(sheet: Sheet, names: Mapping[str, str]) -> str:
    return names.get(folded_name(sheet.name), "")


def _by_beginning(sheet: Sheet, names: Mapping[str, str]) -> str:
    """Return the key of the longest name that a sheet's name begins with."""
    name = folded_name(sheet.name)
    known = [n for n in names if name.startswith(n) and names[n] != "mss"]
    return names[max(known, key=len)] if known else ""


def _by_title(sheet: Sheet, titles: Mapping[str, str]) -> str:
    for text in _top(sheet):
        if key := titles.get(_band(text)):
            return key
    return ""


def _by_words(sheet: Sheet, layout: Layout) -> str:
    """Return the key of the sheet whose words all stand in the title or the name."""
    for text in (*_top(sheet), sheet.name):
        said = plain(text).casefold()
        best, key = 0, ""
        for known in layout.by_hand.get("sheets", ()):
            words = known["words"]
            if len(words) > best and all(w in said for w in words):
                best, key = len(words), str(known["key"])
        if key and len(said) <= _TITLE:
            return key
    return ""


def _band(text: str) -> str:
    """Return a title without what stands in brackets before or after it."""
    return folded(re.sub(r"\[[^\]]*\]", " ", text))


def _top(sheet: Sheet) -> Iterable[str]:
    for (row, _), cell in sheet.cells.items():
        if row <= _BAND_ROWS and isinstance(cell.value, str):
            yield cell.value
