"""Long texts cut for a message, so that their difference stays in sight."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jcm_xl.text.phrase import Phrase, Words
from jcm_xl.text.signs import look_alike, seen_as, spelled

_LONGEST = 160
_BEFORE = 40


def excerpts(actual: str, expected: str) -> tuple[str, str]:
    """Return both texts on one line each, around the first sign that differs.

    Of a phrase an excerpt is a phrase: each language cuts its own words.
    """
    if isinstance(actual, Phrase) or isinstance(expected, Phrase):
        return Excerpt.beside(actual, expected), Excerpt.beside(expected, actual)
    if _is_unseen(actual, expected):
        actual = spelled(actual)
    actual, expected = " ".join(actual.split()), " ".join(expected.split())
    pairs = zip(actual, expected, strict=False)
    same = next((i for i, (a, b) in enumerate(pairs) if a != b), 0)
    return _cut(actual, same), _cut(expected, same)


def _is_unseen(actual: str, expected: str) -> bool:
    """Tell whether nobody can see by what a text differs, or that there is one."""
    return look_alike(actual, expected) or bool(actual and not seen_as(actual))


def _cut(text: str, same: int) -> str:
    if len(text) <= _LONGEST:
        return text
    start = min(max(0, same - _BEFORE), len(text) - _LONGEST)
    before = "..." if start else ""
    after = "..." if start + _LONGEST < len(text) else ""
    return f"{before}{text[start : start + _LONGEST]}{after}"


class Excerpt(Phrase):
    """What a message shows of the text `whole`, which differs from `other`."""

    __slots__ = ()

    @classmethod
    def beside(cls, whole: str, other: str) -> Excerpt:
        """Return the excerpt of a text that stands beside another one."""
        return cls.of("", "", {"whole": whole, "other": other})

    @classmethod
    def of(cls, key: str, english: str, facts: Mapping[str, Any]) -> Excerpt:
        """Cut the English words; key and wording are the facts' own."""
        shown, _ = excerpts(str(facts["whole"]), str(facts["other"]))
        return cls._made(shown, key, english, facts)

    def said(self, words: Words) -> str:
        """Return this excerpt in a language."""
        whole, other = (words.say(self.facts[name]) for name in ("whole", "other"))
        return excerpts(whole, other)[0]
