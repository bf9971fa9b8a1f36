"""What was made of small texts that many books have in common, kept for a process.

Books of one template share styles, theme, prompts and much of what stands around the
cells, sign for sign. What is made of such a text depends on it alone, so it is made
once. The texts themselves are compared, never a digest of them. Only small ones are
kept, and of each kind the last few: no folder of strange books fills the memory.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec, TypeVar

PART, PARTS = 24 * 1024, 32
"""Bytes of a part of a book that is kept, and how many parts of a kind."""
_WORDS, _TEXTS = 500, 512
"""Letters of a text in a cell or prompt that is kept, and how many of a kind."""

_FORGETTING: list[Callable[[], None]] = []

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T", str, bytes)


def known_part(
    make: Callable[Concatenate[bytes, P], R], /
) -> Callable[Concatenate[bytes, P], R]:
    """Let a function of a part's bytes remember the last small ones.

    All arguments have to be hashable, and nobody may change what it returns. What is
    raised is not kept.
    """
    return _known(make, PART, PARTS)


def known_text(
    make: Callable[Concatenate[str, P], R],
) -> Callable[Concatenate[str, P], R]:
    """Let a function of a text remember the last short ones, as `known_part` does."""
    return _known(make, _WORDS, _TEXTS)


def _known(
    make: Callable[Concatenate[T, P], R], largest: int, kept: int
) -> Callable[Concatenate[T, P], R]:
    remembered = lru_cache(maxsize=kept)(make)
    _FORGETTING.append(remembered.cache_clear)

    @wraps(make)
    def made(text: T, /, *rest: P.args, **named: P.kwargs) -> R:
        if len(text) > largest:
            return make(text, *rest, **named)
        return remembered(text, *rest, **named)  # type: ignore[arg-type]

    return made


def forget() -> None:
    """Forget everything, as a process does that has just begun."""
    for clear in _FORGETTING:
        clear()
