"""Formulas with the places of their defined names in the place of the names."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from jcm_xl.formula.parse import TOKEN
from jcm_xl.text.late import late_pattern
from jcm_xl.xlsx.grid import Grid

_PLACE = late_pattern(
    r"=?((?:'(?:[^']|'')+'|[\w.]+)!\$[A-Z]{1,3}\$[0-9]+(?::\$[A-Z]{1,3}\$[0-9]+)?)"
)


class NamedPlaces:
    """The names of a workbook that are one cell or range, wherever they are used."""

    def __init__(self, grid: Grid) -> None:
        """Take the names with absolute places; any other stays in its formula."""
        found = {
            name.casefold(): match[1]
            for name, text in grid.names.items()
            if (match := _PLACE.fullmatch(text.strip()))
        }
        self._names: Mapping[str, str] = found

    def spelt_out(self, formula: str, sheet: str) -> str:
        """Return a formula on `sheet` (folded) that reads places by their addresses."""
        if not self._names:
            return formula
        pieces, end = [], 0
        for start, stop, word in _words(formula):
            folded = word.casefold()
            place = self._names.get(f"{sheet}!{folded}", self._names.get(folded))
            if place is not None:
                pieces += [formula[end:start], place]
                end = stop
        return "".join((*pieces, formula[end:]))


@lru_cache(maxsize=1 << 14)
def _words(formula: str) -> tuple[tuple[int, int, str], ...]:
    """Return the words of a formula that follow no name of a sheet, with their ends."""
    found, before = [], ""
    for match in TOKEN.finditer(formula):
        kind = str(match.lastgroup)
        if kind == "word" and before != "sheet":
            found.append((*match.span(), match[0]))
        before = kind
    return tuple(found)
