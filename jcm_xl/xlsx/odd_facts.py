"""Collects odd facts while a book is read, without letting a file flood the list."""

from collections import Counter

from jcm_xl.xlsx import limits
from jcm_xl.xlsx.grid import Odd, Oddity


class OddFacts:
    """The odd facts of one sheet, or of the book itself (no sheet name)."""

    __slots__ = ("_counts", "_facts", "_sheet")

    def __init__(self, sheet: str = "") -> None:
        """Start with nothing odd."""
        self._sheet = sheet
        self._facts: list[Oddity] = []
        self._counts: Counter[Odd] = Counter()

    def add(self, kind: Odd, cell: str = "", text: str = "") -> None:
        """Note one fact; of each kind only the first few are kept word for word."""
        self._counts[kind] += 1
        if self._counts[kind] <= limits.ODDITIES_OF_A_KIND:
            self._facts.append(Oddity(kind, self._sheet, cell, text[:80]))

    def take(self, others: "OddFacts") -> None:
        """Note what was noted of a piece of the same sheet, in its order."""
        told: Counter[Odd] = Counter()
        for fact in others._facts:
            self._counts[fact.kind] += 1
            told[fact.kind] += 1
            if self._counts[fact.kind] <= limits.ODDITIES_OF_A_KIND:
                self._facts.append(fact)
        self._counts += others._counts - told

    def all(self) -> tuple[Oddity, ...]:
        """Return the facts; a kind that was cut short says how many more there are."""
        more = (
            Oddity(Odd.MORE, self._sheet, "", f"{kind.value}: {count - kept} more")
            for kind, count in self._counts.items()
            if count > (kept := limits.ODDITIES_OF_A_KIND)
        )
        return (*self._facts, *more)
