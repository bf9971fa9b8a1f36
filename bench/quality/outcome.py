"""What a part of the measurement gives."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple


class Outcome(NamedTuple):
    """So many were tried, so many went wrong; `samples` are the first of them.

    aside: how many of what else is told, such as equivalents that do not count.
    """

    tried: int
    wrong: int
    samples: tuple[str, ...] = ()
    aside: tuple[tuple[str, int], ...] = ()

    def __add__(self, other: object) -> Outcome:  # type: ignore[override]
        """Put two outcomes of one part together."""
        assert isinstance(other, Outcome)
        aside = Counter(dict(self.aside)) + Counter(dict(other.aside))
        return Outcome(
            self.tried + other.tried,
            self.wrong + other.wrong,
            (*self.samples, *other.samples)[:12],
            tuple(sorted(aside.items())),
        )


NOTHING = Outcome(0, 0)
