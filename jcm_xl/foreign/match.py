"""Which parameter a row is about: by its symbol, else by number and description."""

from __future__ import annotations

import difflib
import re
from functools import cached_property
from typing import NamedTuple, TypeAlias

from jcm_xl.foreign.words import folded, symbol_key, symbol_pattern
from jcm_xl.model.methodology import Constant, Formula, Methodology, Parameter

Named: TypeAlias = Parameter | Formula | Constant
_LONGEST, _KEPT = 200, 4096
"""No symbol is longer; of so many texts of one book the meaning is kept."""
_ALIKE = 0.8
"""So much alike are two descriptions of one thing in different words."""


class Match(NamedTuple):
    """What a symbol names, and the number of the unit if the symbol has it."""

    item: Named | None
    unit: int = 0


class Matcher:
    """The symbols and descriptions of one methodology."""

    def __init__(self, m: Methodology) -> None:
        self.m = m
        self._known: dict[str, Match] = {}

    @cached_property
    def monitored(self) -> tuple[Parameter, ...]:
        """Return the rows of Table 1 in order: the monitoring points."""
        return tuple(p for p in self.m.inputs if p.is_monitored)

    @cached_property
    def fixed(self) -> tuple[Parameter, ...]:
        """Return the rows of Table 2."""
        return tuple(p for p in self.m.inputs if not p.is_monitored)

    @cached_property
    def _symbols(self) -> dict[str, Named | None]:
        """Return what each symbol names; nothing for one that two things have."""
        found: dict[str, Named | None] = {}
        for item in (*self.m.items, *self.m.constants.values()):
            key = symbol_key(item.symbol)
            found[key] = None if key in found else item
        return found

    def by_symbol(self, text: object) -> Match:
        """Return what a symbol names: `EC_PJ,i,p` or, of one unit, `EC_PJ,2,p`."""
        said = str(text)
        if len(said) > _LONGEST:
            return Match(None)
        found = self._known.get(said)
        if found is None and len(self._known) < _KEPT:
            found = self._known[said] = self._named(said)
        return found or self._named(said)

    def _named(self, text: str) -> Match:
        key = symbol_key(text)
        if key in self._symbols:
            return Match(self._symbols[key])
        found = [
            Match(p, int(match[1]))
            for p, pattern in self._patterns
            if (match := pattern.fullmatch(key))
        ]
        # `h_1,p` may be one of h_i,p or of h_x,p: then the description tells.
        return found[0] if len(found) == 1 else Match(None)

    def unit_of(self, p: Parameter, text: object) -> int:
        """Return the unit whose number stands in the symbol of a parameter, else 0."""
        pattern = next((known for q, known in self._patterns if q is p), None)
        match = pattern.fullmatch(symbol_key(text)) if pattern else None
        return int(match[1]) if match else 0

    @cached_property
    def _patterns(self) -> tuple[tuple[Parameter, re.Pattern[str]], ...]:
        """Return how the symbols read with a unit's number."""
        pairs = ((p, symbol_pattern(p)) for p in self.m.inputs)
        return tuple((p, pattern) for p, pattern in pairs if pattern)

    def by_description(self, table: int, point: int, text: object) -> Parameter | None:
        """Return the parameter of a monitoring point whose description agrees.

        Table 2 has no numbers: there the descriptions must be the same words.
        """
        words = folded(text)
        if table == 1:
            if not 0 < point <= len(self.monitored):
                return None
            p = self.monitored[point - 1]
            ratio = difflib.SequenceMatcher(None, words, folded(p.label)).ratio()
            return p if ratio >= _ALIKE else None
        same = [p for p in self.fixed if folded(p.label) == words]
        return same[0] if len(same) == 1 else None
