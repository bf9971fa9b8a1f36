"""A fault of one check takes no other finding with it.

What could not be done is named in the report, which then has no verdict: exit code 2.
"""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from typing import TypeVar

from jcm_xl.errors import incident
from jcm_xl.text.phrase import Phrase

T = TypeVar("T")


class Fence:
    """What was begun and could not be done, in sentences."""

    def __init__(self) -> None:
        """Nothing has failed yet."""
        self.undone: list[Phrase] = []

    def around(self, what: str) -> _Around:
        """Keep a failure of ours inside; too little memory is none of a check's."""
        return _Around(self.undone, what)

    def give(self, what: str, make: Callable[[], T], otherwise: T) -> T:
        """Return what is made, or something else where that fails."""
        with self.around(what):
            return make()
        return otherwise


class _Around:
    """The fence around one piece of work; there is one for each check of each book."""

    __slots__ = ("_undone", "_what")

    def __init__(self, undone: list[Phrase], what: str) -> None:
        self._undone = undone
        self._what = what

    def __enter__(self) -> None:
        pass

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        _: TracebackType | None,
    ) -> bool:
        if not isinstance(error, Exception) or isinstance(error, MemoryError):
            return False
        self._undone.append(
            Phrase(
                "verdict.undone",
                "{what} could not be done (incident {incident}, {kind})",
                what=self._what,
                incident=incident(error),
                kind=type(error).__name__,
            )
        )
        return True
