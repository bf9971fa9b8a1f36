"""What may stand in an element: a content model, and where a row of children leaves it.

A model is written as in `part_schema.txt`: names with `?`, `*` and `+`, alternatives in
brackets. It becomes a table of steps: the children read so far are one place in it
(Glushkov). The schemas of Open XML are such that the next child leaves no choice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

ANY = "%"
_START = -1


class Piece(NamedTuple):
    """A part of a model: may it be left out, and with what it begins and ends."""

    is_empty: bool
    first: frozenset[int]
    last: frozenset[int]


class Content(NamedTuple):
    """A model, ready to be walked through.

    types: the type of each child by its name. steps: by the place before it, the place
    of each child that may come next. ends: places at which all is there. is_free: any
    order and number. is_once: any order, each at most once.
    """

    types: Mapping[str, str]
    steps: Mapping[int, Mapping[str, int]]
    ends: frozenset[int]
    is_free: bool = False
    is_once: bool = False

    @property
    def start(self) -> int:
        """The place before the first child."""
        return _START


class Reader:
    """Reads one model from its words; names and types get the prefix of their line."""

    def __init__(self, text: str, prefix: str) -> None:
        """Split the text into words."""
        self._words = text.split()
        self._at = 0
        self._prefix = prefix
        self._names: list[str] = []
        self._types: dict[str, str] = {}
        self._follow: list[set[int]] = []

    def content(self) -> Content:
        """Return the whole model."""
        if self._words[:1] in (["~"], ["&"]):
            for word in self._words[1:]:
                self._name(word.rstrip("?"))
            is_free = self._words[0] == "~"
            return Content(self._types, {}, frozenset(), is_free, not is_free)
        whole = self._choice()
        steps = {_START: self._steps(whole.first)}
        steps |= {at: self._steps(next_) for at, next_ in enumerate(self._follow)}
        ends = whole.last | ({_START} if whole.is_empty else set())
        return Content(self._types, steps, frozenset(ends))

    def _steps(self, places: Iterable[int]) -> dict[str, int]:
        """Return the places by their names; of two of one name the first."""
        return {self._names[place]: place for place in sorted(places, reverse=True)}

    def _choice(self) -> Piece:
        found = [self._sequence()]
        while self._word() == "|":
            self._at += 1
            found.append(self._sequence())
        return Piece(
            any(piece.is_empty for piece in found),
            frozenset().union(*(piece.first for piece in found)),
            frozenset().union(*(piece.last for piece in found)),
        )

    def _sequence(self) -> Piece:
        pieces = []
        while (word := self._word()) and word != "|" and not word.startswith(")"):
            pieces.append(self._item())
        for number, piece in enumerate(pieces):
            for behind in pieces[number + 1 :]:
                self._link(piece, behind)
                if not behind.is_empty:
                    break
        return Piece(
            all(piece.is_empty for piece in pieces), _ends(pieces, "first"),
            _ends(pieces[::-1], "last"),
        )  # fmt: skip

    def _item(self) -> Piece:
        word = self._word()
        self._at += 1
        if word == "(":
            piece = self._choice()
            word = self._word()
            self._at += 1
            mark = word[1:]
        else:
            mark = word[-1] if word[-1] in "?*+" else ""
            place = frozenset((self._name(word.rstrip("?*+")),))
            piece = Piece(False, place, place)
        if mark in ("*", "+"):
            self._link(piece, piece)
        return piece._replace(is_empty=piece.is_empty or mark in ("?", "*"))

    def _name(self, word: str) -> int:
        name, _, kind = word.partition("=")
        own = name[:1].upper() + name[1:]
        name = name if ":" in name or name == ANY else f"{self._prefix}:{name}"
        kind = kind or own
        if kind[0] not in "$%" and ":" not in kind:
            kind = f"{self._prefix}:{kind}"
        self._types[name] = ANY if name == ANY else kind
        self._names.append(name)
        self._follow.append(set())
        return len(self._names) - 1

    def _link(self, before: Piece, behind: Piece) -> None:
        for place in before.last:
            self._follow[place] |= behind.first

    def _word(self) -> str:
        return self._words[self._at] if self._at < len(self._words) else ""


def _ends(pieces: list[Piece], side: str) -> frozenset[int]:
    """Return the places with which a sequence may begin (or end, read backwards)."""
    found: frozenset[int] = frozenset()
    for piece in pieces:
        found |= getattr(piece, side)
        if not piece.is_empty:
            break
    return found
