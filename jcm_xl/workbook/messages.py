"""Texts of Guide, Check sheet and prompts in the languages there are files for."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import Any

from jcm_xl.errors import JcmError


class Messages:
    """One language: `messages("guide.title")`; placeholders are `{name}`."""

    def __init__(self, language: str, data: Mapping[str, Any]) -> None:
        self.language = language
        self._data = data

    def __call__(self, key: str, /, **facts: object) -> Any:
        """Return the text or list under a dotted key, placeholders filled."""
        value: Any = self._data
        for part in key.split("."):
            value = value[part]
        if isinstance(value, str):
            return value.format_map(facts) if facts else value
        return value

    def find(self, key: str) -> str:
        """Return the text under a key, or nothing where this language has none."""
        try:
            return str(self(key))
        except KeyError:
            return ""


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """Return the languages that have a file."""
    folder = resources.files("jcm_xl._templates") / "messages"
    return tuple(
        sorted(f.name[:-5] for f in folder.iterdir() if f.name.endswith(".toml"))
    )


@lru_cache(maxsize=8)
def messages(language: str) -> Messages:
    """Load the texts of a language; raises `JcmError` for one without a file."""
    if language not in languages():
        there = ", ".join(languages())
        raise JcmError(f"There are no texts in '{language}'; there are {there}.")
    path = resources.files("jcm_xl._templates") / "messages" / f"{language}.toml"
    return Messages(language, tomllib.loads(path.read_text(encoding="utf-8")))
