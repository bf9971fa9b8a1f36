"""A text that every language says in its own words: a key, its English, its facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol, Self


class Words(Protocol):
    """A language, as a phrase asks for its words."""

    def find(self, key: str) -> str:
        """Return the text under a key, or nothing where this language has none."""

    def say(self, text: object) -> str:
        """Return a text in this language."""

    def borrowed(self, english: str) -> str:
        """Return an English text as this language shows what it has no words for."""


class Phrase(str):
    """A text in English that another language says in its own words.

    It is the English text, its facts filled in; `key` is where the catalogue of a
    language holds the translation, with the same placeholders. Facts may be phrases.
    Without a key the wording is the same in every language: `"{message} {remark}"`.
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
        return cls._made(_filled(english, facts), key, english, facts)

    @classmethod
    def _made(cls, text: str, key: str, english: str, facts: Mapping[str, Any]) -> Self:
        self = super().__new__(cls, text)
        for name, value in (("key", key), ("english", english), ("facts", facts)):
            object.__setattr__(self, name, value)
        return self

    def __setattr__(self, name: str, value: object) -> None:
        """Refuse a change: a phrase is a value."""
        raise AttributeError(f"a phrase is not changed: {name}")

    def __reduce__(self) -> tuple[Any, ...]:
        """Let a phrase travel between processes."""
        return type(self).of, (self.key, self.english, dict(self.facts))

    def said(self, words: Words) -> str:
        """Return this text in a language."""
        template = words.find(self.key) if self.key else self.english
        if not template:
            return words.borrowed(str(self))
        facts = {
            name: words.say(fact) if isinstance(fact, Phrase) else fact
            for name, fact in self.facts.items()
        }
        return _filled(template, facts)


class Clause(Phrase):
    """A sentence without its stop, to stand inside another one."""

    __slots__ = ()

    @classmethod
    def of(cls, key: str, english: str, facts: Mapping[str, Any]) -> Clause:
        """Leave out the stop of the English words."""
        return cls._made(_unstopped(facts["sentence"]), key, english, facts)

    def said(self, words: Words) -> str:
        """Return this sentence in a language, without its stop."""
        return _unstopped(words.say(self.facts["sentence"]))


def clause(sentence: str) -> str:
    """Return a sentence without its stop; of a phrase in every language."""
    if isinstance(sentence, Phrase):
        return Clause.of("", "", {"sentence": sentence})
    return _unstopped(sentence)


def _unstopped(sentence: str) -> str:
    return str(sentence).rstrip(".。")


def sentence_of(error: Exception) -> str:
    """Return what an error says, as a phrase if it is one."""
    said = error.args[0] if error.args else ""
    return said if isinstance(said, Phrase) else str(error)


def _filled(template: str, facts: Mapping[str, Any]) -> str:
    return template.format_map(_Facts(facts)) if facts else template


class _Facts(dict[str, Any]):
    """Placeholders; a missing one prints as unknown, as reporting never crashes."""

    def __missing__(self, key: str) -> str:
        return "(unknown)"
