"""The words that documents are written in, in the language of the reader."""

from __future__ import annotations

from functools import lru_cache

from jcm_xl.text.languages import FIRST, Messages, languages, messages


class Words:
    """Texts of one language by key below `report`; English where it has none."""

    def __init__(self, own: Messages, first: Messages) -> None:
        self.language = own.language
        self._own, self._first = own, first

    def __call__(self, key: str, /, **facts: object) -> str:
        """Return the text under a key, placeholders filled; the key if there is none.

        Reporting never crashes: an unknown key prints as itself.
        """
        found = self._own.find(f"report.{key}") or self._first.find(f"report.{key}")
        return (found or key).format_map(facts) if facts else found or key

    def counted(self, key: str, count: int, **facts: object) -> str:
        """Return `1 file` or `3 files`: the texts `key.one` and `key.many`."""
        form = "one" if count == 1 else "many"
        return self(f"{key}.{form}", n=f"{count:,}", **facts)


@lru_cache(maxsize=8)
def words(language: str) -> Words:
    """Return the words of a language, English ones for a language without a file."""
    own = language if language in languages() else FIRST
    return Words(messages(own), messages(FIRST))
