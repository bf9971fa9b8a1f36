"""The texts of each language there is a file for, and how a phrase is said in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from jcm_xl.errors import JcmError
from jcm_xl.places import templates
from jcm_xl.text.phrase import Phrase

FIRST = "en"
"""The language in which every text is said."""
ENGLISH = (FIRST,)
"""The languages of a document for which none were asked."""
BORROWED = "[en] "
"""Stands before an English text where a language has no words of its own."""


class Messages:
    """One language: `messages("guide.title")`; placeholders are `{name}`."""

    def __init__(self, language: str, data: Mapping[str, Any]) -> None:
        self.language = language
        self._data = data

    def __call__(self, key: str, /, **facts: object) -> Any:
        """Return the text or list under a dotted key, placeholders filled.

        A language that lacks it, as a new one may, borrows it from English. Raises
        `KeyError` where English has none either.
        """
        value = self._value(key)
        if value is None and self.language == FIRST:
            raise KeyError(key)
        if value is None:
            return self._of_english(key, facts)
        return value.format_map(facts) if facts and isinstance(value, str) else value

    def _of_english(self, key: str, facts: Mapping[str, object]) -> Any:
        value = messages(FIRST)(key, **facts)
        if key.endswith(".sheet"):
            return value  # a sheet's name takes no brackets
        if isinstance(value, str):
            return self.borrowed(value)
        return [self.borrowed(text) for text in value]

    def amended(self, texts: Mapping[str, Any]) -> Messages:
        """Return the language with these texts in place of its own."""
        return Messages(self.language, _merged(self._data, texts))

    def _value(self, key: str) -> Any:
        """Return what stands under a key; a number names an item of a list."""
        value: Any = self._data
        for part in key.split("."):
            if isinstance(value, list) and part.isdecimal():
                value = value[int(part)] if int(part) < len(value) else None
            else:
                value = value.get(part) if isinstance(value, Mapping) else None
        return value

    def find(self, key: str) -> str:
        """Return the text under a key, or nothing where this language has none."""
        value = self._value(key)
        return value if isinstance(value, str) else ""

    def say(self, text: object) -> str:
        """Return a text in this language; English, marked, where it has no words."""
        if self.language == FIRST or not isinstance(text, Phrase):
            return str(text)
        return text.said(self)

    def borrowed(self, english: str) -> str:
        """Return an English text with the mark that it is no word of this language.

        What has no letters, such as a comma, is no word and takes no mark.
        """
        is_own = self.language == FIRST or not any(map(str.isalpha, english))
        return english if is_own else f"{BORROWED}{english}"

    def counted(self, key: str, count: int, **facts: object) -> str:
        """Return `1 file` or `3 files`: the texts `key.one` and `key.many`."""
        form = "one" if count == 1 else "many"
        return str(self(f"{key}.{form}", n=f"{count:,}", **facts))


def phrase(key: str, /, **facts: Any) -> Phrase:
    """Return the phrase whose English stands in the catalogue under its key."""
    return Phrase.of(key, messages(FIRST)(key), facts)


def in_each(texts: Iterable[Messages], text: object) -> list[str]:
    """Return a text in each language, once where languages say the same."""
    return list(dict.fromkeys(words.say(text) for words in texts))


def texts_in(names: Sequence[str]) -> tuple[Messages, ...]:
    """Return the texts of several languages, the first of a document first."""
    return tuple(messages(name) for name in dict.fromkeys(names or ENGLISH))


def _merged(data: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """Return nested tables with the entries of other ones in their place."""
    merged = {**data, **other}
    for key in data.keys() & other.keys():
        if isinstance(data[key], Mapping) and isinstance(other[key], Mapping):
            merged[key] = _merged(data[key], other[key])
    return merged


def folder() -> Path:
    """Return where the files of the languages are."""
    return templates() / "messages"


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """Return the languages that have a file."""
    names = (file.name for file in folder().iterdir())
    return tuple(sorted(name[:-5] for name in names if name.endswith(".toml")))


@lru_cache(maxsize=8)
def messages(language: str) -> Messages:
    """Load the texts of a language; raises `JcmError` for one without a file."""
    if language not in languages():
        there = ", ".join(languages())
        raise JcmError(f"There are no texts in '{language}'; there are {there}.")
    path = folder() / f"{language}.toml"
    from jcm_xl.text.toml import read_template  # who only names languages needs none

    return Messages(language, read_template(path))
