"""Texts of Guide, Check sheet and prompts in the languages there are files for."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jcm_xl.errors import JcmError
from jcm_xl.places import templates
from jcm_xl.text.phrase import Phrase

FIRST = "en"
"""The language in which every text is said."""


class Messages:
    """One language: `messages("guide.title")`; placeholders are `{name}`."""

    def __init__(self, language: str, data: Mapping[str, Any]) -> None:
        self.language = language
        self._data = data

    def __call__(self, key: str, /, **facts: object) -> Any:
        """Return the text or list under a dotted key, placeholders filled.

        A language that lacks it, as a new one may, says it in English.
        """
        try:
            value = self._value(key)
        except KeyError:
            if self.language == FIRST:
                raise
            value = messages(FIRST)(key)
        if isinstance(value, str):
            return value.format_map(facts) if facts else value
        return value

    def _value(self, key: str) -> Any:
        value: Any = self._data
        for part in key.split("."):
            value = value[part]
        return value

    def find(self, key: str) -> str:
        """Return the text under a key, or nothing where this language has none."""
        try:
            return str(self._value(key))
        except KeyError:
            return ""

    def say(self, text: object) -> str:
        """Return a text in this language; English where it has no words for it."""
        if not isinstance(text, Phrase):
            return str(text)
        facts = {name: self._fact(fact) for name, fact in text.facts.items()}
        template = self.find(text.key) or text.english
        return str(Phrase.of(text.key, template, facts))

    def _fact(self, fact: object) -> object:
        return self.say(fact) if isinstance(fact, Phrase) else fact


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
    return Messages(language, tomllib.loads(path.read_text(encoding="utf-8")))
