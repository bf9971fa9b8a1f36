"""Facts in a finding that are words of ours, for other languages to say."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from jcm_xl.text.phrase import Phrase
from jcm_xl.xlsx.grid import Oddity


def either(words: Sequence[str]) -> str:
    """Return the one reading, or `first or second` of two or more."""
    first, *rest = words
    if not rest:
        return first
    english = "{first} or {second}"
    return Phrase("period.either", english, first=first, second=either(rest))


def unclear() -> Phrase:
    """Return what stands in the place of a value that nobody can tell."""
    return Phrase("kinds.unclear", "not clear")


def tonnes(number: float | None) -> str:
    """Return whole tonnes; from 1e15 on, where no sheet shows all, with a power."""
    if number is None:
        return "-"
    return str(number) if abs(number) < _ALL_DIGITS else f"{Decimal(number):.15g}"


_ALL_DIGITS = 10**15


def odd(fact: Oddity) -> Phrase:
    """Return what the reader found odd: `Sheet!A1: macros (detail)`."""
    kind = Phrase(f"odd.{fact.kind.name}", fact.kind.value)
    rest = str(fact).split(fact.kind.value, 1)
    if len(rest) != 2:
        return Phrase("", "{text}", text=str(fact))
    return Phrase("odd.fact", "{at}{kind}{more}", at=rest[0], kind=kind, more=rest[1])
