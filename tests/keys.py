"""The keys of slots as reviewers read them, as in fixtures: `mps.value:EG_i_p[2]`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from jcm_xl.model.key import Key

T = TypeVar("T")


def slot_key(text: str) -> Key:
    """Return the key of a text."""
    return Key.parse(text)


def keyed(values: Mapping[str, T]) -> dict[Key, T]:
    """Return values by key instead of by its text."""
    return {Key.parse(text): value for text, value in values.items()}


def texts(values: Mapping[Key, T]) -> dict[str, T]:
    """Return values by the text of their key."""
    return {str(key): value for key, value in values.items()}
