"""Limits and lists in words, for every language to say."""

from __future__ import annotations

from collections.abc import Sequence

from jcm_xl.model.methodology import Bounds
from jcm_xl.text.phrase import Phrase

_LIMITS = (
    ("at_least", "at least {n}"),
    ("above", "more than {n}"),
    ("at_most", "at most {n}"),
    ("below", "less than {n}"),
)


def limits(bounds: Bounds) -> Phrase:
    """Return the limits of a number: `at least 0 and at most 1`."""
    parts = [Phrase("limits.whole", "a whole number")] if bounds.is_whole else []
    parts += [
        Phrase(f"limits.{name}", english, n=number)
        for name, english in _LIMITS
        if (number := getattr(bounds, name)) is not None
    ]
    return listed(parts)


def listed(parts: Sequence[str]) -> Phrase:
    """Return `this and that and those`."""
    first, *rest = parts or ("-",)
    if not rest:
        return first if isinstance(first, Phrase) else Phrase("", first)
    return Phrase("words.and", "{first} and {rest}", first=first, rest=listed(rest))
