"""What a cell of an official workbook is about: by its symbol, else by its wording."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from jcm_xl.foreign.found import Spot
from jcm_xl.foreign.match import Matcher, Named
from jcm_xl.foreign.words import folded, plain, symbol_and_unit, symbol_key
from jcm_xl.model.methodology import Formula, Methodology, Parameter
from jcm_xl.xlsx.grid import CellValue

_LONGEST_SYMBOL = 80


class Meant(NamedTuple):
    """The item that a symbol names, the number of a unit in it, the unit behind it."""

    item: Named | None
    unit: int = 0
    measure: str = ""


class Names:
    """The items of one methodology, as the texts of a sheet name them."""

    def __init__(self, m: Methodology) -> None:
        self.m = m
        self.matcher = Matcher(m)

    def by_symbol(self, text: CellValue) -> Meant:
        """Return what a symbol names: `EC_PJ,i,p`, also with `[MWh/p]` behind it."""
        if not isinstance(text, str) or not 0 < len(text) < _LONGEST_SYMBOL:
            return Meant(None)
        found = self.matcher.by_symbol(text)
        if found.item is not None:
            return Meant(found.item, found.unit)
        head, measure = symbol_and_unit(text)
        if measure:
            found = self.matcher.by_symbol(head)
        return Meant(found.item, found.unit, measure)

    def by_wording(self, text: CellValue) -> Named | None:
        """Return the one item of this description."""
        found = self._wordings.get(folded(text)) if isinstance(text, str) else None
        return found[0] if found and len(found) == 1 else None

    def of(self, symbol: Spot | None, label: Spot | None) -> Meant:
        """Return what a row is about, by its symbol or, where that fails, its words."""
        named = self.by_symbol(symbol.cell.value) if symbol else Meant(None)
        if named.item is None and label is not None:
            return named._replace(item=self.by_wording(label.cell.value))
        return named

    @cached_property
    def _wordings(self) -> dict[str, list[Named]]:
        found: dict[str, list[Named]] = {}
        for item in (*self.m.items, *self.m.constants.values()):
            found.setdefault(folded(item.label), []).append(item)
        return found


def index_of(item: Named) -> str:
    """Return the set over which an item runs, nothing where it has one value."""
    return item.index or "" if isinstance(item, Parameter | Formula) else ""


def same_symbol(first: CellValue, second: str) -> bool:
    """Tell whether two symbols are one, whatever separates their parts."""
    head, _ = symbol_and_unit(first)
    return symbol_key(second) in (symbol_key(first), symbol_key(head))


def same_words(first: CellValue, second: str) -> bool:
    """Tell whether two texts are one, line breaks and blanks aside."""
    return plain(first) == plain(second)
