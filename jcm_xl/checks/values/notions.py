"""What a text speaks of, by the words of `workbook_templates/wording.toml`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from jcm_xl.places import templates
from jcm_xl.text.phrase import Phrase
from jcm_xl.text.toml import read_template

_WORDS = re.compile(r"[^\W\d_]+")
_SCRIPTS = ("LATIN", "CJK", "HIRAGANA", "KATAKANA", "THAI")
"""The scripts of the listed languages; a text in another one is not judged."""


def lacks(texts: Iterable[str], notions: Iterable[str]) -> list[str]:
    """Return the notions that none of the texts speaks of; none if nobody can tell.

    A false alarm is worse than silence: a text in a language that is not listed
    speaks of everything.
    """
    text = _folded(" ".join(texts))
    if not _is_judged(text):
        return []
    return [
        notion
        for notion in notions
        if not any(word in text for word in _words()[notion])
    ]


def names_nothing(text: str) -> bool:
    """Tell whether a text says no more than that its data are public."""
    words = _WORDS.findall(_folded(text))
    is_general = all(word in _words()["general"] for word in words)
    return bool(words) and is_general and not any(map(str.isdigit, text))


def named(notion: str) -> Phrase:
    """Return a notion as a message names it."""
    return Phrase(f"wording.{notion}", notion)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold())


def _is_judged(text: str) -> bool:
    """Tell whether a text is in one of the listed languages."""
    letters = {sign for sign in text if sign.isalpha()}
    names = [unicodedata.name(sign, "") for sign in letters]
    if not names or any(not name.startswith(_SCRIPTS) for name in names):
        return False
    if any(not name.startswith("LATIN") for name in names):
        return True
    known = set(_WORDS.findall(text))
    return any(word in known for word in _words()["language"])


@lru_cache(maxsize=1)
def _words() -> Mapping[str, tuple[str, ...]]:
    """Return all words of a notion, whatever the language."""
    data = read_template(templates() / "wording.toml")
    return {
        notion: tuple(_folded(w) for words in by_language.values() for w in words)
        for notion, by_language in data.items()
    }
