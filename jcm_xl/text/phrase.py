"""A text in English that other languages say in their own words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Phrase(str):
    """A text in English that another language says in its own words.

    It is the English text, its facts filled in; `key` is where the catalogue of a
    language holds the translation, with the same placeholders.
    """

    __slots__ = ("english", "facts", "key")
    key: str
    english: str
    facts: Mapping[str, Any]

    def __new__(cls, key: str, english: str, /, **facts: Any) -> Phrase:
        """Fill the facts into the English text."""
        return cls.of(key, english, facts)

    @classmethod
    def of(cls, key: str, english: str, facts: Mapping[str, Any]) -> Phrase:
        """Fill facts of any name into the English text; a missing one is `unknown`."""
        filled = english.format_map(_Facts(facts)) if facts else english
        self = super().__new__(cls, filled)
        self.key, self.english, self.facts = key, english, facts
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        """Let a phrase travel between processes."""
        return Phrase.of, (self.key, self.english, dict(self.facts))


class _Facts(dict[str, Any]):
    """Placeholders; a missing one prints as unknown, as reporting never crashes."""

    def __missing__(self, key: str) -> str:
        return "(unknown)"
