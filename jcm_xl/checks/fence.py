"""A fault of one check takes no other finding with it.

What could not be done is named in the report, which then has no verdict: exit code 2.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from jcm_xl.errors import incident
from jcm_xl.text.phrase import Phrase

T = TypeVar("T")


class Fence:
    """What was begun and could not be done, in sentences."""

    def __init__(self) -> None:
        """Nothing has failed yet."""
        self.undone: list[Phrase] = []

    @contextmanager
    def around(self, what: str) -> Iterator[None]:
        """Keep a failure of ours inside; too little memory is none of a check's."""
        try:
            yield
        except MemoryError:
            raise
        except Exception as error:
            self.undone.append(
                Phrase(
                    "verdict.undone",
                    "{what} could not be done (incident {incident}, {kind})",
                    what=what,
                    incident=incident(error),
                    kind=type(error).__name__,
                )
            )

    def give(self, what: str, make: Callable[[], T], otherwise: T) -> T:
        """Return what is made, or something else where that fails."""
        with self.around(what):
            return make()
        return otherwise
