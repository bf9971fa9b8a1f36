"""Why a file is not read, said in the language of the report.

The reader knows no languages: it says one English sentence. A catalogue holds it under
its own words, without the names and numbers in it: `it-is-larger-than-mb`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from jcm_xl.text.phrase import Phrase
from jcm_xl.xlsx.refusal import CannotRead

_FACT = re.compile(r"'[^']*'|\d+")
_DAMAGED = re.compile(r"(?P<part>its part '.*' is damaged): (?P<what>.+)\.", re.S)


def told(reason: CannotRead) -> Phrase:
    """Return where, why and what to do."""
    return Phrase(
        "verdict.cannot-read",
        "{path} cannot be read: {reason} {remedy}",
        path=reason.path,
        reason=sentence(reason.reason),
        remedy=sentence(reason.remedy),
    )


def sentence(text: str) -> Phrase:
    """Return a sentence of the reader; its names and numbers are `a`, `b`, ..."""
    if match := _DAMAGED.fullmatch(text):
        return Phrase(
            "refusals.its-part-is-damaged-by", "{part}: {what}.",
            part=sentence(match["part"]), what=sentence(match["what"]),
        )  # fmt: skip
    facts = dict(zip("abcd", _FACT.findall(text), strict=False))
    return Phrase(f"refusals.{key(text)}", "{text}", text=text, **facts)


@lru_cache(maxsize=512)
def key(text: str) -> str:
    """Return the words of a sentence without its names and numbers."""
    return re.sub(r"[^a-z]+", "-", _FACT.sub("", text).lower()).strip("-")
